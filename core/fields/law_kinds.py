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

    def __init__(self, name: str, check: Callable[[str, date], str], sample: str) -> None:
        self.name = name
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
