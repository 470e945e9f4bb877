"""From JSON-like input to typed values and back; every wrong field is named in one pass."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import attrs
from attrs import frozen

from core.fields.condition import Condition
from core.fields.kinds import KINDS, Unfit
from core.fields.label import Label
from core.fields.lookups import Lookups
from core.fields.problem import Problem
from core.fields.spec import FieldSpec, specs_of
from core.law.errors import YearUnknown

MISSING = Label("此项必填。", "This is required.")
UNKNOWN = Label("没有这个字段，请核对名称。", "There is no such field; please check its name.")
NOT_OBJECT = Label("应为对象。", "An object is expected here.")


def bind(cls: type, raw: Any, lookups: Lookups) -> tuple[Any, list[Problem]]:
    """Return (value, problems): an instance of ``cls`` where there are no problems, else None.

    ``raw`` is JSON-like: a mapping of field name to value. Null counts as absent.
    """
    if type(raw) is not dict and not isinstance(raw, Mapping):  # the second asks an abstract class, at length
        return None, [Problem("", "not_an_object", NOT_OBJECT)]
    parts = _parts(cls)
    asked = parts.asked
    wrong: dict[str, list[Problem]] = {}
    given = raw if None not in raw.values() else {name: one for name, one in raw.items() if one is not None}
    unknown = () if raw.keys() <= asked.keys() else [name for name in raw if name not in asked]
    if unknown:
        given = {name: one for name, one in given.items() if name in asked}
    values: dict[str, Any] = parts.groups.copy()
    for name, one in given.items():
        spec, read = asked[name]
        try:
            values[name] = (
                _bind_group(spec, one, given, lookups) if read is None else read(one, spec, lookups)
            )
        except Unfit as unfit:
            wrong[name] = [Problem(name, unfit.code, unfit.message)]
        except _WrongGroup as group:
            wrong[name] = group.problems
    for condition, names in parts.demanded:
        if not names <= given.keys() and (condition is None or condition.holds(given)):
            wrong |= {name: _missing(asked[name][0], given, lookups) for name in names - given.keys()}
    if wrong or unknown:
        strange = [Problem(str(name), "unknown_field", UNKNOWN) for name in unknown]
        return None, strange + [problem for name in asked for problem in wrong.get(name, ())]
    return _derived(cls(**values), parts), []


def _derived(value: Any, parts: "_Parts") -> Any:
    for spec in parts.derived:
        assert spec.derive is not None
        # Nobody else has it yet: a second one, made with these fields, would hold the same.
        object.__setattr__(value, spec.name, spec.derive(value)[: spec.max_length])
    return value


Read = Callable[[Any, FieldSpec, Lookups], Any]


@frozen
class _Parts:
    """What is asked of a class: most fields of most requests are left empty, so that only those given are gone through."""

    asked: Mapping[str, tuple[FieldSpec, Read | None]]
    """By name, each with what reads it (None: a group)."""
    groups: dict[str, Any]
    """What is no less there when nothing is given."""
    demanded: tuple[tuple[Condition | None, frozenset[str]], ...]
    """What must be given where a condition holds, by condition: many have the same; None always does."""
    derived: tuple[FieldSpec, ...]


@lru_cache(maxsize=1024)
def _parts(cls: type) -> _Parts:
    specs = specs_of(cls)
    asked = {name: spec for name, spec in specs.items() if spec.asked}
    return _Parts(
        asked={name: (spec, None if spec.kind is KINDS.group else spec.kind.read) for name, spec in asked.items()},
        groups={name: () for name, spec in asked.items() if spec.kind is KINDS.group},
        demanded=_demanded(asked.values()),
        derived=tuple(spec for spec in specs.values() if spec.derive),
    )  # fmt: skip


def _demanded(specs: Iterable[FieldSpec]) -> tuple[tuple[Condition | None, frozenset[str]], ...]:
    found: list[tuple[Condition | None, set[str]]] = [(None, set())]
    for spec in specs:
        always = spec.min_items if spec.kind is KINDS.group else spec.required
        condition = None if always else spec.required_when
        if not always and (condition is None or spec.default is not None):
            continue
        for known, names in found:
            if known == condition:
                names.add(spec.name)
                break
        else:
            found.append((condition, {spec.name}))
    return tuple((condition, frozenset(names)) for condition, names in found)


def _missing(spec: FieldSpec, raw: Mapping[str, Any], lookups: Lookups) -> list[Problem]:
    if spec.kind is not KINDS.group:
        return [Problem(spec.name, "missing", MISSING)]
    try:
        _bind_group(spec, (), raw, lookups)
    except _WrongGroup as group:
        return group.problems
    raise AssertionError("a group that is demanded takes at least one item")  # pragma: no cover


class _WrongGroup(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _bind_group(spec: FieldSpec, raw: Any, values: Mapping[str, Any], lookups: Lookups) -> tuple[Any, ...]:
    if not isinstance(raw, list | tuple):
        raise _WrongGroup([Problem(spec.name, "not_a_list", Label("应为列表。", "A list is expected here."))])
    needed = spec.required_when is not None and spec.required_when.holds(values)
    least = max(spec.min_items, 1) if needed else spec.min_items
    if len(raw) < least:
        raise _WrongGroup([Problem(spec.name, "too_few", Label(f"至少应有{least}项。", f"At least {least} needed."))])  # fmt: skip
    most = spec.max_items
    if most is not None and len(raw) > most:
        raise _WrongGroup(
            [Problem(spec.name, "too_many", Label(f"最多{most}项。", f"At most {most} allowed."))]
        )
    assert spec.item is not None
    items, problems = [], []
    for place, one in enumerate(raw):
        item, found = bind(spec.item, one, lookups)
        items.append(item)
        if found:
            problems += [problem.under(f"{spec.name}[{place}]") for problem in found]
    if problems:
        raise _WrongGroup(problems)
    return tuple(items)


def work_out(value: Any, context: Any) -> Any:
    """Return ``value`` with its computed fields worked out anew; the very same object where nothing changed.

    One that asks for a year whose rest days nobody has entered is empty until that year is.
    """
    specs = specs_of(type(value)).values()
    found = {one.name: _computed(one.compute, value, context) for one in specs if one.compute is not None}
    changed = {name: held for name, held in found.items() if held != getattr(value, name)}
    return attrs.evolve(value, **changed) if changed else value


def _computed(compute: Callable[[Any, Any], Any], value: Any, context: Any) -> Any:
    try:
        return compute(value, context)
    except YearUnknown:
        return None


def to_json(value: Any, *, whole: bool = False) -> dict[str, Any]:
    """Return an instance of a ``@request_fields`` class as the JSON-like mapping that would bind to it.

    ``whole`` takes in what the house works out, which conditions may ask of.
    """
    result: dict[str, Any] = {}
    for name, spec in specs_of(type(value)).items():
        held = getattr(value, name)
        if held is None or not (whole or spec.asked):
            continue
        result[name] = field_to_json(spec, held)
    return result


def field_to_json(spec: FieldSpec, held: Any) -> Any:
    """Return the value of one field, which is there, as JSON holds it."""
    return [to_json(one) for one in held] if spec.kind is KINDS.group else spec.kind.to_json(held)


def from_form(cls: type, form: Mapping[str, list[str]], prefix: str = "") -> dict[str, Any]:
    """Return what a web form sent as the JSON-like mapping that ``bind`` takes.

    Inputs are named by path: ``reason``, ``items.0.demand``. Items of a group left wholly empty are dropped.
    """
    result: dict[str, Any] = {}
    for name, spec in specs_of(cls).items():
        path = prefix + name
        if not spec.asked:
            continue
        if spec.kind is KINDS.group:
            assert spec.item is not None
            places = sorted(_places(form, path))
            items = [from_form(spec.item, form, f"{path}.{place}.") for place in places]
            result[name] = [item for item in items if item]
        else:
            raw = spec.kind.from_form(form.get(path, []), spec)
            if raw is not None:
                result[name] = raw
    return {name: raw for name, raw in result.items() if raw != []}


def _places(form: Mapping[str, list[str]], path: str) -> set[int]:
    heads = (key[len(path) + 1 :].split(".", 1)[0] for key in form if key.startswith(path + "."))
    return {int(head) for head in heads if head.isascii() and head.isdigit() and len(head) < 4}
