"""What is wrong, said so that the person who reads it can put it right."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from core.fields.label import Label, Words, label


@frozen
class Problem:
    """One thing wrong with one field.

    ``field`` is the path from the body's root (``fields.parties[0].phone``); ``code`` is stable for
    programs; the messages name the cure.
    """

    field: str
    code: str
    message: Label

    def under(self, prefix: str) -> "Problem":
        """Return the same problem with its path placed below ``prefix``."""
        glue = "" if not self.field or self.field.startswith("[") else "."
        return Problem(f"{prefix}{glue}{self.field}", self.code, self.message)


class Reason(StrEnum):
    """Why something is refused; the doors translate it to a status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"


class Refused(Exception):
    """A request the house declines, with a plain sentence in both languages.

    ``problems`` names every wrong field at once; ``shown`` holds what the refused person needs to see
    to go on (for a stale version: what changed meanwhile).
    """

    def __init__(
        self,
        reason: Reason,
        code: str,
        message: Words,
        problems: Sequence[Problem] = (),
        shown: object = None,
    ) -> None:
        self.reason = reason
        self.code = code
        self.message = label(message)
        self.problems = tuple(problems)
        self.shown = shown
        super().__init__(f"{code}: {self.message.en}")


def invalid(problems: Iterable[Problem]) -> Refused:
    """Return the refusal that carries all ``problems``."""
    return Refused(
        Reason.INVALID,
        "invalid_fields",
        (
            "提交的内容有误，请按下列提示逐项更正。",
            "Some of what was sent is wrong; please correct the fields named.",
        ),
        list(problems),
    )
