"""Every hook, on one page. A hook returns values; the host merges, orders, pages and shows them.

Each docstring ends with the policy: *isolated* — a failure is recorded, named on the page, and the other
modules' answers stand; *fatal* — the failure undoes the transaction (or the attempt) it happened in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
import pluggy

from core.context import Context
from core.contributions import ApiRoute, Card, Desk, Job
from core.values import (
    Application,
    DecisionMade,
    MenuItem,
    Message,
    Notice,
    Operation,
    Outcome,
    Page,
    QueuePlan,
    QueueQuery,
    QueueRows,
    Receipt,
)

if TYPE_CHECKING:
    from core.store.engine import Store

PROJECT = "benchside"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a module as its answer to the hook of that name; it takes those of the hook's arguments that it needs."""


class Hookspecs:
    """What a module may answer."""

    @hookspec
    def list_queue(self, query: QueueQuery) -> QueuePlan | QueueRows | None:
        """Return what stands in this module's queue of one kind beside what was filed here: rows from elsewhere (which the host
        narrows, merges and pages), or a plan that says which kinds of the host's table to show. Isolated.
        """

    @hookspec
    def review(self, application: Application, decision: DecisionMade, context: Context) -> Outcome | None:
        """Add to a decision that is being carried out, or raise Refused. Only the owner is asked. Fatal, rolled back."""

    @hookspec
    def comment(self, application: Application, message: Message) -> Message | None:
        """Accept a message of the court's (``message.from_court``) or of the applicant's, perhaps amended; None leaves it as it
        is. Only the owner is asked. Isolated.
        """

    @hookspec
    def notify(self, notice: Notice, settings: Any) -> Receipt | None:
        """Carry a notice to its receiver, after commit. Each enabled channel is asked by itself, with its
        settings for the court. Isolated, tried again.
        """

    @hookspec
    def trial_system(self, operation: Operation, settings: Any, store: Store) -> Receipt | None:
        """Have the court's trial system do something, after commit; ``store`` reaches the module's own tables. Fatal
        to the attempt, which is tried again.
        """

    @hookspec
    def pages(self) -> Iterable[Page] | None:
        """Return the module's own pages. Asked once, at load. Isolated."""

    @hookspec
    def menu(self, court: str) -> Iterable[MenuItem] | None:
        """Return menu entries beside those of the declared views. Isolated."""

    @hookspec
    def cards(self, desk: Desk) -> Iterable[Card] | None:
        """Return what the person whose desk it is should see of this module there. Isolated."""

    @hookspec
    def jobs(self) -> Iterable[Job] | None:
        """Return what the module does by itself, and when. Asked once, at load. Isolated."""

    @hookspec
    def routes(self) -> Iterable[ApiRoute] | None:
        """Return the module's own calls of the API. Asked once, at load. Isolated."""

    @hookspec
    def commands(self) -> Iterable[click.Command] | None:
        """Return the module's commands: ``benchside <module> <command>``; each is given a ``Console``. Asked when one of
        them is called. Isolated.
        """
