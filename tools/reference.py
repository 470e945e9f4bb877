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
import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import core
from core.fields import declare
from core.fields.kinds import KINDS
from core.fields.lookups import NoRegisters
from core.fields.spec import SPEC, FieldSpec
from core.hookspecs import Hookspecs
from core.loader import find_modules, load_modules
from core.looks import ICONS
from core.roles import CASE_BOUND
from core.stability import mark
from core.testing.houses import START

ROOT = Path(core.__file__).parent.parent
REFERENCE, RECORD = ROOT / "docs/plugins/reference.md", ROOT / "docs/plugins/public-api.txt"
PLUGINS = [ROOT / "plugins", ROOT / "examples"]
WORDS = tomllib.loads((ROOT / "tools" / "reference_words.toml").read_text(encoding="utf-8"))
"""What arguments of one name mean everywhere, where the code says no more of them."""
PLAIN = (type(None), bool, int, float, str)
LONGEST = 12
"""Lines of an example."""
GROUPS = {
    "declare": ("What a plugin declares", ("core.module", "core.parts", "core.transitions", "core.limits", "core.paper", "core.appointment", "core.roles")),
    "fields": ("Fields", ("core.fields",)),
    "values": ("Values that hooks are given and return", ("core.values", "core.context")),
    "more": ("What else a module adds", ("core.contributions",)),
    "tests": ("For tests", ("core.testing",)),
    "tools": ("Tools", ("core",)),
}  # fmt: skip
NAMED = "Types named above"
"""The section of what signatures name and nobody imports."""
FIXTURES = "core.testing.plugin"
TESTED = {
    "core.testing.court": ("TestCourt", "CourtClock"), "core.testing.outside": ("Outside", "ApiReply"), "core.testing.browsing": ("Browser", "Reply"),
}  # fmt: skip
"""What the fixtures are, and what comes back from them."""
GIVEN = {"TestCourt", "CourtClock", "Outside", "Browser", "Store"}
"""Nobody makes these."""


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
class Member:
    """A method, property, enum member, or function of a module: as written, what it is, what it returns."""

    call: str
    doc: str
    returns: str = ""


@attrs.frozen
class Name:
    """One public name."""

    name: str
    sort: str
    """``class``, ``function``, ``enum``, ``value``, ``module``, ``protocol``, ``hook`` or ``fixture``."""
    doc: str
    home: str
    arguments: tuple[Argument, ...] = ()
    members: tuple[Member, ...] = ()
    returns: str = ""
    named: bool = False
    """Not imported by anybody: a signature names it."""

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


def names() -> tuple[Name, ...]:
    """Return every public name: what is imported, for tests, named by these, and the hooks."""
    given = [*_hooks(), *_imported()]
    known = {one.name for one in given}
    for one in given:  # grows while it is walked
        for found in _types_of(one):
            if found.__name__ not in known:
                known.add(found.__name__)
                made = _name(found, found.__name__, found.__module__, found.__name__)
                given.append(attrs.evolve(made, named=True))
    return tuple(given)


def _imported() -> list[Name]:
    given = [_name(getattr(core, name), name, home, original) for name, home, original in _exports()]
    given += _fixtures()
    given += [
        _name(getattr(importlib.import_module(home), name), name, home, name)
        for home, told in TESTED.items()
        for name in told
    ]
    return given


def _hooks() -> Iterator[Name]:
    for name, one in vars(Hookspecs).items():
        if inspect.isfunction(one):
            told = tuple(
                attrs.evolve(arg, doc=_first_sentence(arg.kind) or _everywhere(arg.name))
                for arg in _arguments(one)
            )
            yield Name(name, "hook", inspect.getdoc(one) or "", "core.hookspecs", told, (), _returns(one))


def _first_sentence(kind: str) -> str:
    """Return what a class of ours is, in its own first sentence; of ``settings`` and the like nothing."""
    found = _classes().get(kind)
    return (inspect.getdoc(found) or "").partition("\n")[0] if found else ""


@functools.cache
def _classes() -> Mapping[str, type]:
    """Return every class of the core by its name, what the law has the last."""
    found: dict[str, type] = {}
    modules = [(name, one) for name, one in sys.modules.items() if name.startswith("core.") and one]
    for name, module in sorted(modules, key=lambda one: not one[0].startswith("core.law")):
        found |= {
            one.__name__: one
            for one in vars(module).values()
            if inspect.isclass(one) and one.__module__ == name
        }
    return found


def types_in(kind: str) -> list[str]:
    """Return the names of types in a type as it is written."""
    return re.findall(r"\b[A-Z]\w+", kind)


def _types_of(one: Name) -> Iterator[type]:
    """Yield the classes of the core that a name's signatures speak of."""
    kinds = [one.returns, *(arg.kind for arg in one.arguments)]
    if one.sort != "module":  # the law says its own below its name
        kinds += [member.returns for member in one.members]
    near = vars(importlib.import_module(one.home))
    for word in (word for kind in kinds for word in types_in(kind)):
        found = near.get(word) if inspect.isclass(near.get(word)) else _classes().get(word)
        if found and found.__module__.startswith("core.") and word not in WORDS["standard"]["inner"]:
            yield found


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
        docs = _docs(home)
        members = tuple(
            Member(
                one.name, one.label.en if hasattr(one, "label") else docs.get(f"{original}.{one.name}", "")
            )
            for one in found
        )
        return Name(name, "enum", inspect.getdoc(found) or "", home, (), members)
    if inspect.isclass(found):
        sort = "protocol" if getattr(found, "_is_protocol", False) else "class"
        fields: Iterable[Argument] = ()
        if name not in GIVEN and sort == "class":
            fields = _fields(found) if attrs.has(found) else _made_with(found)
        return Name(name, sort, inspect.getdoc(found) or "", home, tuple(fields), tuple(_members(found)))
    if inspect.isroutine(found):
        doc, told = _told(inspect.getdoc(found) or "")
        given = _returned(found)
        arguments = tuple(
            attrs.evolve(
                arg,
                doc=told.get(arg.name)
                or given.get(_NAMED_AS.get(arg.name, arg.name))
                or _everywhere(arg.name),
            )
            for arg in _arguments(found)
        )
        return Name(name, "function", doc, home, arguments, (), _returns(found))
    return Name(name, "value", _docs(home).get(original, ""), home)


_NAMED_AS = {"title": "label"}
"""Of a limit: how the attribute is called."""


def _returned(function: Any) -> Mapping[str, str]:
    """Return what the attributes of the class that ``function`` makes are, by name."""
    found = _classes().get(_returns(function))
    made = found if found is not None and attrs.has(found) else None
    return {one.name: one.doc for one in _fields(made)} if made else {}


def _made_with(cls: type) -> Iterator[Argument]:
    told = _told(inspect.getdoc(cls) or "")[1]
    for arg in _arguments(cls.__init__)[1:]:
        yield attrs.evolve(arg, doc=told.get(arg.name) or _everywhere(arg.name))


def _told(doc: str) -> tuple[str, Mapping[str, str]]:
    """Return a docstring without its ``Args:``, and these by name."""
    before, _, after = doc.partition("\nArgs:\n")
    lines, _, rest = after.partition("\n\n")
    told = re.findall(r"^    (\w+): (.*(?:\n {5,}.*)*)", lines, re.MULTILINE)
    return "\n\n".join(filter(None, [before.rstrip(), rest])), {
        name: " ".join(text.split()) for name, text in told
    }


def _everywhere(name: str) -> str:
    return WORDS["everywhere"].get(name, "")


def _own_words(cls: type) -> Mapping[str, str]:
    """Return what a class's docstring says of its attributes: clauses that begin with the name of one."""
    found: dict[str, str] = {}
    for clause in re.split(
        r"(?<=[.;])\s+|(?<=:)\s+(?=``\w+`` [a-z])", " ".join((inspect.getdoc(cls) or "").split())
    ):
        if match := re.match(r"``(\w+)`` (?:is |are |says )?(\w.*?)[.;]?$", clause):
            found[match[1]] = f"{match[2][0].upper()}{match[2][1:]}."
    return found


def _fields(cls: type) -> Iterator[Argument]:
    documented: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("core"):
            documented |= _own_words(base)
            stem = f"{base.__name__}."
            docs = _docs(base.__module__)
            documented |= {
                name.removeprefix(stem): doc for name, doc in docs.items() if name.startswith(stem)
            }
    for one in attrs.fields(cls):
        if one.init and not one.name.startswith("_"):
            spec = one.metadata.get(SPEC)
            said = _said(spec) if isinstance(spec, FieldSpec) else ""
            yield Argument(
                one.alias or one.name,
                _type(one.type),
                _default(one.default),
                bool(one.kw_only),
                documented.get(one.name) or said or _everywhere(one.name),
            )


def _said(spec: FieldSpec) -> str:
    """Return what a declared field is: its words, and what may be chosen."""
    codes = ", ".join(f"`{one.value}` {one.label.zh}" for one in spec.choices)
    return f"{spec.label.en}: {codes}." if codes else f"{spec.label.en}."


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


def _members(cls: type) -> Iterator[Member]:
    for base in cls.__mro__:
        if not base.__module__.startswith("core"):
            continue
        for name, one in vars(base).items():
            if name.startswith("_"):
                continue
            if isinstance(one, property):
                yield Member(f".{name}", inspect.getdoc(one) or "", _returns(one.fget))
            elif inspect.isfunction(one):
                yield Member(f".{_called(name, _arguments(one))}", inspect.getdoc(one) or "", _returns(one))


def _inside(module: ModuleType) -> Iterator[Member]:
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
                yield Member(stem + _called(name, _arguments(one)), inspect.getdoc(one) or "", _returns(one))
            elif inspect.isclass(one):
                fields = tuple(_fields(one)) if attrs.has(one) else ()
                yield Member(stem + (_called(name, fields) if fields else name), inspect.getdoc(one) or "")


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
            f"    {one.name}{'' if member.call.startswith('.') else '.'}{member.call}"
            for member in one.members
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
    every = names()
    done = {one.name for one in every if one.named}
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
    sections.append((NAMED, sorted((one for one in every if one.named), key=lambda one: one.name)))
    text += [
        f"- [{title}](#{_anchor(title)}): "
        + ", ".join(f"[`{one.name}`](#{_anchor(one.name)})" for one in held)
        for title, held in sections
    ]
    for title, held in sections:
        text += ["", f"## {title}", *HEADS.get(title, list)()]
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
    yield f"{one.sort} · *{mark(one.name)}* · " + (
        "given, not imported" if one.named else f"used by {linked}"
    )
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
            f"| `{_bar(member.call)}`{_arrow(member.returns)} | {_cell(member.doc.partition(chr(10) + chr(10))[0])} |"
            for member in one.members
        )
    yield from TABLES.get(one.name, list)()
    example = next((piece for _, piece in by if piece), "")
    if example:
        yield from ["", "```python", *example.splitlines(), "```"]


def _bar(text: str) -> str:
    return text.replace("|", "\\|")


def _arrow(kind: str) -> str:
    return f" → `{_bar(kind)}`" if kind not in ("", "None") else ""


def _table(*rows: Iterable[str]) -> list[str]:
    head, *others = ([*row] for row in rows)
    return ["", *(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *others))]


def _options() -> list[str]:
    """Return the table of what every field may say, and that of what each kind is."""
    docs, hints = _docs(declare.__name__), declare.Common.__annotations__
    rows = (
        (f"`{name}`", _cell(_type(kind), code=True), _cell(docs[f"Common.{name}"]))
        for name, kind in hints.items()
    )
    return [
        "", "What every field may say besides its own, in the place of `**common`:",
        *_table(("option", "type", ""), *rows),
        "", "What each is in Python (`application.fields`, what `guard`, `checks` and `computed` are given) and in JSON (the API, `prefill`, `example`, `context.data`):",
        *_table(("field", "Python", "JSON", "sent by a form"), *_kinds()),
        "", "A field whose annotation admits None may be left out: it is then None in both.",
    ]  # fmt: skip


class _Registers(NoRegisters):
    """A court that has one cause and one judge."""

    def cause_name(self, code: str) -> str | None:
        return "买卖合同纠纷"

    def sample_cause(self) -> str:
        return "10.088"

    def judges(self) -> list[tuple[int, str]]:
        return [(1, "judge")]


def _kinds() -> Iterator[tuple[str, str, str, str]]:
    lookups = _Registers(date(START.year, START.month, START.day))
    options = {"a": ("甲", "A"), "b": ("乙", "B")}
    for name, one in vars(declare).items():
        if (
            not (inspect.isfunction(one) and one.__module__ == declare.__name__ and _returns(one) == "Any")
            or name[0] == "_"
        ):
            continue
        given = [options] if "options" in inspect.signature(one).parameters else []
        if name in WORDS["fields"]:
            yield (f"[`{name}`](#{name})", *WORDS["fields"][name])
            continue
        spec: FieldSpec = one("一", "One", *given).metadata[SPEC]
        raw = spec.kind.example(spec, lookups)
        value = spec.kind.read(raw, spec, lookups)
        kind = f"tuple[{type(value[0]).__name__}, ...]" if isinstance(value, tuple) else type(value).__name__
        form = {bool: '`"true"` or `"false"`', list: "one value for each"}.get(type(raw), f"`{raw}`")
        form = "`2026-11-23T09:30` (Shanghai)" if spec.kind is KINDS.moment else form
        yield f"[`{name}`](#{name})", f"`{kind}`", f"`{json.dumps(raw, ensure_ascii=False)}`", form


def _case_bound() -> list[str]:
    rows = (
        (f"`{role.name}` {role.label.zh}", access.see.value, *("yes" if one else "—" for one in (access.review, access.draft or access.review, access.comment)))
        for role, access in CASE_BOUND.items()
    )  # fmt: skip
    return _table(("role", "sees", "decides", "saves an opinion", "writes to the applicant"), *rows)


def _places() -> list[str]:
    loaded = load_modules(find_modules([ROOT / "plugins"]))
    placed = sorted((module.order, name) for name, module in loaded.ordered())
    return [
        "", "Taken numbers: " + ", ".join(f"{order} `{name}`" for order, name in placed) + ".",
        "", "Icons: " + ", ".join(f"`{one}`" for one in ICONS) + ".",
    ]  # fmt: skip


HEADS = {"Fields": _options}
TABLES = {"CASE_BOUND": _case_bound, "Module": _places}
"""What stands below a title, or a name, beside what its docstrings say."""


def _cell(text: str, *, code: bool = False) -> str:
    clean = " ".join(text.split()).replace("|", "\\|")
    return f"`{clean}`" if code and clean else clean


def undocumented() -> list[str]:
    """Return the public names, hooks and members that say nothing of themselves."""
    return [
        *(one.name for one in names() if not one.doc),
        *(f"{one.name}{member.call}" for one in names() for member in one.members if not member.doc),
        *(f"{one.name}({arg.name})" for one in names() for arg in one.arguments if arg.kind and not arg.doc),
    ]  # fmt: skip


def unknown_types() -> list[str]:
    """Return the types that the reference names and that have no entry in it: ``name: type``."""
    law = next(one for one in names() if one.sort == "module" and one.name == "law")
    within = {re.split(r"[.(]", member.call)[1] for member in law.members if "." in member.call}
    known = (
        {one.name for one in names()} | within | {*WORDS["standard"]["types"], *WORDS["standard"]["inner"]}
    )
    said = [
        (one.name, kind)
        for one in names()
        for kind in (
            one.returns,
            *(arg.kind for arg in one.arguments),
            *(member.returns for member in one.members),
        )
    ]
    return sorted({f"{name}: {word}" for name, kind in said for word in types_in(kind) if word not in known})


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
