"""A decision by the ORM's unit of work: the same rows read, changed and written, and nothing checked.

It reads the request with its fields, groups and files, the switches, the lock, the court's settings, the saved opinion and the
running limits; it writes state, history, audit, outbox, change, reminders, counts and search words, and takes draft and lock away.
Who may do it, what the module says to it and whether the page was fresh it does not ask: the comparison is in its favour.
"""

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, registry

from core.loader import Modules
from core.records import (
    ApplicationFile,
    ApplicationRow,
    Audit,
    Blob,
    Change,
    Court,
    CourtSetting,
    DeadlineRow,
    Delivery,
    History,
    ModuleSwitch,
    Person,
    PersonRole,
    QueueCount,
    Reminder,
    ReviewDraft,
    ReviewLock,
)
from core.store.engine import Store
from core.store.terms import write_terms
from core.values import Actor


class OrmReview:
    """The peer, with the side tables of ``kind`` mapped as a developer would map them."""

    def __init__(self, store: Store, modules: Modules, kind: str) -> None:
        side = modules.sides[kind]
        mapped = registry()
        self._engine = store.engine
        self._main = self._map(mapped, side.table)
        self._groups = [self._map(mapped, table) for table in side.groups.values()]

    @staticmethod
    def _map(mapped: registry, table: sa.Table) -> Any:
        made: Any = type(table.name, (), {})
        mapped.map_imperatively(made, table)
        return made

    def decide(
        self, actor: Actor, serial_no: str, state: str, words: list[str], told: str, at: datetime
    ) -> None:
        """Carry out the saved opinion on ``serial_no``: the request is in ``state`` afterwards."""
        with self._engine.connect().execution_options(benchside_write=True) as connection:
            with Session(connection, expire_on_commit=False) as session, session.begin():
                self._decide(session, actor, serial_no, state, words, told, at)
            connection.commit()

    def _decide(
        self, session: Session, actor: Actor, serial_no: str, state: str, words: list[str], told: str, at: datetime,
    ) -> None:  # fmt: skip
        court = session.get_one(Court, actor.court)
        row = ApplicationRow
        on = session.scalars(
            sa.select(ModuleSwitch).where(
                ModuleSwitch.court_code == actor.court, ModuleSwitch.enabled.is_(True)
            )
        ).all()
        application = session.scalars(
            sa.select(row).where(row.court_code == actor.court, row.serial_no == serial_no)
        ).one()
        key = application.id
        session.get_one(self._main, key)
        for group in self._groups:
            session.scalars(sa.select(group).where(group.application_id == key).order_by(group.place)).all()
        session.execute(
            sa.select(ApplicationFile, Blob)
            .join(Blob, Blob.sha256 == ApplicationFile.sha256)
            .where(ApplicationFile.application_id == key)
        ).all()
        lock = session.get_one(ReviewLock, key)
        session.get_one(Person, lock.person_id)
        for module in ("core", application.module):
            session.scalars(
                sa.select(CourtSetting).where(
                    CourtSetting.court_code == actor.court, CourtSetting.module == module
                )
            ).all()
        lock.until = at
        draft = session.get_one(ReviewDraft, (key, actor.person))
        before, application.state = application.state, state
        application.version += 1
        application.reviewed_by, application.reviewed_at = actor.person, at
        application.data = {**application.data, **draft.data}
        session.add(
            History(
                application_id=key, court_code=actor.court, at=at, step=draft.decision, from_state=before, to_state=state,
                actor=actor.name, actor_id=actor.person, reason=draft.opinion, revision=application.revision, data=draft.data,
            )
        )  # fmt: skip
        running = session.scalars(
            sa.select(DeadlineRow).where(DeadlineRow.application_id == key, DeadlineRow.status == "running")
        ).all()
        own = [limit.ends_at for limit in running if not limit.applicant and limit.ends_at is not None]
        application.due_at = min(own, default=None)
        session.delete(draft)
        session.delete(lock)
        session.add(
            Audit(
                court_code=actor.court, at=at, actor=actor.name, actor_id=actor.person, action="filing.approve",
                target=serial_no, data={"from": before, "to": state},
            )
        )  # fmt: skip
        if any(switch.module == "sms" for switch in on):
            payload = {
                "court_name": court.name, "serial_no": serial_no, "to_name": application.submitter["name"],
                "to_phone": application.submitter["phone"], "text": told,
            }  # fmt: skip
            session.add(
                Delivery(
                    key=f"{serial_no}-{secrets.token_hex(6)}-sms", court_code=actor.court, application_id=key,
                    module=application.module, hook="notify", channel="sms", payload=payload, status="waiting", next_at=at,
                    created_at=at,
                )
            )  # fmt: skip
        session.add(
            Change(
                court_code=actor.court, client_id=application.client_id, module=application.module, serial_no=serial_no,
                what="state", at=at, data={"state": state, "step": "approve"},
            )
        )  # fmt: skip
        caring = session.scalars(
            sa.select(Person)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .where(
                Person.court_code == actor.court,
                Person.active.is_(True),
                PersonRole.role == "centre_reviewer",
            )
        ).all()
        for person in caring:
            if person.id != actor.person:
                session.add(
                    Reminder(
                        court_code=actor.court, application_id=key, module=application.module, text_zh=told, text_en=told,
                        at=at, person_id=person.id,
                    )
                )  # fmt: skip
        for code, step in ((before, -1), (state, 1)):
            place = (actor.court, application.module, 0, application.kind, code)
            count = session.get(QueueCount, place)
            if count is None:
                session.add(
                    QueueCount(
                        court_code=place[0],
                        module=place[1],
                        handler_id=0,
                        kind=place[3],
                        state=code,
                        count=step,
                    )
                )
            else:
                count.count += step
        session.flush()
        write_terms(session.connection(), key, words, replace=True)
