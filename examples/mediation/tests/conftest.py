"""Hands for the tests: a decision saved and carried out, and a dispute brought to where it is needed."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def referral() -> dict[str, str]:
    """Return what is filled in to refer a dispute."""
    return {"mediator": "王调解", "chosen_by": "both", "both_agree": "true"}


@pytest.fixture
def read(court: Any) -> Callable[..., str]:
    """Return a function that reads a page as the reviewer, logged in anew: a moved clock ends sessions."""
    return lambda path: court.browser("reviewer").get(f"/m/mediation/{path}").text


@pytest.fixture
def decide(court: Any) -> Callable[..., Any]:
    """Return a function that saves an opinion and carries it out, and returns the last answer."""

    def carry_out(serial_no: str, decision: str, **values: str) -> Any:
        browser = court.browser("reviewer")
        form = {"decision": decision, "opinion": "经审查，予以办理。", **values}
        version = {"version": court.read(serial_no).version}
        answer = browser.post(f"/m/mediation/{serial_no}/review", form | version)
        if answer.status != 303:
            return answer
        form = {"decision": decision, "version": court.read(serial_no).version}
        return browser.post(f"/m/mediation/{serial_no}/decide", form)

    return carry_out


@pytest.fixture
def register(court: Any) -> Callable[..., Any]:
    """Return a function that carries out at once what needs no opinion."""

    def at_once(serial_no: str, decision: str, **values: str) -> Any:
        form = {"decision": decision, "version": court.read(serial_no).version, **values}
        return court.browser("reviewer").post(f"/m/mediation/{serial_no}/decide", form)

    return at_once


@pytest.fixture
def limits(outside: Any) -> Callable[[str], dict[str, tuple[str, str]]]:
    """Return a function that gives the last day and the status of each limit."""
    return lambda serial_no: {
        one["rule"]: (one["ends_on"], one["status"]) for one in outside.read(serial_no)["deadlines"]
    }


@pytest.fixture
def paper(court: Any) -> Callable[[str, str], str]:
    """Return a function that gives the words of a paper of a request, as the reviewer downloads it."""

    def words(serial_no: str, code: str) -> str:
        browser = court.browser("reviewer")
        page = browser.get(f"/m/mediation/{serial_no}").text
        address = re.search(rf'data-paper="{code}".*?href="([^"]+format=docx)"', page, re.DOTALL)
        assert address, f"no {code} was issued"
        with zipfile.ZipFile(io.BytesIO(browser.get(address[1]).body)) as docx:
            return re.sub("<[^>]+>", "", docx.read("word/document.xml").decode())

    return words


@pytest.fixture
def referred(outside: Any, decide: Callable[..., Any], referral: dict[str, str]) -> str:
    """Return a dispute that was referred to a mediator."""
    serial_no: str = outside.submit("mediation", opponent="虚构乙公司")
    assert decide(serial_no, "refer", **referral).status == 303
    return serial_no


@pytest.fixture
def mediating(referred: str, register: Callable[..., Any]) -> str:
    """Return a dispute whose mediator signed for it on Monday, 23 November 2026."""
    assert register(referred, "sign", received_on="2026-11-23").status == 303
    return referred
