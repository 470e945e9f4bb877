"""What a check may ask of the court's tables, without knowing them."""

from datetime import date
from typing import Protocol

from attrs import frozen


class Lookups(Protocol):
    """The court's registers, as far as fields need them."""

    @property
    def today(self) -> date:
        """The court's date."""

    def cause_name(self, code: str) -> str | None:
        """Return the name of a cause in force today, or None."""

    def sample_cause(self) -> str:
        """Return the code of some cause in force today."""

    def judges(self) -> list[tuple[int, str]]:
        """Return (id, name) of the court's handling judges."""


@frozen
class NoRegisters:
    """Lookups for declarations that need no register (and for the forms of a court without causes)."""

    today: date

    def cause_name(self, code: str) -> str | None:
        return None

    def sample_cause(self) -> str:
        return ""

    def judges(self) -> list[tuple[int, str]]:
        return []
