"""Search conditions of a queue: read from the address, checked, and turned into what the search index is asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from attrs import frozen

from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.problem import Problem
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow
from core.store.keys import first_key
from core.store.terms import Phrase
from core.work import tokens
from core.work.day_words import cover
from core.work.times import start_of_day

ORDERS = {
    "newest": Label("最新提交在前", "Newest first"),
    "oldest": Label("最早提交在前", "Oldest first"),
    "due": Label("期限最近在前", "Nearest time limit first"),
}
DUE = {"near": Label("临近到期", "Due soon"), "overdue": Label("已超期", "Overdue")}
OWN_CONDITIONS = (
    "serial_no", "case_number", "q", "state", "submitted_from", "submitted_to", "due", "handler", "order", "after", "view",
)  # fmt: skip

_NEVER = "never"
"""No day, and no number, of any field."""
Numbers = Callable[[str], tuple[str, ...]]


@frozen(kw_only=True)
class Conditions:
    """What a queue page asks for; everything empty asks for all."""

    states: tuple[str, ...] = ()
    after: int | None = None
    """The key of the last row of the page before (of its time limit, when ordered by it)."""
    after_due: int | None = None
    order: str = "newest"
    due: str = ""
    handler: int | None = None
    lowest: int | None = None
    highest: int | None = None
    phrases: tuple[tuple[Phrase, ...], ...] = ()
    """For the search index: of every inner tuple at least one."""
    given: Mapping[str, list[str]] = {}
    """The arguments as they were given, for the form to show again."""


@lru_cache(maxsize=1024)
def searched(flow: Flow) -> tuple[FieldSpec, ...]:
    """Return the fields of ``flow`` that are search conditions."""
    specs = specs_of(flow.fields).values()
    return tuple(spec for spec in specs if spec.search and spec.kind is not KINDS.group)


def names_of(spec: FieldSpec) -> tuple[str, ...]:
    """Return the names under which the field is asked for."""
    return (f"{spec.name}_from", f"{spec.name}_to") if spec.kind.tokens == "days" else (spec.name,)


def read_conditions(
    flows: Sequence[Flow], given: Mapping[str, list[str]], numbers: Numbers = lambda _: ()
) -> tuple[Conditions, list[Problem]]:
    """Return (conditions, problems): what cannot be read is named and left out.

    ``numbers`` gives the words of a number that is kept sealed (``House.numbers``); without it none is found.
    """
    problems: list[Problem] = []
    phrases: list[tuple[Phrase, ...]] = []
    named = ((name, _one(given, name)) for name in ("serial_no", "case_number"))
    phrases += [((tokens.exact(name, text),), tokens.asked(text)) for name, text in named if text]
    phrases += [
        (tokens.asked(word), *((tokens.number(tokens.ANY, one),) for one in numbers(word)))
        for word in _words("q", _one(given, "q"), problems)
    ]
    for flow in flows:
        phrases += _field_phrases(flow, given, problems, numbers)
    states = _states(flows, given.get("state", []), problems)
    first, last = (_day(given, name, problems) for name in ("submitted_from", "submitted_to"))
    if first and last and first > last:
        problems.append(_backwards("submitted_to"))
    order = _one(given, "order") or "newest"
    if order not in ORDERS:
        problems.append(Problem("order", "not_a_choice", Label("没有这种排序。", "There is no such order.")))
        order = "newest"
    due = _one(given, "due") or ""
    if due not in ("", *DUE):
        problems.append(
            Problem(
                "due", "not_a_choice", Label("期限条件只有“near”“overdue”。", "“due” is near or overdue.")
            )
        )
        due = ""
    handler = _one(given, "handler") or ""
    after = (_one(given, "after") or "").split("-")
    places = [int(part) for part in after if part.isascii() and part.isdigit() and len(part) < 20]
    return Conditions(
        states=states,
        after=places[0] if places else None,
        after_due=places[1] if len(places) > 1 else None,
        order="due" if due else order,
        due=due,
        handler=int(handler) if handler.isascii() and handler.isdigit() and len(handler) < 19 else None,
        lowest=first_key(start_of_day(first)) if first else None,
        highest=first_key(start_of_day(last + timedelta(days=1))) if last and last < date.max else None,
        phrases=tuple(tuple(phrase for phrase in any_of if phrase) for any_of in phrases if any(any_of)),
        given={name: values for name, values in given.items() if any(values)},
    ), problems


def _one(given: Mapping[str, list[str]], name: str) -> str:
    values = given.get(name, [])
    return values[-1].strip()[:200] if values else ""


def _words(name: str, text: str, problems: list[Problem]) -> list[str]:
    """Return the words of ``text``; a text of signs alone is named: left out, it would find everything."""
    words = text.split()
    if words and not any(tokens.asked(word) for word in words):
        problems.append(Problem(name, "no_words", Label("没有可以检索的文字，请输入汉字、字母或数字。", "There is nothing to search for; give letters or digits.")))  # fmt: skip
    return words


def _field_phrases(
    flow: Flow, given: Mapping[str, list[str]], problems: list[Problem], numbers: Numbers
) -> list[tuple[Phrase, ...]]:
    phrases: list[tuple[Phrase, ...]] = []
    for spec in searched(flow):
        if spec.kind.tokens == "days":
            phrases += _days(spec, given, problems)
            continue
        values = [value.strip()[:200] for value in given.get(spec.name, []) if value.strip()]
        if not values:
            continue
        if spec.sealed:
            phrases.append(_whole(spec, values[-1], problems, numbers))
        elif spec.kind.tokens == "exact":
            held = [spec.kind.from_form([value], spec) for value in values]
            flat = [one for value in held for one in (value if isinstance(value, list) else [value])]
            phrases.append(tuple((tokens.exact(spec.name, value),) for value in flat if value is not None))
        else:
            words = _words(spec.name, values[-1], problems)
            phrases += [(tokens.inside(spec.name, tokens.asked(word)),) for word in words]
    return phrases


def _whole(spec: FieldSpec, text: str, problems: list[Problem], numbers: Numbers) -> tuple[Phrase, ...]:
    """Return what asks for a sealed field: it is found by the whole number only."""
    words = numbers(text)
    if not words:
        problems.append(Problem(spec.name, "only_whole", Label("此项已加密保存，只能按完整号码查询。", "This is kept sealed; only the whole number finds it.")))  # fmt: skip
    return tuple((tokens.number(spec.name, word),) for word in words or (_NEVER,))


def _days(
    spec: FieldSpec, given: Mapping[str, list[str]], problems: list[Problem]
) -> list[tuple[Phrase, ...]]:
    """Return what asks for a day of the field between two days, or on one side of one."""
    first, last = (_day(given, name, problems) for name in names_of(spec))
    if first is None and last is None:
        return []
    words = cover(first or date.min, last or date.max)
    if not words:
        problems.append(_backwards(names_of(spec)[1]))
        words = [_NEVER]
    return [tuple((tokens.exact(spec.name, word),) for word in words)]


def _backwards(name: str) -> Problem:
    return Problem(
        name, "backwards", Label("截止日期早于起始日期。", "The last day is before the first one.")
    )


def _states(flows: Sequence[Flow], asked: list[str], problems: list[Problem]) -> tuple[str, ...]:
    """Return the codes asked for; a face stands for every state that shows it."""
    codes: list[str] = []
    for one in (value.strip() for value in asked if value.strip()):
        meant = [
            state.code
            for flow in flows
            for state in flow.states
            if one in (state.code, state.face.zh, state.face.en)
        ]
        if not meant:
            problems.append(Problem("state", "not_a_choice", Label(f"没有“{one[:20]}”这种状态。", f"There is no state “{one[:20]}”.")))  # fmt: skip
        codes += meant
    return tuple(dict.fromkeys(codes))


def _day(given: Mapping[str, list[str]], name: str, problems: list[Problem]) -> date | None:
    text = _one(given, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(
            Problem(
                name, "not_a_date", Label("日期应写成 2026-03-05 的形式。", "Write the date as 2026-03-05.")
            )
        )
        return None
