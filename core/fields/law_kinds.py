"""The kinds of fields that the law checks: numbers of cases and people, telephones, causes of action."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import frozen

from core.fields.kind import Kind, Unfit, read_text
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec
from core.law import identity
from core.law.errors import LawError


class Checked(Kind):
    """A line of text that one function of the law checks and normalises."""

    tokens = "exact"

    def __init__(
        self, name: str, check: Callable[[str, date], str], sample: str, *, identifies: bool = False
    ) -> None:
        self.name = name
        self.identifies = identifies
        self.check = check
        self.sample = sample

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        try:
            return self.check(super().read(raw, spec, lookups), lookups.today)
        except LawError as error:
            raise Unfit(error.code, error.message_zh, error.message_en) from error

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": spec.max_length,
            "description": f"check: {self.name}",
        }

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return self.sample


def telephone(text: str) -> str:
    try:
        return identity.check_mobile(text).value
    except LawError:
        return identity.check_landline(text).value


@frozen
class ChosenCause:
    """A cause of action as it was called when it was chosen."""

    code: str
    name: str

    def __str__(self) -> str:
        return self.name


@frozen
class ChosenPerson:
    """A judge of the court as the person was called when chosen."""

    id: int
    name: str

    def __str__(self) -> str:
        return self.name


class Colleague(Kind):
    """A handling judge of the court; JSON holds the id, people read the name."""

    name = "colleague"
    input = "colleague"
    tokens = "words"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if isinstance(raw, int) and not isinstance(raw, bool):
            for key, name in lookups.judges():
                if key == raw:
                    return ChosenPerson(key, name)
        raise Unfit(
            "unknown_colleague", "请选择本院的一名承办法官。", "Choose one of the court's handling judges."
        )

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        text = values[-1].strip() if values else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text or None

    def to_json(self, value: Any) -> Any:
        return value.id

    def to_store(self, value: Any) -> Any:
        return f"{value.id} {value.name}"

    def from_store(self, stored: Any) -> Any:
        key, _, name = stored.partition(" ")
        return ChosenPerson(int(key), name)

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return next((key for key, _ in lookups.judges()), 1)


class CauseOfAction(Kind):
    """A cause of action of the list in force today; JSON holds its code, people read its name."""

    name = "cause"
    input = "cause"
    tokens = "words"
    pattern = re.compile(r"[0-9]{2}(\.[0-9]{2,3}){0,3}")

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        code = read_text(raw)
        name = lookups.cause_name(code) if self.pattern.fullmatch(code) else None
        if name is None:
            raise Unfit(
                "unknown_cause",
                f"案由代码“{code[:40]}”不在现行案由表中。",
                f"The cause {code[:40]!r} is not in the list in force.",
            )
        return ChosenCause(code, name)

    def to_json(self, value: Any) -> Any:
        return value.code

    def to_store(self, value: Any) -> Any:
        return f"{value.code} {value.name}"

    def from_store(self, stored: Any) -> Any:
        code, _, name = stored.partition(" ")
        return ChosenCause(code, name)

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return lookups.sample_cause()
