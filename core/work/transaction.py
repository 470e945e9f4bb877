"""What one act writes: a transaction with its actor, its moment and its court."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import define, frozen
from sqlalchemy.engine import Connection

from core.attributes import once
from core.gate import enabled
from core.law.calendar import CourtCalendar
from core.law.dates import SHANGHAI
from core.records import Audit, Court, QueueCount
from core.store.prepared import PreparedRead, inserting
from core.store.upsert import upserting
from core.values import Actor, Application
from core.work.hiding import places_of
from core.work.house import House
from core.work.registers import Registers, court_calendar

_AUDIT = inserting(
    Audit, "court_code", "at", "actor", "actor_id", "client", "address", "request_id", "action", "target", "succeeded", "data",
)  # fmt: skip
_COUNT = upserting(
    QueueCount, ["court_code", "module", "handler_id", "kind", "state"], ["count"],
    {"count": QueueCount.count + sa.literal_column("excluded.count")},
)  # fmt: skip
_COURT = PreparedRead(
    sa.select(Court.name, Court.telephone).where(Court.code == sa.bindparam("court")), common=True
)


@frozen
class NamedCourt:
    """A court's code, name and telephone."""

    code: str
    name: str
    telephone: str


@define(slots=False)
class Transaction:
    """One transaction of one actor in one court; everything it writes commits together."""

    house: House
    connection: Connection
    actor: Actor
    at: datetime
    preview: dict[str, Any] | None = None
    """Where it is given, the transaction will be undone: papers are collected here instead of being issued."""

    @once
    def court(self) -> str:
        """The court's code."""
        return self.actor.court

    @once
    def today(self) -> date:
        """The court's date."""
        return self.at.astimezone(SHANGHAI).date()

    @once
    def on(self) -> frozenset[str]:
        """The modules that are on in the court."""
        return enabled(self.connection, self.court)

    @once
    def named_court(self) -> NamedCourt:
        """The court as people name it, and where they call it."""
        return NamedCourt(self.court, *_COURT.first(self.connection, {"court": self.court}))

    @property
    def court_name(self) -> str:
        """The court's name."""
        return self.named_court.name

    @once
    def settings(self) -> dict[str, Any]:
        """The settings of modules that were asked for so far, by module; see ``Context.settings``."""
        return {}

    @once
    def calendar(self) -> CourtCalendar:
        """The court's calendar."""
        return court_calendar(self.connection, self.court)

    @once
    def registers(self) -> Registers:
        """The court's registers, for field checks."""
        return Registers(self.connection, self.court, self.today)

    def audit(
        self, action: str, target: str, data: Mapping[str, Any] | None = None, *, succeeded: bool = True
    ) -> None:
        """Write an audit entry; it commits, or not, with what it tells of."""
        actor = self.actor
        entry = {
            "court_code": actor.court, "at": self.at, "actor": actor.name, "actor_id": actor.person,
            "client": actor.client, "address": actor.address, "request_id": actor.request_id, "action": action,
            "target": target, "succeeded": succeeded, "data": dict(data or {}),
        }  # fmt: skip
        _AUDIT.later(self.connection, entry)

    def count(self, before: Application | None, after: Application) -> None:
        """Keep the counts of the queues in step with a request that came, moved or changed hands."""
        steps: dict[tuple[int, str], int] = {}
        for application, sign in ((before, -1), (after, 1)):
            if application is not None:
                for handler in places_of(application):
                    place = (handler, application.state)
                    steps[place] = steps.get(place, 0) + sign
        # In one order everywhere, so that two transactions never wait for each other.
        for (handler, state), step in sorted(steps.items()):
            if step:
                self._count(after, handler, state, step)

    def _count(self, application: Application, handler: int, state: str, step: int) -> None:
        key = {
            "court_code": application.court, "module": application.module, "handler_id": handler,
            "kind": application.kind, "state": state,
        }  # fmt: skip
        _COUNT.later(self.connection, key | {"count": step})
