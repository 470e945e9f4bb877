"""Notices to everybody in a case: parties and agents with a telephone, each number once, through the outbox."""

from collections.abc import Mapping
from typing import Any

from core.context import Case
from core.fields.label import Label
from core.module import Flow
from core.values import Application
from core.work.case_facts import case_of
from core.work.notices import fill, send, words_for
from core.work.transaction import Transaction


def reachable(case: Case, besides: str = "") -> list[tuple[str, str]]:
    """Return (name, telephone) of the parties and agents that have one; the telephone ``besides`` is left out.

    Whoever stands in several places (a lawyer of two parties) is there once.
    """
    people = [(one.name, one.phone) for one in case.parties] + [(one.name, one.phone) for one in case.agents]
    found: dict[str, tuple[str, str]] = {}
    for name, phone in people:
        if _digits(phone) and _digits(phone) != _digits(besides):
            found.setdefault(_digits(phone), (name, phone))
    return list(found.values())


def tell_case(tx: Transaction, case: int, text: Label, words: Mapping[str, str]) -> None:
    """Tell everybody in a case something that belongs to no request."""
    facts = case_of(tx.connection, case)
    for name, phone in reachable(facts):
        told = fill(text, {**words, "court": tx.court_name, "name": name})
        send(tx, None, facts.case_number, name, phone, told)


def tell_others(
    tx: Transaction, flow: Flow, application: Application, text: Label, values: Any = None
) -> None:
    """Tell everybody in the request's case, save its submitter, of a step it took."""
    if application.case_id is None:
        return
    words = words_for(tx, flow, application, values)
    case = case_of(tx.connection, application.case_id)
    for name, phone in reachable(case, besides=application.submitter.phone):
        send(tx, application, application.serial_no, name, phone, fill(text, words | {"name": name}))


def _digits(phone: str) -> str:
    return "".join(char for char in phone if char.isdigit())
