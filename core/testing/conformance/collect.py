"""The checks as tests: one for each module and check."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from core.testing.conformance import CHECKS, Check, Subject
from core.testing.conformance.told import NOT_TRIED
from core.testing.workshop import Workshop


class Faults(Exception):
    """What is wrong with a module."""


class CheckItem(pytest.Item):
    """One check of one module."""

    def __init__(self, *, subject: Subject, check: Check, **more: Any) -> None:
        super().__init__(**more)
        self.subject, self.check = subject, check
        self.add_marker("conformance")

    def runtest(self) -> None:
        """Carry it out; what does not load is tried no further."""
        if self.check.name != "loads" and not self.subject.ready:
            pytest.skip(f"{self.subject.name} does not load")
        if lacking := self.check.lacking(self.subject):
            pytest.skip(f"{NOT_TRIED}{lacking}")
        if faults := self.check.faults(self.subject):
            raise Faults(faults)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Say what was expected, and what is wrong."""
        if not isinstance(excinfo.value, Faults):
            return super().repr_failure(excinfo, style)
        faults: list[str] = excinfo.value.args[0]
        return "\n".join(
            [f"{self.subject.name} fails the check {self.check.name!r}.", f"Expected: {self.check.sentence}",
             *(f"  - {fault}" for fault in faults)]
        )  # fmt: skip

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the name it goes by."""
        return self.path, None, self.name


class Suite:
    """The subjects of one run, and where their courts are founded."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.workshop = Workshop(folder)
        self._subjects: dict[str, Subject] = {}

    def subject(self, where: str) -> Subject:
        """Return the module that is called, or lies at, ``where``."""
        if where not in self._subjects:
            self._subjects[where] = Subject(where, self.workshop)
        return self._subjects[where]

    def items(self, session: pytest.Session, wanted: Iterable[str]) -> list[pytest.Item]:
        """Return the tests of the modules ``wanted``."""
        return [
            CheckItem.from_parent(
                session, subject=subject, check=one, name=f"conformance {subject.name} {name}",
                nodeid=f"conformance::{subject.name}::{name}",
            )
            for subject in map(self.subject, wanted)
            for name, one in CHECKS.items()
        ]  # fmt: skip

    def close(self) -> None:
        """Let go of everything."""
        for subject in self._subjects.values():
            subject.close()
        self.workshop.close()
        shutil.rmtree(self._folder, ignore_errors=True)
