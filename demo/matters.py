"""One request of any kind on its way: filed in a case by a party or an agent, handled by the court, by the use cases."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import sqlalchemy as sa
from attrs import define

from core.fields.example import example_of
from core.fields.problem import Refused
from core.law.dates import court_date
from core.module import Flow
from core.records import CaseRow
from core.roles import Role
from core.values import Actor, Application, Submitter
from core.web.inputs import flat
from core.work.advice import begin_with
from core.work.comment import send_comment
from core.work.context import Around, around
from core.work.files import put_file
from core.work.outside import take_applicant_step, withdraw, write_message
from core.work.review import decide, open_review, save_review
from core.work.snapshots import by_serial
from core.work.submit import submit
from core.work.transaction import Transaction
from demo import papers
from demo.docket import DemoCase
from demo.filings import Paper, paper
from demo.moves import Given, Move, Plan, Values
from demo.parties import lawyer
from demo.staff import Cast, Outside
from demo.stage import Past, Refusing, Stage, at_hour, office

log = logging.getLogger("benchside.demo")


@define
class Matter:
    """One request, who acts on it, and what it came to so far."""

    stage: Stage
    cast: Cast
    flow: Flow
    plan: Plan
    case: DemoCase | None
    dice: Random
    number: str
    _serial_no: str = ""

    @property
    def _platform(self) -> Outside:
        return self.cast.platforms[0]

    @property
    def someone(self) -> Random:
        """Dice of one's own, so that whoever has no case is the same each time one asks."""
        return Random(f"somebody {self.number}")  # noqa: S311 - makes up a name

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.stage.clock.now

    @property
    def suit(self) -> DemoCase:
        """The case, where there is one."""
        assert self.case is not None
        return self.case

    def day(self, days: int = 0) -> str:
        """Return the date so many days from now."""
        return (court_date(self.now) + timedelta(days=days)).isoformat()

    def at(self, days: int, hour: int, minute: int = 0) -> str:
        """Return a moment of a working day, so many days from now or the next one after that."""
        day = court_date(self.now) + timedelta(days=days)
        while self.stage.rests(day):
            day += timedelta(days=1)
        return at_hour(day, hour, minute).isoformat()

    def free(self, days: int, hour: int) -> str:
        """Return such a moment at which neither the judge nor any courtroom of the case is taken."""
        house, suit = self.stage.house, self.suit
        with house.store.read() as connection:
            application = self.application
            tx = Transaction(house, connection, self._platform.actor, self.now)
            context = around(tx, self.flow, application)
            moments = (self.at(later, hour) for later in range(days, days + 60))
            return next(
                one
                for one in moments
                if not context.clashes(datetime.fromisoformat(one), suit.courtroom, application.handler)
            )

    @property
    def application(self) -> Application:
        """The request as it stands."""
        with self.stage.house.store.read() as connection:
            return by_serial(connection, self.stage.house.modules, self.cast.court.code, self._serial_no)

    @property
    def submitter(self) -> dict[str, Any]:
        """Who files it."""
        if self.case is None:
            agent: Mapping[str, Any] = lawyer(self.someone, "")
            return {"role": "lawyer"} | {name: agent[name] for name in ("name", "phone", "licence_no")}
        if self.plan.by in ("agent", "defence"):
            agent = self.case.agent if self.plan.by == "agent" else self.case.defence
            return {"role": "lawyer"} | {name: agent[name] for name in ("name", "phone", "licence_no")}
        party = self.case.plaintiff if self.plan.by == "plaintiff" else self.case.defendant
        role = "staff" if party.kind == "legal" else "party"
        return {"role": role, "name": party.head or party.name, "phone": party.phone}

    def story(self) -> Past:
        """Let it be filed and handled; where a rule of the court stands against a step, it ends there."""
        yield self._born()
        try:
            self._file()
            for move in self.plan.moves:
                yield self._when(move)
                self._make(move)
        except Refused as refused:
            said = [one.message.en for one in refused.problems] or [refused.message.en]
            log.info("the story of %s ends early: %s", self._serial_no or self.flow.kind, "; ".join(said))

    def _born(self) -> datetime:
        moment = self.stage.end - timedelta(days=self.plan.days)
        if self.plan.days < 1:
            return moment
        return at_hour(court_date(moment), self.dice.randrange(8, 21), self.dice.randrange(60))

    def _when(self, move: Move) -> datetime:
        if move.what in ("ask", "step", "withdraw"):
            return self.now + timedelta(hours=self.dice.uniform(move.least, move.most))
        return office(self.dice, self.stage, move.least, move.most)

    def _file(self) -> None:
        fields = self._fields()
        body = {
            "kind": self.flow.kind, "submission_id": f"demo-{self.number}", "submitter": self.submitter, "fields": fields,
            "attachments": [
                self._bring(paper_of(one.category, one.zh)) for one in self.flow.attachments if one.needed(fields)
            ],
        }  # fmt: skip
        number = {"case_number": self.case.number} if self.case else {}
        outside = self._platform
        self._serial_no = submit(self.stage.house, outside.actor, outside.client, body | number).serial_no

    def _fields(self) -> dict[str, Any]:
        """Return the example of the kind with what the plan says in its place."""
        house = self.stage.house
        with house.store.read() as connection:
            tx = Transaction(house, connection, self._platform.actor, self.now)
            key = connection.scalar(
                sa.select(CaseRow.id).where(CaseRow.case_number == (self.case.number if self.case else ""))
            )
            context = Around(
                tx=tx, module=house.modules.owner[self.flow.kind], submitter=_submitter(self.submitter),
                submitted_at=self.now, case_id=key,
            )  # fmt: skip
            given = getattr(self.flow, "example", None) or {}
            begun = example_of(self.flow.fields, tx.registers) | dict(
                given(context) if callable(given) else given
            )
        planned = begun | dict(_given(self.plan.fields, self))
        return {name: value for name, value in planned.items() if value is not None}

    def _make(self, move: Move) -> None:
        house, outside = self.stage.house, self._platform
        if move.what == "ask":
            write_message(house, outside.actor, outside.client, self._serial_no, move.text)
        elif move.what == "refusing":
            self.stage.hooks.refusing[self._serial_no] = Refusing(move.text)
        elif move.what == "withdraw":
            withdraw(house, outside.actor, outside.client, self._serial_no, move.text)
        elif move.what == "step":
            taken = next(one for one in self.flow.steps if one.code == move.code)
            files = [self._bring(paper_of(one.category, one.zh)) for one in taken.attachments]  # type: ignore[attr-defined]  # an applicant's
            body = {"fields": dict(_given(move.form, self)), "attachments": files}
            take_applicant_step(house, outside.actor, outside.client, self._serial_no, move.code, body)
        elif move.what == "answer":
            send_comment(house, self._acting(move), self._module, self._serial_no, move.text)
        else:
            self._decide(move)

    @property
    def _module(self) -> str:
        return self.stage.house.modules.owner[self.flow.kind]

    def _decide(self, move: Move) -> None:
        house, who = self.stage.house, self._acting(move)
        form = {
            name: [value] if isinstance(value, str) else value for name, value in self._form(move).items()
        }
        version: int | None = None
        if move.what == "review":
            version = open_review(house, who, self._module, self._serial_no).application.version
            save_review(
                house, who, self._module, self._serial_no, decision=move.code, opinion=move.text, form=form,
                version=version,
            )  # fmt: skip
            self.stage.clock.move(self.now + timedelta(seconds=40))
        decide(
            house, who, self._module, self._serial_no, move.code, version,
            opinion="" if move.what == "review" else move.text, form=form,
        )  # fmt: skip

    def _form(self, move: Move) -> dict[str, Any]:
        """Return what the form begins with, with what the plan says in its place."""
        house, decision = self.stage.house, self.flow.decision(move.code)
        assert decision is not None, f"{self.flow.kind} has no decision {move.code}"
        with house.store.read() as connection:
            tx = Transaction(house, connection, self._acting(move), self.now)
            application = by_serial(connection, house.modules, tx.court, self._serial_no)
            begun = dict(begin_with(decision, application, around(tx, self.flow, application)))
        own = _given(move.form, self)
        return flat(begun | {name: value for name, value in own.items() if "." not in name}) | {
            name: value for name, value in own.items() if "." in name
        }

    def _acting(self, move: Move) -> Actor:
        """Return who does it: the one named, else the handler, else somebody who may for the whole court."""
        if move.who:
            return self.cast.people[move.who]
        handler = self.application.handler
        found = next((one for one in self.cast.people.values() if one.person == handler), None)
        if found is not None:
            return found
        stems = {Role.CENTRE_REVIEWER: "reviewer", Role.SUPERVISOR: "supervisor", Role.PRESIDENT: "president"}
        return next(
            self.cast.people[stem]
            for role, stem in stems.items()
            if role in self.flow.access and self.flow.access[role].review
        )

    def _bring(self, file: Paper) -> dict[str, Any]:
        """Upload a paper, once for each platform; return how a body names it."""
        outside = self._platform
        mark = (outside.actor.court, outside.client, file.sha256)
        if mark not in self.stage.uploaded:
            self.stage.uploaded.add(mark)
            put_file(self.stage.house, outside.actor, outside.client, file.sha256, BytesIO(file.content))
        return file.attachment


def _given(given: Given, matter: Matter) -> Values:
    return given(matter) if callable(given) else given


def _submitter(raw: Mapping[str, Any]) -> Submitter:
    empty = {"id_type": None, "id_no": None, "licence_no": None}
    return Submitter(**{**empty, **raw})


@cache
def paper_of(category: str, title: str) -> Paper:
    """Return a paper of this title, made once."""
    lines = [
        "本文件为演示所附材料，内容以在线填报为准。",
        "提交人保证所提交的材料与原件一致。",
        "提交人：（签名从略）",
    ]
    return paper(category, f"{title}.pdf", papers.pdf(title, [papers.section("", lines)]))
