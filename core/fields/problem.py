"""What is wrong, said so that the person who reads it can put it right."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from core.fields.label import Label, Words, label


@frozen
class Problem:
    """One thing wrong with one field.

    An answer gives the path from the body's root (``fields.parties[0].phone``).
    """

    field: str
    """The name of the field, in a group ``parties[0].phone``: of a check a field of the request, of a guard one of the step's.
    What stands beside the fields in a submission goes by its own name: ``case_number``, ``attachments``.
    """
    code: str
    """Stable, for programs."""
    message: Label
    """What is wrong and how to put it right."""

    def under(self, prefix: str) -> "Problem":
        """Return the same problem with its path placed below ``prefix``."""
        glue = "" if not self.field or self.field.startswith("[") else "."
        return Problem(f"{prefix}{glue}{self.field}", self.code, self.message)


class Reason(StrEnum):
    """Why something is refused; the doors translate it to a status."""

    INVALID = "invalid"
    """Something sent is wrong (422)."""
    NOT_FOUND = "not_found"
    """There is none, or not for who asks (404)."""
    FORBIDDEN = "forbidden"
    """It is there, but not for this person (403)."""
    CONFLICT = "conflict"
    """Not as things stand now (409)."""
    UNAVAILABLE = "unavailable"
    """Later perhaps (503)."""
    TOO_LARGE = "too_large"
    """More than is taken (413)."""
    WRONG_TYPE = "wrong_type"
    """A file of a kind that is not taken (415)."""


class Refused(Exception):
    """A request the house declines, with a plain sentence in both languages.

    Args:
        reason: Why; the doors translate it to a status.
        code: Stable, for programs.
        message: A plain sentence with the cure.
        problems: Every wrong field at once.
        shown: What the refused person needs to see to go on (for a stale version: what changed meanwhile).
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
