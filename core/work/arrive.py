"""A page request arrives: who it is, what is on, and how much waits, in two statements."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from core.fields.spec import specs_of
from core.records import (
    Court,
    CourtSetting,
    ModuleSwitch,
    Person,
    PersonRole,
    QueueCount,
    Reminder,
    Serves,
    SessionRow,
)
from core.roles import Sight, role
from core.store.prepared import PreparedRead
from core.values import Actor
from core.work.access import sight
from core.work.grants import STEM
from core.work.hiding import counts_for
from core.work.house import House
from core.work.registers import CourtDefaults


@frozen
class CourtFacts:
    """What every page says of the court."""

    code: str
    name: str
    name_en: str
    telephone: str


@frozen
class Arrival:
    """Who is here, in which court, with which modules on, and how much waits behind each menu entry."""

    digest: str
    actor: Actor
    court: CourtFacts
    username: str
    memory: Mapping[str, Any]
    enabled: frozenset[str]
    counts: Mapping[tuple[str, str, str], int]
    """(module, kind, state) → requests in that state, as far as the person sees them."""
    unread: int
    """How many reminders are unread, at most one more than ``UNREAD_TOLD``."""
    near_days: int
    """Within how many days a limit counts as near in this court."""


def digest_of(session_id: str) -> str:
    """Return what a session is found by: its id's digest."""
    return hashlib.sha256(session_id.encode()).hexdigest()


_WHO = PreparedRead(
    sa.select(
        SessionRow.created_at, SessionRow.seen_at, SessionRow.memory, Person.id.label("person"), Person.username,
        Person.name.label("person_name"), Court.code, Court.name, Court.name_en, Court.telephone,
    )
    .join(Person, Person.id == SessionRow.person_id)
    .join(Court, Court.code == Person.court_code)
    .where(SessionRow.digest == sa.bindparam("digest"), Person.active.is_(True))
)  # fmt: skip


def _branch(tag: str, *columns: Any) -> Any:
    padded = [*columns, *([sa.literal_column("''")] * (5 - len(columns)))]
    cells = [sa.cast(column, sa.Text).label(f"c{place}") for place, column in enumerate(padded)]
    return sa.select(sa.literal_column(f"'{tag}'").label("tag"), *cells)


UNREAD_TOLD = 99
"""So many unread reminders are told at most; beyond it is "more"."""
_NEAR = specs_of(CourtDefaults)["near_days"]
_USUAL = CourtDefaults().near_days


def _near(stored: str) -> int:
    value = json.loads(stored)
    return _USUAL if value is None else int(_NEAR.kind.from_store(value))


def _around() -> sa.CompoundSelect[Any]:
    person, court = sa.bindparam("person", type_=sa.BigInteger), sa.bindparam("court", type_=sa.String)
    serves = sa.select(Serves.judge_id).where(Serves.person_id == person)
    on = sa.select(ModuleSwitch.module).where(
        ModuleSwitch.court_code == court, ModuleSwitch.enabled.is_(True)
    )
    # Counted no further than it is told: who has been away has thousands, and every page asks.
    first = sa.select(Reminder.id).where(
        Reminder.person_id == person, Reminder.read_at.is_(None), Reminder.module.in_(on)
    )
    unread = sa.select(sa.func.count()).select_from(first.limit(UNREAD_TOLD + 1).subquery("walked"))
    return sa.union_all(
        _branch("role", PersonRole.role).where(PersonRole.person_id == person),
        _branch("serves", Serves.judge_id).where(Serves.person_id == person),
        _branch("on", ModuleSwitch.module).where(
            ModuleSwitch.court_code == court, ModuleSwitch.enabled.is_(True)
        ),
        _branch(
            "count",
            QueueCount.module,
            QueueCount.kind,
            QueueCount.state,
            QueueCount.handler_id,
            QueueCount.count,
        ).where(
            QueueCount.court_code == court,
            QueueCount.count > 0,
            # What is hidden from somebody is counted below nought.
            (QueueCount.handler_id <= 0)
            | (QueueCount.handler_id == person)
            | QueueCount.handler_id.in_(serves),
        ),
        _branch("unread", unread.scalar_subquery()),
        _branch("grant", CourtSetting.name, CourtSetting.value).where(
            CourtSetting.court_code == court, CourtSetting.name.startswith(STEM, autoescape=True)
        ),
        _branch("near", CourtSetting.value).where(
            CourtSetting.court_code == court,
            CourtSetting.module == "core",
            CourtSetting.name == _NEAR.name,
        ),
    )


_AROUND = PreparedRead(_around())
_SEEN_EVERY = timedelta(minutes=1)


class Arrivals:
    """Those who come to one house."""

    def __init__(self, house: House) -> None:
        self._house = house

    def arrive(self, digest: str, address: str = "", request_id: str = "") -> Arrival | None:
        """Return the arrival of the session with this digest; None where there is none, or it has run out.

        ``address`` and ``request_id`` say where from, and in which request: what the person does is recorded with them.
        """
        house, now = self._house, self._house.clock()
        with house.store.read() as connection:
            found = _WHO.all(connection, {"digest": digest})
            if not found:
                return None
            created, seen, memory, person, username, name, code, *court = found[0]
            settings = house.settings
            # One from a time that is yet to come would never end: the clock was far ahead when it began.
            if abs(now - seen) > timedelta(minutes=settings.session_idle_minutes):
                return None
            if now - created > timedelta(hours=settings.session_hours):
                return None
            rows = _AROUND.raw(connection, {"person": person, "court": code})
        if now - seen > _SEEN_EVERY:
            house.store.write(
                lambda connection: connection.execute(
                    sa.update(SessionRow).where(SessionRow.digest == digest).values(seen_at=now)
                )
            )
        told: dict[str, list[Any]] = {}
        for tag, *cells in rows:
            told.setdefault(tag, []).append(cells)
        actor = Actor(
            court=code,
            person=person,
            name=name,
            roles=frozenset(role(one) for one, *_ in told.get("role", ())),
            handles=frozenset({person, *(int(judge) for judge, *_ in told.get("serves", ()))}),
            address=address,
            request_id=request_id,
            grants=tuple(
                (setting.removeprefix(STEM), frozenset(json.loads(value)))
                for setting, value, *_ in told.get("grant", ())
            ),
        )
        return Arrival(
            digest=digest,
            actor=actor,
            court=CourtFacts(code, *court),
            username=username,
            memory=memory,
            enabled=frozenset(module for module, *_ in told.get("on", ())),
            counts=self._visible(actor, told.get("count", ())),
            unread=int(told["unread"][0][0]),
            near_days=_near(told["near"][0][0]) if "near" in told else _USUAL,
        )

    def _visible(self, actor: Actor, rows: Iterable[Any]) -> dict[tuple[str, str, str], int]:
        counts: dict[tuple[str, str, str], int] = {}
        for module, kind, state, handler, count in rows:
            flow = self._house.modules.flow(kind)
            if flow is None:
                continue
            seen = sight(flow, actor)
            if seen is Sight.NONE or not counts_for(actor, int(handler), whole_court=seen is Sight.COURT):
                continue
            place = (module, kind, state)
            counts[place] = counts.get(place, 0) + int(count)
        return counts
