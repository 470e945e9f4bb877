"""From JSON-like input to typed values and back; every wrong field is named in one pass."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import attrs

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
    given, derived = _parts(cls)
    unknown = [] if raw.keys() <= given.keys() else [name for name in raw if name not in given]
    problems = [Problem(str(name), "unknown_field", UNKNOWN) for name in unknown]
    values: dict[str, Any] = {}
    for name, (spec, read) in given.items():
        one = raw.get(name)
        if read is None:
            values[name], found = _bind_group(spec, [] if one is None else one, raw, lookups)
            problems += found
        elif one is not None:
            try:
                values[name] = read(one, spec, lookups)
            except Unfit as unfit:
                problems.append(Problem(name, unfit.code, unfit.message))
        else:
            default = values[name] = spec.default
            when = spec.required_when
            if default is None and (spec.required or (when is not None and when.holds(raw))):
                problems.append(Problem(name, "missing", MISSING))
    if problems:
        return None, problems
    value = cls(**values)
    computed = {spec.name: spec.derive(value)[: spec.max_length] for spec in derived if spec.derive}
    return (cls(**values, **computed) if computed else value), []


Read = Callable[[Any, FieldSpec, Lookups], Any]


@lru_cache(maxsize=1024)
def _parts(cls: type) -> tuple[Mapping[str, tuple[FieldSpec, Read | None]], tuple[FieldSpec, ...]]:
    """Return what is asked of a class, by name, each with what reads it (None: a group), and what is derived from that."""
    specs = specs_of(cls)
    asked = {
        name: (spec, None if spec.kind is KINDS.group else spec.kind.read)
        for name, spec in specs.items()
        if spec.asked
    }
    return asked, tuple(spec for spec in specs.values() if spec.derive)


def _bind_group(
    spec: FieldSpec, raw: Any, values: Mapping[str, Any], lookups: Lookups
) -> tuple[Any, list[Problem]]:
    if not isinstance(raw, list | tuple):
        return None, [Problem(spec.name, "not_a_list", Label("应为列表。", "A list is expected here."))]
    needed = spec.required_when is not None and spec.required_when.holds(values)
    least = max(spec.min_items, 1) if needed else spec.min_items
    if len(raw) < least:
        return None, [
            Problem(spec.name, "too_few", Label(f"至少应有{least}项。", f"At least {least} needed."))
        ]
    if spec.max_items is not None and len(raw) > spec.max_items:
        most = spec.max_items
        return None, [Problem(spec.name, "too_many", Label(f"最多{most}项。", f"At most {most} allowed."))]
    assert spec.item is not None
    items, problems = [], []
    for place, one in enumerate(raw):
        item, found = bind(spec.item, one, lookups)
        items.append(item)
        problems += [problem.under(f"{spec.name}[{place}]") for problem in found]
    return tuple(items), problems


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
