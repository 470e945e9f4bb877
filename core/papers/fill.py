"""Templates of papers: Jinja with almost everything taken away, filled with values that are never markup."""

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import SandboxedEnvironment

from core.fields.label import Label
from core.papers.blocks import Block
from core.papers.markdown import CONTAINERS, hidden, read_blocks
from core.papers.shapes import Record, Trouble, check_names
from core.papers.shown import Shown, blank, day, moment, yuan

FUNCTIONS: Mapping[str, Callable[..., str]] = {"day": day, "moment": moment, "yuan": yuan, "blank": blank}
LONGEST = 20_000
_LONGEST_FILLED = 200_000
_AT_ONCE = 64
"""So many pieces are joined before the length is looked at."""
_MOST_TURNS = 20_000
_LEFT = "_turns_left"
_DEEPEST = 60
"""Levels of a template's tree: to compile more takes minutes."""
_FILTERS = (
    "default", "first", "join", "last", "length", "list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "trim", "unique",
)  # fmt: skip
_TESTS = ("defined", "undefined", "none", "equalto", "==", "eq", "ne", "!=", "in")
_LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex"})
_TAGS_ALONE = re.compile(r"\s*(?:\{%(?:[^%]|%(?!\}))*%\}\s*)+")
_UNREADABLE = (RecursionError, MemoryError, OverflowError, SyntaxError, ValueError)
"""What Python itself raises for a text too deep or too large."""
_FENCE = re.compile(r"\s*:::+\s*(\S*)")


class TemplateWrong(Exception):
    """A template that cannot be used; every trouble with its line."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        super().__init__("; ".join(one.said().en for one in troubles))


class _Sandbox(SandboxedEnvironment):
    """Reads names of mappings and items of lists; calls nothing but the functions of papers."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "%", "//", "/"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a mapping holds under ``attribute``; nothing else has attributes."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self._missing(attribute)
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute) if attribute in _LOOP else self._missing(attribute)
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self._missing(attribute)
        return self._missing(attribute)

    def _missing(self, name: object) -> Undefined:
        return self.undefined(f"there is no {name} here")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return one item, or what a mapping holds."""
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, tuple | list) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self._missing(argument)
        return self._missing(argument)

    def call(self, __context: Any, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of papers."""
        if not any(__obj is one for one in FUNCTIONS.values()):
            raise SecurityError("a template calls nothing but the functions of papers")
        # Within a loop Jinja hands its variables along; they are not for functions.
        given = {name: value for name, value in kwargs.items() if name not in ("_loop_vars", "_block_vars")}
        return __obj(*args, **given)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what could fill the memory."""
        raise SecurityError(f"a template does not reckon with {operator}")


def _printed(value: Any) -> Any:
    kind = type(value)
    return hidden(value.text if kind is Shown else value if kind is str else _text_of(value))


def _text_of(value: Any) -> str:
    if isinstance(value, Undefined):
        return str(value)  # raises, naming it
    if value is None:
        return ""
    if not isinstance(value, Shown | str | int | Decimal | date):
        raise TypeError("this is not one value; print one of those below it")
    return str(value)


@pass_eval_context
def _join(context: EvalContext, over: Iterable[Any], between: Any = "", attribute: Any = None) -> Any:
    """Join as Jinja does, within the length of a paper."""
    parts = list(over)
    if len(parts) * len(str(between)) > _LONGEST_FILLED:
        raise _too_long()
    made = do_join(context, parts, str(between), attribute)
    if len(made) > _LONGEST_FILLED:
        raise _too_long()
    return made


@pass_context
def _turns(context: Context, over: Iterable[Any]) -> Iterator[Any]:
    """Yield what a loop goes over; the turns of all loops of a paper are counted together."""
    left = context[_LEFT]
    for one in over:
        left[0] -= 1
        if left[0] < 0:
            raise _too_long()
        yield one


def _too_long() -> TemplateWrong:
    return TemplateWrong([Trouble(0, Label("填写后的文书过长。", "The paper would be too long."))])


def _environment() -> _Sandbox:
    made = _Sandbox(
        undefined=StrictUndefined, finalize=_printed, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        cache_size=0,
    )  # fmt: skip
    made.globals.clear()
    made.globals.update(FUNCTIONS)
    made.filters = {name: made.filters[name] for name in _FILTERS} | {"join": _join, _LEFT: _turns}
    made.tests = {name: made.tests[name] for name in _TESTS}
    return made


_ENVIRONMENT = _environment()


def parse(text: str) -> nodes.Template:
    """Return a template's tree, its loops counted."""
    tree = _ENVIRONMENT.parse(_ended(text))
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _LEFT, [], [], None, None, lineno=loop.lineno)
    return tree


def _ended(text: str) -> str:
    """Return ``text`` so that only a line of nothing but tags leaves no line end: an ``{% endif %}`` behind words ends one."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        end = line.rstrip()
        if end.endswith("%}") and end[-3] not in "+-" and not _TAGS_ALONE.fullmatch(line):
            lines[place] = end[:-2] + "+%}"
    return "\n".join(lines)


def check_template(text: str, variables: Record | None) -> list[Trouble]:
    """Return what is wrong with a template before anything is filled in; an empty list where nothing is.

    Names are checked where ``variables`` says which there are.
    """
    if len(text) > LONGEST:
        return [
            Trouble(0, Label(f"模板最多{LONGEST}个字。", f"A template has at most {LONGEST} characters."))
        ]
    try:
        tree = _compiled(text)
        named = check_names(tree, variables, frozenset(FUNCTIONS)) if variables is not None else []
    except _UNREADABLE:
        return [Trouble(0, Label("模板套叠过深或数值过大，请简化。", "It is nested too deeply, or a number is too large; make it simpler."))]  # fmt: skip
    except TemplateSyntaxError as error:
        said = error.message or ""
        return [Trouble(error.lineno, Label(f"语法有误，请检查花括号、百分号和名称（{said}）。", f"The syntax is wrong; check braces, percent signs and names ({said})."))]  # fmt: skip
    return [*_fences(text), *named]


@lru_cache(maxsize=128)
def _compiled(text: str) -> nodes.Template:
    """Return the tree of a template that compiles; the same text is asked about with and without names, and at each load."""
    tree = _ENVIRONMENT.parse(_ended(text))
    if _depth(tree) > _DEEPEST:
        raise RecursionError
    _ENVIRONMENT.compile(parse(text))
    return tree


def _depth(tree: nodes.Node) -> int:
    level, depth = [tree], 0
    while level:
        level, depth = [child for node in level for child in node.iter_child_nodes()], depth + 1
    return depth


def _fences(text: str) -> list[Trouble]:
    """Check that the blocks of lines (``:::``) are known, and closed."""
    opened = 0
    for place, line in enumerate(text.splitlines(), 1):
        found = _FENCE.match(line)
        if found is None:
            continue
        name = found[1]
        if name and name not in CONTAINERS:
            offered = "、".join(CONTAINERS)
            return [Trouble(place, Label(f"没有版式 {name}，可用：{offered}。", f"There is no block {name}; there are: {offered}."))]  # fmt: skip
        if bool(name) == bool(opened):
            return [Trouble(place, Label("版式要以一行“::: 名称”开始，以一行“:::”结束，不能套叠。", "A block begins with a line “::: name”, ends with a line “:::”, and holds no other."))]  # fmt: skip
        opened = place if name else 0
    if opened:
        return [Trouble(opened, Label("此处开始的版式没有以一行“:::”结束。", "The block that begins here is not closed by a line “:::”."))]  # fmt: skip
    return []


@lru_cache(maxsize=128)
def _ready(text: str) -> tuple[Template, frozenset[str]]:
    """Return a template ready to be filled, and the names it asks for; a court files thousands of papers from a few."""
    tree = parse(text)
    return _ENVIRONMENT.from_string(tree), frozenset(find_undeclared_variables(tree))


def fill(text: str, values: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the blocks of a template filled with ``values``; raises as ``fill_text`` does."""
    return read_blocks(fill_text(text, values))


def fill_text(text: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with ``values``, as ``read_blocks`` reads it.

    Raises:
        TemplateWrong: it does not compile, or asks for what is not there.
    """
    try:
        parts, length = [], 0
        template, names = _ready(text)
        asked = {name: values[name] for name in names if name in values}
        for part in _parts(template, {**asked, _LEFT: [_MOST_TURNS]}):
            length += len(part)
            if length > _LONGEST_FILLED:
                raise _too_long()
            parts.append(part)
    except TemplateSyntaxError as error:
        raise TemplateWrong([Trouble(error.lineno, Label(str(error.message), str(error.message)))]) from error
    except (TemplateError, TypeError, ArithmeticError, LookupError, NameError, *_UNREADABLE) as error:
        said = " ".join(str(error).split())[:200]
        raise TemplateWrong([Trouble(_line(error), Label(f"无法填写（{said}）。", f"It cannot be filled in ({said})."))]) from error  # fmt: skip
    return "".join(parts)


def _parts(template: Template, values: dict[str, Any]) -> Iterator[str]:
    """Yield the filled template, many pieces at once: ``Template.generate`` takes a step for each."""
    pieces = template.root_render_func(template.new_context(values))
    try:
        while part := "".join(islice(pieces, _AT_ONCE)):
            yield part
    except Exception:  # noqa: BLE001 - Jinja raises it again, with the template's own lines
        _ENVIRONMENT.handle_exception()


def _line(error: BaseException) -> int:
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"
    ]
    return lines[-1] or 0 if lines else 0
