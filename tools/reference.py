"""Write the reference of the public names and the record of the public API, from the code.

    python tools/reference.py            docs/plugins/reference.md
    python tools/reference.py --record   docs/plugins/public-api.txt as well: to change what authors rely on is a decision

A test fails when the first is stale, when the second differs, and when a public name has no docstring.
"""

import argparse
import ast
import enum
import functools
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import core
from core.hookspecs import Hookspecs
from core.stability import mark

ROOT = Path(core.__file__).parent.parent
REFERENCE, RECORD = ROOT / "docs/plugins/reference.md", ROOT / "docs/plugins/public-api.txt"
PLUGINS = [ROOT / "plugins", ROOT / "examples"]
PLAIN = (type(None), bool, int, float, str)
LONGEST = 12
"""Lines of an example."""
GROUPS = {
    "declare": ("What a plugin declares", ("core.module", "core.transitions", "core.limits", "core.paper", "core.appointment", "core.roles")),
    "fields": ("Fields", ("core.fields",)),
    "values": ("Values that hooks are given and return", ("core.values", "core.context")),
    "more": ("What else a module adds", ("core.contributions",)),
    "tests": ("For tests", ("core.testing",)),
    "tools": ("Tools", ("core",)),
}  # fmt: skip
FIXTURES = "core.testing.plugin"
TESTED = {
    "core.testing.court": ("TestCourt", "CourtClock"), "core.testing.outside": ("Outside", "ApiReply"), "core.testing.browsing": ("Browser", "Reply"),
}  # fmt: skip
"""What the fixtures are, and what comes back from them."""


@attrs.frozen
class Argument:
    """One argument or attribute."""

    name: str
    kind: str
    default: str
    keyword: bool
    doc: str

    def __str__(self) -> str:
        return self.name + (f"={self.default}" if self.default else "")


@attrs.frozen
class Name:
    """One public name."""

    name: str
    sort: str
    """``class``, ``function``, ``enum``, ``value``, ``module``, ``protocol``, ``hook`` or ``fixture``."""
    doc: str
    home: str
    arguments: tuple[Argument, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    returns: str = ""
    """Methods, properties, enum members: as written, and what they are."""

    @property
    def call(self) -> str:
        """How it is called, with its defaults."""
        bare = self.sort in ("enum", "value", "module", "protocol", "fixture")
        return self.name if bare else _called(self.name, self.arguments)


def _called(name: str, arguments: tuple[Argument, ...]) -> str:
    last = [str(one) for one in arguments if one.name.startswith("**")]
    plain = [str(one) for one in arguments if not one.keyword and not one.name.startswith("**")]
    named = [str(one) for one in arguments if one.keyword]
    return f"{name}({', '.join([*plain, *(['*'] if named and not any(one.startswith('*') for one in plain) else []), *named, *last])})"


def names() -> list[Name]:
    """Return every public name, what is for tests among them, the hooks after them."""
    given = [_name(getattr(core, name), name, home, original) for name, home, original in _exports()]
    given += _fixtures()
    given += [
        _name(getattr(importlib.import_module(home), name), name, home, name)
        for home, told in TESTED.items()
        for name in told
    ]
    hooks = [(name, one) for name, one in vars(Hookspecs).items() if inspect.isfunction(one)]
    return [
        *given,
        *(
            Name(
                name, "hook", inspect.getdoc(one) or "", "core.hookspecs", _arguments(one), (), _returns(one)
            )
            for name, one in hooks
        ),
    ]


def _exports() -> Iterator[tuple[str, str, str]]:
    """Yield (name, module it is written in, its name there) of what ``core`` passes on."""
    for node in ast.parse(Path(core.__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, str(node.module), alias.name


def _fixtures() -> Iterator[Name]:
    """Yield the fixtures of pytest that come with Benchside; those that begin with its name are its own business."""
    path = Path(importlib.import_module(FIXTURES).__file__ or "")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.FunctionDef)
            and not node.name.startswith("benchside_")
            and "pytest.fixture" in map(ast.unparse, node.decorator_list)
        ):
            given = ast.unparse(node.returns).strip("'") if node.returns else ""
            is_a = re.sub(r"^Iterator\['(.*)'\]$", r"\1", given)
            yield Name(node.name, "fixture", ast.get_docstring(node) or "", FIXTURES, returns=is_a)


def _name(found: Any, name: str, home: str, original: str) -> Name:
    if inspect.ismodule(found):
        return Name(name, "module", inspect.getdoc(found) or "", found.__name__, (), tuple(_inside(found)))
    if inspect.isclass(found) and issubclass(found, enum.Enum):
        members = tuple((one.name, str(getattr(one, "label", "") and one.label.en)) for one in found)
        return Name(name, "enum", inspect.getdoc(found) or "", home, (), members)
    if inspect.isclass(found):
        sort = "protocol" if getattr(found, "_is_protocol", False) else "class"
        fields = (
            _fields(found) if attrs.has(found) else _arguments(found.__init__)[1:] if sort == "class" else ()
        )
        return Name(name, sort, inspect.getdoc(found) or "", home, tuple(fields), tuple(_members(found)))
    if inspect.isroutine(found):
        return Name(
            name, "function", inspect.getdoc(found) or "", home, _arguments(found), (), _returns(found)
        )
    return Name(name, "value", _docs(home).get(original, ""), home)


def _fields(cls: type) -> Iterator[Argument]:
    documented: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("core"):
            stem = f"{base.__name__}."
            docs = _docs(base.__module__)
            documented |= {
                name.removeprefix(stem): doc for name, doc in docs.items() if name.startswith(stem)
            }
    for one in attrs.fields(cls):
        if one.init:
            yield Argument(
                one.alias or one.name,
                _type(one.type),
                _default(one.default),
                bool(one.kw_only),
                documented.get(one.name, ""),
            )


def _arguments(function: Any) -> tuple[Argument, ...]:
    found = inspect.signature(function).parameters.values()
    return tuple(
        Argument(
            ("*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else "")
            + one.name,
            _type(one.annotation),
            "" if one.default is one.empty else _default(one.default),
            one.kind is one.KEYWORD_ONLY,
            "",
        )
        for one in found
        if one.name != "self"
    )


def _returns(function: Any) -> str:
    return _type(inspect.signature(function).return_annotation)


def _members(cls: type) -> Iterator[tuple[str, str]]:
    for base in cls.__mro__:
        if not base.__module__.startswith("core"):
            continue
        for name, one in vars(base).items():
            if name.startswith("_"):
                continue
            if isinstance(one, property):
                yield f".{name}", inspect.getdoc(one) or ""
            elif inspect.isfunction(one):
                yield f".{_called(name, _arguments(one))}", inspect.getdoc(one) or ""


def _inside(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield what is public in a module, and in the modules that a package passes on."""
    parts = [(module, "")]
    if hasattr(module, "__path__"):
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        passed = [
            alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
        ]
        parts = [(importlib.import_module(f"{module.__name__}.{name}"), f"{name}.") for name in passed]
    for part, stem in parts:
        offered = getattr(part, "__all__", None)
        for name, one in vars(part).items():
            own = getattr(one, "__module__", None) == part.__name__ and not name.startswith("_")
            if not (own if offered is None else name in offered):
                continue
            if inspect.isfunction(one):
                yield stem + _called(name, _arguments(one)), inspect.getdoc(one) or ""
            elif inspect.isclass(one):
                fields = tuple(_fields(one)) if attrs.has(one) else ()
                yield stem + (_called(name, fields) if fields else name), inspect.getdoc(one) or ""


def _type(kind: Any) -> str:
    text = kind if isinstance(kind, str) else inspect.formatannotation(kind)
    return (
        ""
        if kind in (None, inspect.Parameter.empty)
        else re.sub(r"\b(?:\w+\.)+(?=\w)", "", text).replace("NoneType", "None")
    )


def _default(value: Any) -> str:
    if value is attrs.NOTHING:
        return ""
    if isinstance(value, enum.Enum):
        return str(value)
    if isinstance(value, PLAIN) or (
        isinstance(value, tuple) and all(isinstance(one, PLAIN) for one in value)
    ):
        return repr(value)
    return "…"


@functools.cache
def _docs(module: str) -> Mapping[str, str]:
    """Return the docstrings below assignments of a module, by ``name`` or ``Class.name``."""
    path = Path(importlib.import_module(module).__file__ or "")
    found: dict[str, str] = {}

    def walk(body: list[ast.stmt], stem: str) -> None:
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.ClassDef):
                walk(node.body, f"{node.name}.")
            target = (
                node.target
                if isinstance(node, ast.AnnAssign)
                else node.targets[0]
                if isinstance(node, ast.Assign)
                else None
            )
            if (
                isinstance(target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                found[stem + target.id] = inspect.cleandoc(str(after.value.value))

    if path.suffix == ".py" and module.startswith("core"):
        walk(ast.parse(path.read_text(encoding="utf-8")).body, "")
    return found


@functools.cache
def uses() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return of each public name and hook the plugins of the repository that use it, each with a piece of its code."""
    found: dict[str, dict[str, str]] = {}
    for folder in PLUGINS:
        for path in sorted(folder.glob("*/**/*.py")):
            parts = path.relative_to(folder).parts
            if "migrations" in parts or "tests" in parts or path.name.startswith("test_"):
                continue
            owner = f"{folder.name}/{parts[0]}"
            for name, piece in _pieces(path.read_text(encoding="utf-8")):
                held = found.setdefault(name, {}).get(owner)
                found[name][owner] = held or piece
    return {
        name: tuple(sorted(owners.items(), key=lambda one: (not one[0].startswith("plugins"), one[0])))
        for name, owners in found.items()
    }


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Yield (name, code that shows it) of the public names a file imports, and of its hooks."""
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "core"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            ast.unparse(one) == "hookimpl" for one in node.decorator_list
        ):
            yield node.name, _short("@hookimpl\n" + (ast.get_source_segment(source, node) or ""))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported:
            yield imported[node.func.id], _short(ast.get_source_segment(source, node) or "")
    for name in imported.values():
        yield name, ""


def _short(code: str) -> str:
    lines = textwrap.dedent(code).splitlines()
    clean = (
        [lines[0], *textwrap.dedent("\n".join(lines[1:])).splitlines()]
        if len(lines) > 1 and not lines[0].startswith("@")
        else lines
    )
    return "\n".join(clean) if len(clean) <= LONGEST and all(len(one) < 150 for one in clean) else ""


def record() -> str:
    """Return the record of the public API."""
    lines = [
        "# The public API: names, arguments, defaults. A line that changes is a decision (docs/plugins/upgrading.md).",
        "# Written by: python tools/reference.py --record",
        "",
    ]
    for one in names():
        lines.append(f"{one.sort} {one.call}  [{mark(one.name)}]")
        lines += sorted(
            f"    {one.name}{'' if member.startswith('.') else '.'}{member}" for member, _ in one.members
        )
    return "\n".join(lines) + "\n"


def reference() -> str:
    """Return the reference."""
    text = [
        "# Reference", "",
        "Written from the code by `python tools/reference.py`; do not edit. Everything here is a name of `core` (`from core import …`) but what",
        "stands under *For tests*, which is given by fixtures of pytest. What a mark",
        "means: *stable* changes only with the first figure of the version, having been deprecated before; *provisional* is new and may still change",
        "with the second. Examples are taken from the plugins that are named.", "",
    ]  # fmt: skip
    every, done = names(), set[str]()
    sections = [("Hooks", [one for one in every if one.sort == "hook"])]
    for title, homes in GROUPS.values():
        mine = [
            one
            for one in every
            if one.sort != "hook"
            and one.name not in done
            and any(one.home == home or one.home.startswith(f"{home}.") for home in homes)
        ]
        done |= {one.name for one in mine}
        sections.append((title, mine))
    text += [
        f"- [{title}](#{_anchor(title)}): "
        + ", ".join(f"[`{one.name}`](#{_anchor(one.name)})" for one in held)
        for title, held in sections
    ]
    for title, held in sections:
        text += ["", f"## {title}"]
        for one in held:
            text += ["", *_section(one)]
    return "\n".join(text) + "\n"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _section(one: Name) -> Iterator[str]:
    yield f"### {one.name}"
    yield ""
    by = uses().get(one.name, ())
    linked = ", ".join(f"[`{owner}`](../../{owner})" for owner, _ in by) or "—"
    yield f"{one.sort} · *{mark(one.name)}* · used by {linked}"
    yield ""
    if one.arguments or one.sort in ("hook", "function"):
        yield from [
            "```text",
            *textwrap.wrap(
                one.call, 130, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
            ),
            "```",
            "",
        ]
    yield from one.doc.splitlines()
    if one.returns:
        yield from ["", f"{'Is' if one.sort == 'fixture' else 'Returns'} `{one.returns}`."]
    told = [arg for arg in one.arguments if arg.kind]
    if told:
        yield from ["", "| argument | type | default | |", "| --- | --- | --- | --- |"]
        yield from (
            f"| `{arg.name}` | {_cell(arg.kind, code=True)} | {_cell(arg.default, code=True)} | {_cell(arg.doc)} |"
            for arg in told
        )
    if one.members:
        yield from ["", "| | |", "| --- | --- |"]
        yield from (
            f"| `{member.replace('|', chr(92) + '|')}` | {_cell(doc.partition(chr(10) + chr(10))[0])} |"
            for member, doc in one.members
        )
    example = next((piece for _, piece in by if piece), "")
    if example:
        yield from ["", "```python", *example.splitlines(), "```"]


def _cell(text: str, *, code: bool = False) -> str:
    clean = " ".join(text.split()).replace("|", "\\|")
    return f"`{clean}`" if code and clean else clean


def undocumented() -> list[str]:
    """Return the public names, hooks and members that say nothing of themselves."""
    return [
        *(one.name for one in names() if not one.doc),
        *(f"{one.name}{member}" for one in names() if one.sort != "enum" for member, doc in one.members if not doc),
    ]  # fmt: skip


def main() -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description="Write docs/plugins/reference.md from the code.")
    parser.add_argument("--record", action="store_true", help="write docs/plugins/public-api.txt too")
    told = parser.parse_args()
    REFERENCE.write_text(reference(), encoding="utf-8")
    if told.record:
        RECORD.write_text(record(), encoding="utf-8")
    print(*undocumented(), sep="\n")


if __name__ == "__main__":
    main()
