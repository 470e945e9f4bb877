"""What the form inputs of declared fields need: typed values by name, problems by name, conditions for the script."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from core.fields.bind import from_form
from core.fields.condition import All, Condition, Filled, OneOf, Some
from core.fields.label import Label
from core.fields.problem import Problem
from core.fields.spec import specs_of
from core.web.form import Fields


def typed_again(cls: type | None, form: Fields) -> dict[str, list[str]]:
    """Return what was typed, by the names the inputs will have when shown again: empty items are gone."""
    return flat(from_form(cls, form)) if cls is not None else {}


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """Return JSON-like values as form fields: ``corrections.0.item``."""
    fields: dict[str, list[str]] = {}
    for name, value in values.items():
        if isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
            for place, item in enumerate(value):
                fields |= flat(item, f"{prefix}{name}.{place}.")
        elif isinstance(value, list | tuple):
            fields[prefix + name] = [str(one) for one in value]
        elif isinstance(value, bool):
            fields[prefix + name] = ["true" if value else "false"]
        elif value is not None:
            fields[prefix + name] = [_local(str(value))]
    return fields


def _local(text: str) -> str:
    # A date-time input knows no zone; what is kept of it is Shanghai time.
    return text[:16] if len(text) == 25 and text.endswith(":00+08:00") and text[10] == "T" else text


def by_name(problems: Iterable[Problem]) -> dict[str, list[Label]]:
    """Return the problems by the names of the inputs they belong to."""
    named: dict[str, list[Label]] = {}
    for problem in problems:
        named.setdefault(problem.field.replace("[", ".").replace("]", ""), []).append(problem.message)
    return named


def places(name: str, typed: Mapping[str, list[str]], least: int) -> list[int]:
    """Return the places of the items of a group that are shown: those typed, and as many as are needed."""
    start = f"{name}."
    heads = {key[len(start) :].split(".", 1)[0] for key in typed if key.startswith(start)}
    filled = [int(head) for head in heads if head.isascii() and head.isdigit()]
    return list(range(max(len(filled), least, 1)))


def when(condition: Condition | None) -> str:
    """Return a condition as the script on the page reads it; the server stays the judge."""
    return json.dumps(_data(condition), ensure_ascii=False) if condition is not None else ""


def _data(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, All):
        return {"all": [_data(part) for part in condition.parts]}
    if isinstance(condition, OneOf):
        return {
            "field": condition.name,
            "in": [str(one).lower() if isinstance(one, bool) else str(one) for one in condition.choices],
        }
    if isinstance(condition, Some):
        return {"field": condition.name, "some": _data(condition.condition)}
    if isinstance(condition, Filled):
        return {"field": condition.name, "filled": True}
    return {}


def inputs_of(classes: Iterable[type | None]) -> set[str]:
    """Return the sorts of input that the declarations ask for, so that the lists behind them are at hand."""
    found: set[str] = set()
    for cls in classes:
        for spec in specs_of(cls).values() if cls is not None else ():
            found.add(spec.kind.input)
            found |= inputs_of([spec.item]) if spec.item is not None else set()
    return found
