"""A court with everything on, a case, and the ways in which steps are taken: the use cases behind the doors."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from attrs import define, evolve, field

from core.fields.bind import bind
from core.fields.example import example_of
from core.fields.problem import Reason, Refused
from core.module import ApplicantStep, CaseStep, ClockStep, Decision, Flow, ReceiptStep, Transition
from core.records import Audit, DeadlineRow, History
from core.roles import Sight
from core.testing.cases import NUMBER, bring, case, hearing
from core.testing.conformance.forms import file_of, form_of
from core.testing.conformance.orders import answer_to, order_of
from core.testing.conformance.report import words_of
from core.testing.houses import COURT, OPERATOR, OTHER, STAFF, START, Fixture
from core.testing.trial import Trial
from core.testing.workshop import HEARING
from core.values import Actor, Application
from core.web.errors import STATUSES
from core.work.advice import against, begin_with
from core.work.assign import assign, may_assign
from core.work.clock import clock_due
from core.work.context import around, exists
from core.work.courts import change_settings
from core.work.house import House
from core.work.outside import WITHDRAW, resubmit, take_applicant_step, withdraw, write_message
from core.work.receipts import apply_receipt
from core.work.registers import Registers
from core.work.review import decide, save_review
from core.work.snapshots import by_id
from core.work.submit import submit
from core.work.times import court_day
from core.work.transaction import Transaction

_TRACE = sa.select(
    sa.select(sa.func.max(History.id)).scalar_subquery(), sa.select(sa.func.max(Audit.id)).scalar_subquery()
)
LATER = "2026-12-21T14:30"
LATE = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
"""So late in the year that much ends in the next, whose rest days nobody has entered."""
PASSED, FAILED = 200, 500
Form = Mapping[str, list[str]]


@define
class Stage:
    """One house, and what was asked of it when all was fresh; every act is on the request at hand."""

    fixture: Fixture
    trial: Trial
    examples: Mapping[str, Mapping[str, Any]]
    stranger: int
    """Another client of the same court."""
    flow: Flow = field(init=False)
    house: House = field(init=False)
    actors: dict[str, Actor] = field(init=False)
    """One person a role, a judge who does not handle it, and somebody of another court."""
    raised: str = ""
    """What the last act failed with, where that was no refusal."""
    refusals: dict[str, str] = field(factory=dict)
    """Of each step the last refusal, in words."""
    key: int = 0
    serial_no: str = ""
    _held: Application | None = None

    def __attrs_post_init__(self) -> None:
        self.house = evolve(self.fixture.house, store=self.trial)
        people = {name: self.fixture.actor(name) for name, _, _ in STAFF}
        foreign = people["reviewer"]
        self.actors = people | {
            "of another court": evolve(foreign, court=OTHER, person=self.fixture.people["other_reviewer"])
        }

    @property
    def application(self) -> Application:
        """Return the request at hand, as it stands; read again only after something was done."""
        if self._held is None:
            with self.trial.read() as connection:
                self._held = by_id(connection, self.house.modules, self.key)
        return self._held

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Let things happen to the request, then undo them; the clock too."""
        held, now = self._held, self.fixture.clock.now
        with self.trial.taken_back():
            yield
        self._held, self.fixture.clock.now = held, now

    def _done(self, act: Callable[[], Any], code: str = "") -> int:
        """Do it, and return the status with which it ends at its door; ``code`` is the step it is about."""
        self._held = None
        try:
            act()
        except Refused as refused:
            if refused.reason is Reason.INVALID:
                self.refusals[code] = words_of(refused)
            return STATUSES[refused.reason]
        except Exception as error:  # noqa: BLE001 - at its door it would be a page that failed
            self.raised = f"{type(error).__name__}: {error}"
            return FAILED
        return PASSED

    def running(self) -> frozenset[str]:
        """Return the time limits that run."""
        asked = sa.select(DeadlineRow.rule).where(
            DeadlineRow.application_id == self.key, DeadlineRow.status == "running"
        )
        with self.trial.read() as connection:
            return frozenset(connection.scalars(asked.where(DeadlineRow.ends_at.is_not(None))))

    def transaction(self, connection: sa.Connection) -> Transaction:
        return Transaction(self.house, connection, OPERATOR, self.house.clock())

    # --- What there is now

    def there(self) -> set[str]:
        """Return the codes of the steps that exist for the request as things stand."""
        with self.trial.read() as connection:
            application = self.application
            context = around(self.transaction(connection), self.flow, application)
            return {step.code for step in self.flow.transitions if exists(step, application, context)}

    def values(self, step: Transition, over: Mapping[str, Any]) -> dict[str, Any]:
        """Return complete values for a step: what its form begins with, what the declaration gives, and ``over``."""
        if step.fields is None:
            return {}
        with self.trial.read() as connection:
            tx = self.transaction(connection)
            application = self.application
            context = around(tx, self.flow, application)
            begun = begin_with(step, application, context) if isinstance(step, Decision) else {}
            given = step.example(context) if callable(step.example) else step.example or {}
            return example_of(step.fields, tx.registers, {**begun, **given, **over})

    def stands(self, step: Transition, over: Mapping[str, Any]) -> bool:
        """Tell whether nothing stands against the step with these values."""
        if isinstance(step, ClockStep):
            return step.limit in self.running()
        if step.guard is None or isinstance(step, CaseStep):
            return True
        given = self.values(step, over)
        with self.trial.read() as connection:
            tx = self.transaction(connection)
            application = self.application
            values, problems = (None, []) if step.fields is None else bind(step.fields, given, tx.registers)
            assert problems == [], f"the example of {step.code} does not fit: {problems}"
            problem = against(step, application, values, around(tx, self.flow, application))
        if problem is not None:
            self.refusals[step.code] = words_of(problem)
        return problem is None

    def trace(self) -> tuple[int, int]:
        """Return the last entries there are: of all history, and of all audit."""
        with self.trial.read() as connection:
            history, audit = connection.execute(_TRACE).one()
            return history, audit

    def since(self, trace: tuple[int, int]) -> tuple[list[Any], list[Any]]:
        """Return what came after ``trace``: of the request's history, and of the audit about it."""
        with self.trial.read() as connection:
            history = sa.select(History.__table__).where(
                History.application_id == self.key, History.id > trace[0]
            )
            audit = sa.select(Audit.__table__).where(Audit.target == self.serial_no, Audit.id > trace[1])
            return (
                list(connection.execute(history.order_by(History.id))),
                list(connection.execute(audit.order_by(Audit.id))),
            )

    # --- Acts

    def file(
        self, over: Mapping[str, Any], settings: Mapping[str, Any], now: datetime = START, **as_given: Any
    ) -> int:
        """File a request, and give it to the judge where nobody has it; return the status. ``as_given`` are parts of the body."""
        self.fixture.clock.now = now
        module = self.house.modules.owner[self.flow.kind]
        if settings:
            change_settings(self.house, OPERATOR, module, settings)
        client = Actor(court=COURT, client="outside", name="outside")

        chief = next((one for one in self.actors.values() if may_assign(self.flow, one)), None)
        optional = getattr(self.flow, "case", "none") == "optional"

        def act(**more: Any) -> None:
            body = self.body(over) | more | as_given
            held = submit(self.house, client, self.fixture.client, body).application
            self.key, self.serial_no = held.id, held.serial_no
            if held.handler is None and chief is not None:
                judge = self.fixture.people["judge"]
                assign(self.house, chief, module, held.serial_no, judge, held.version)

        # Where nobody decides or gives out what belongs to no case, it is about one.
        taken = chief or any(one.see is Sight.COURT and one.review for one in self.flow.access.values())
        about = {"case_number": NUMBER} if optional and not taken else {}
        status = self._done(partial(act, **about))
        if status == STATUSES[Reason.INVALID] and optional:
            return self._done(partial(act, case_number=NUMBER))
        return status

    def body(self, over: Mapping[str, Any], *, again: bool = False) -> dict[str, Any]:
        """Return a submission made from the example that the API gives, or a resubmission."""
        given = self.examples[self.flow.kind]
        with self.trial.read() as connection:
            lookups = Registers(connection, COURT, court_day(self.house.clock()))
            fields = example_of(self.flow.fields, lookups, {**given["fields"], **over})
        body = {
            "submitter": given["submitter"], "fields": fields,
            "attachments": [file_of(one) for one in self.flow.attachments if one.needed(fields)],
        }  # fmt: skip
        if again:
            return {"submission_id": "trial-again", **body}
        more = {name: given[name] for name in ("case_number", "parent") if name in given}
        return {"kind": self.flow.kind, "submission_id": "trial", **body, **more}

    def take(self, step: Transition, over: Mapping[str, Any], actor: Actor | None = None) -> int:
        """Take a step by the door that is its own; return the status."""
        if isinstance(step, Decision):
            assert actor is not None
            form, version = self.form(step, over), self.application.version
            saved = PASSED if step.direct else self.save(step, actor, form, version)
            return saved if saved != PASSED else self.decide(step, actor, form, version)
        if isinstance(step, ApplicantStep):
            return self.by_applicant(step, over, self.fixture.client)
        if isinstance(step, ClockStep):
            return self.run_out(step.limit)
        return self.answered(step) if isinstance(step, ReceiptStep) else self.moved(over)

    def form(self, step: Transition, over: Mapping[str, Any]) -> Form:
        """Return the form of a step as a browser sends it."""
        return form_of(step.fields, self.values(step, over)) if step.fields else {}

    def save(self, step: Decision, actor: Actor, form: Form, version: int) -> int:
        """Save an opinion for a decision."""
        module = self.house.modules.owner[self.flow.kind]
        return self._done(lambda: save_review(
            self.house, actor, module, self.serial_no, decision=step.code, opinion="意见", form=form, version=version
        ), step.code)  # fmt: skip

    def decide(self, step: Decision, actor: Actor, form: Form, version: int) -> int:
        """Carry out a decision."""
        module = self.house.modules.owner[self.flow.kind]
        form = form if step.direct else {}
        return self._done(lambda: decide(
            self.house, actor, module, self.serial_no, step.code, version, opinion="意见", form=form
        ), step.code)  # fmt: skip

    def by_applicant(self, step: ApplicantStep, over: Mapping[str, Any], client: int) -> int:
        """Take a step of the applicant's by its own way into the house."""
        serial_no = self.serial_no
        actor = Actor(court=COURT, client="outside", name="outside")
        if step.resubmits:
            body = self.body({}, again=True)
            return self._done(lambda: resubmit(self.house, actor, client, serial_no, body))
        if step.by_message:
            return self._done(lambda: write_message(self.house, actor, client, serial_no, "请问进展如何？"))
        if step.code == WITHDRAW:
            return self._done(lambda: withdraw(self.house, actor, client, serial_no, "撤回"))
        given = self.values(step, over)
        files = [file_of(one) for one in step.attachments if one.needed(given)]
        raw = {"fields": given, "attachments": files}
        return self._done(lambda: take_applicant_step(self.house, actor, client, serial_no, step.code, raw), step.code)  # fmt: skip

    def run_out(self, rule: str | None = None) -> int:
        """Let time pass until a limit that runs is over (None: the next that ends), and the clock act."""
        asked = sa.select(sa.func.min(DeadlineRow.ends_at)).where(
            DeadlineRow.application_id == self.key,
            DeadlineRow.status == "running",
            DeadlineRow.ends_at > self.house.clock(),
        )
        with self.trial.read() as connection:
            over = connection.scalar(asked if rule is None else asked.where(DeadlineRow.rule == rule))
        if over is None:
            return STATUSES[Reason.CONFLICT]
        self.fixture.clock.now = over + timedelta(seconds=1)
        return self._done(lambda: clock_due(self.house))

    def answered(self, step: ReceiptStep) -> int:
        """Have the trial system answer the operation of a step; one that was never ordered gets an answer all the same."""
        held = self.application
        delivery = self.trial.write(lambda one: order_of(self.transaction(one), held, step, one))
        receipt = answer_to(held, step)
        return self._done(lambda: apply_receipt(self.house, self.key, delivery, step.of, receipt))

    def moved(self, over: Mapping[str, Any]) -> int:
        """Move the hearing of the case by another way, to a time of its own or to ``over["to"]``."""
        goal = over.get("to", LATER)
        told = case(hearings=[hearing(HEARING, state="moved", to=goal), hearing(goal)])
        return self._done(lambda: bring(evolve(self.fixture, house=self.house), told))
