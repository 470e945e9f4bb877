"""Hands for the tests: a dispute brought to where it is needed."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def referral() -> dict[str, str]:
    """Return what is filled in to refer a dispute."""
    return {"mediator": "王调解", "chosen_by": "both", "both_agree": "true"}


@pytest.fixture
def read(as_reviewer: Any) -> Callable[..., str]:
    """Return a function that reads a page as the reviewer."""
    return lambda path: as_reviewer.get(f"/m/mediation/{path}").text


@pytest.fixture
def decide(court: Any) -> Callable[..., Any]:
    """Return a function that takes a decision as the reviewer, with an opinion, and returns the last answer."""

    def carry_out(serial_no: str, decision: str, **values: Any) -> Any:
        return court.decide(serial_no, decision, "reviewer", **{"opinion": "经审查，予以办理。", **values})

    return carry_out


@pytest.fixture
def limits(outside: Any) -> Callable[[str], dict[str, tuple[str, str]]]:
    """Return a function that gives the last day and the status of each limit."""
    return lambda serial_no: {
        one["rule"]: (one["ends_on"], one["status"]) for one in outside.read(serial_no)["deadlines"]
    }


@pytest.fixture
def referred(outside: Any, decide: Callable[..., Any], referral: dict[str, str]) -> str:
    """Return a dispute that was referred to a mediator."""
    serial_no: str = outside.submit("mediation", opponent="虚构乙公司")
    assert decide(serial_no, "refer", **referral).status == 303
    return serial_no


@pytest.fixture
def mediating(referred: str, decide: Callable[..., Any]) -> str:
    """Return a dispute whose mediator signed for it on Monday, 23 November 2026."""
    assert decide(referred, "sign", received_on="2026-11-23").status == 303
    return referred
