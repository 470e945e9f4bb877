"""诉讼保全: every step in every state by everybody: what the declaration allows works, all else is refused and leaves no trace."""

from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core import ApplicantStep, ClockStep
from core.fields.problem import Reason, Refused
from core.records import ApplicationRow, Audit, DeadlineRow, History
from core.roles import Sight
from core.store.terms import write_terms
from core.work import clock, outside
from core.work.review import decide
from core.work.tokens import words_of
from core.work.transaction import Transaction
from plugins.preservation import preservation
from plugins.preservation.fields import OUTCOMES
from plugins.preservation.states import EVERY_STATE
from tests.plugins.preservation.conftest import FORMS, STEPS, Court
from tests.support.acting import count
from tests.support.houses import OPERATOR, STAFF

ASKED = {
    "asked_by": "示例贸易有限公司",
    "ruled_on": "2026-11-23",
    "security_amount": "150000.00",
    "provided_amount": "150000.00",
}


def put(court: Court, serial: str, state: str, data: dict[str, Any] | None = None) -> None:
    """Stand the request in ``state``, as if it had come there."""
    before = court.read(serial)
    after = evolve(before, state=state, version=before.version + 1, data=ASKED if data is None else data)

    def work(connection: sa.Connection) -> None:
        tx = Transaction(court.house, connection, OPERATOR, court.house.clock())
        changed = {"state": state, "version": after.version, "data": after.data}
        connection.execute(sa.update(ApplicationRow).where(ApplicationRow.id == before.id).values(changed))
        write_terms(connection, after.id, words_of(preservation, after), replace=True)
        tx.count(before, after)

    court.house.store.write(work)


def trace(court: Court, serial: str) -> tuple[str, int, int]:
    key = court.read(serial).id
    steps = [f"preservation.{step.code}" for step in preservation.transitions]
    audits = count(court.fixture, Audit, Audit.target == serial, Audit.action.in_(steps))
    return court.read(serial).state, count(court.fixture, History, History.application_id == key), audits


def moved(before: tuple[str, int, int], target: str | None) -> tuple[str, int, int]:
    """Return the trace after one step: the new state, one more line of history and one of audit."""
    return target or before[0], before[1] + 1, before[2] + 1


@pytest.mark.parametrize("state", EVERY_STATE)
def test_a_decision_is_carried_out_where_it_leads_from_and_by_whom_it_may(court, state):
    serial = court.file(
        "before_enforcement",
        judgment="（2026）粤0199民初1号",
        perform_by="2026-12-01",
        guarantee_amount="150000.00",
    )
    judge = court.fixture.people["judge"]
    court.house.store.write(
        lambda connection: connection.execute(sa.update(ApplicationRow).values(handler_id=judge))
    )
    put(court, serial, state)
    before = trace(court, serial)
    for step in preservation.decisions:
        form = {key: [value] for key, value in FORMS[step.code].items()}
        for name, roles, _ in STAFF:
            actor = court.fixture.actor(name)
            reaching = [role for role in roles if role in preservation.access]
            reaching = [
                role
                for role in reaching
                if preservation.access[role].see is Sight.COURT or judge in actor.handles
            ]
            named = any(
                role in step.roles if step.roles else preservation.access[role].review for role in reaching
            )
            reviews = any(preservation.access[role].review for role in reaching)
            if named and step.leads_from(state):
                court.take(serial, step.code, name)
                assert trace(court, serial) == moved(before, step.target)
                put(court, serial, state)
                before = trace(court, serial)
                continue
            with pytest.raises(Refused) as refusal:
                decide(court.house, actor, "preservation", serial, step.code, None, opinion="理由", form=form)
            sees = any(role in preservation.access for role in roles)
            expected = (
                Reason.NOT_FOUND if not sees else Reason.CONFLICT if named or reviews else Reason.FORBIDDEN
            )
            assert (step.code, name, refusal.value.reason) == (step.code, name, expected)
        assert trace(court, serial) == before


@pytest.mark.parametrize("state", EVERY_STATE)
def test_the_applicant_and_the_clock_step_from_the_states_declared(court, state):
    serial = court.file()
    for step in preservation.steps:
        put(court, serial, state)
        before = trace(court, serial)
        if isinstance(step, ClockStep):
            lapse(court, serial, step.limit)
            while clock.clock_due(court.house):
                pass
            allowed = step.leads_from(state)
        else:
            assert isinstance(step, ApplicantStep)
            allowed = attempt(court, serial, step)
            assert allowed is step.leads_from(state), step.code
        assert trace(court, serial) == (moved(before, step.target) if allowed else before), step.code


def attempt(court: Court, serial: str, step: ApplicantStep) -> bool:
    caller = (court.house, court.ours.actor, court.ours.id, serial)
    try:
        if step.resubmits:
            again = court.body(stage="in_action")
            outside.resubmit(
                *caller, {name: again[name] for name in again if name not in ("kind", "case_number")}
            )
        elif step.code in STEPS:
            court.step(serial, step.code)
        else:
            outside.withdraw(*caller)
    except Refused as refused:
        if refused.code != "wrong_state":
            raise
        return False
    return True


def lapse(court: Court, serial: str, rule: str) -> None:
    """Let a limit of this rule be over now, as if it had run."""
    key = court.read(serial).id
    row = {
        "application_id": key, "court_code": "粤0199", "rule": rule, "basis": "", "applicant": True, "started_at": court.house.clock(),
        "length": 1, "unit": "days", "status": "running", "ends_at": court.house.clock(), "explanation": {}, "created_at": court.house.clock(),
    }  # fmt: skip
    court.house.store.write(lambda connection: connection.execute(sa.insert(DeadlineRow).values(row)))


def test_a_step_of_another_client_is_refused_as_if_there_were_nothing(court):
    serial = court.in_force()
    for code, given in STEPS.items():
        with pytest.raises(Refused) as refused:
            outside.take_applicant_step(
                court.house, court.theirs.actor, court.theirs.id, serial, code, {"fields": given["fields"]}
            )
        assert refused.value.reason is Reason.NOT_FOUND


# --- What the declaration says


def test_three_words_of_the_manual_and_one_for_what_is_closed():
    faces = {face.zh: codes for face, codes in preservation.faces().items()}
    assert list(faces) == ["待处理", "退回", "已接收", "已办结"]
    assert set(faces["已接收"]) == {
        "RECEIVED", "SECURITY_ORDERED", "GRANTED", "PARTLY_GRANTED", "RENEWAL_ASKED", "LIFTING_ASKED", "LIFTING_DUE",
    }  # fmt: skip
    closed = [preservation.state(code) for code in faces["已办结"]]
    assert not any(preservation.waits(state) for state in closed)
    waiting = [state.code for state in preservation.states if preservation.waits(state)]
    assert waiting == [
        "SUBMITTED",
        "RECEIVED",
        "GRANTED",
        "PARTLY_GRANTED",
        "RENEWAL_ASKED",
        "LIFTING_ASKED",
        "LIFTING_DUE",
    ]


def test_only_what_was_carried_out_is_disclosed():
    before = {
        "SUBMITTED",
        "RETURNED",
        "RECEIVED",
        "SECURITY_ORDERED",
        "GRANTED",
        "PARTLY_GRANTED",
        "REFUSED",
        "WITHDRAWN",
    }
    assert set(preservation.disclosed_in) == set(EVERY_STATE) - before
    assert all(step.participants is None for step in preservation.transitions)
    assert all(paper.to == "applicant" and paper.verify is None for paper in preservation.papers)
    # Nothing leads into a disclosed state from one that is not, save registering that it was carried out.
    into = {
        step.code for step in preservation.transitions for source in step.sources
        if source in before and step.target not in before and step.target is not None
    }  # fmt: skip
    assert into == {"carry_out"}


def test_every_outcome_is_a_step_and_every_step_tells_the_applicant():
    assert set(OUTCOMES) <= {one.code for one in preservation.transitions}
    assert all(step.notice is not None and not step.quiet for step in preservation.transitions)


@pytest.mark.parametrize("stage", ["pre_action", "in_action", "arbitration", "before_enforcement"])
@pytest.mark.parametrize("urgent", [True, False])
def test_exactly_one_rule_gives_the_time_for_ruling(stage, urgent):
    values = {"stage": stage, "urgent": urgent}
    running = [rule for rule in preservation.limits if "received" in rule.since and rule.when.holds(values)]
    expected = (
        ("PR-3", 48, "hours")
        if stage == "pre_action"
        else ("PR-2", 48, "hours")
        if urgent
        else ("PR-1", 5, "days")
    )
    assert [(rule.id, rule.length, rule.unit) for rule in running] == [expected]


def test_every_figure_of_the_law_is_a_rule_with_its_article():
    figures = {
        rule.id: (rule.length, rule.unit) for rule in preservation.limits if isinstance(rule.length, int)
    }
    assert figures == {
        "PR-1": (5, "days"), "PR-2": (48, "hours"), "PR-3": (48, "hours"), "PR-1E": (5, "days"), "PR-3L": (30, "days"), "PR-10": (5, "days"),
        "PR-8": (7, "days"), "PR-6": (10, "days"), "PR-9": (5, "days"), "PR-9U": (48, "hours"),
    }  # fmt: skip
    assert all(rule.basis and rule.label.en for rule in preservation.limits)
