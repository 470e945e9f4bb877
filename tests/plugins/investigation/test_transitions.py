"""Every step of investigation orders in every state, by everybody, under both chains of approval."""

from typing import Any

import pytest
import sqlalchemy as sa

from core.fields.problem import Reason, Refused
from core.module import ApplicantStep, ClockStep
from core.records import Audit, DeadlineRow, History, QueueCount
from core.roles import Sight
from core.work.clock import clock_due
from core.work.outside import resubmit, withdraw
from core.work.review import decide, save_review
from plugins.investigation import investigation
from plugins.investigation.fields import APPROVAL
from plugins.investigation.steps import STEPS
from tests.plugins.investigation.desk import FIELDS, FORMS, SUBMITTER, apply_for, chain, hand_in, put
from tests.support.acting import body_of, count, read, rows
from tests.support.houses import STAFF, Fixture

STATES = [state.code for state in investigation.states]
CHAINED = {"issue": "judge", "propose": "division_head"}
"""The steps that exist under one chain alone."""


def trace(court: Fixture, serial: str) -> tuple[str, int, int, dict[str, int]]:
    """Return what a step leaves: the state, history and audit, the counts of the court's states."""
    after = read(court, serial)
    audited = [f"investigation.{step.code}" for step in investigation.transitions]
    counts = {
        row.state: row.count for row in rows(court, QueueCount, QueueCount.handler_id == 0) if row.count
    }
    return after.state, count(court, History), count(court, Audit, Audit.action.in_(audited)), counts


def moved(before: tuple[str, int, int, dict[str, int]], target: str) -> tuple[str, int, int, dict[str, int]]:
    return target, before[1] + 1, before[2] + 1, {target: 1}


def carry_out(court: Fixture, name: str, serial: str, decision: Any) -> None:
    actor, version = court.actor(name), read(court, serial).version
    form = {key: [value] for key, value in FORMS[decision.code].items()}
    if not decision.direct:
        save_review(
            court.house, actor, "investigation", serial, decision=decision.code, opinion="意见", form=form, version=version
        )  # fmt: skip
    decide(court.house, actor, "investigation", serial, decision.code, version, form=form)


def may(decision: Any, name: str, roles: list[Any], court: Fixture) -> bool:
    own = court.people["judge"] in court.actor(name).handles
    reached = {
        role: one for role, one in investigation.access.items()
        if role in roles and (one.see is Sight.COURT or (one.see is Sight.OWN and own))
    }  # fmt: skip
    return any(role in decision.roles if decision.roles else one.review for role, one in reached.items())


@pytest.mark.parametrize("approval", APPROVAL)
@pytest.mark.parametrize("state", STATES)
def test_a_decision_is_carried_out_where_it_leads_from_and_by_whom_it_may(court, state, approval):
    chain(court, approval)
    serial = apply_for(court)
    for decision in investigation.decisions:
        there = decision.leads_from(state) and CHAINED.get(decision.code, approval) == approval
        put(court, serial, state)
        before = trace(court, serial)
        allowed = [(name, may(decision, name, roles, court)) for name, roles, _ in STAFF]
        for name, mine in allowed:
            if there and mine:
                continue
            with pytest.raises(Refused) as refused:
                carry_out(court, name, serial, decision)
            reason, named = refused.value.reason, [one.field for one in refused.value.problems]
            if there:
                held = refused.value.code == "locked"  # by an assistant, whose opinion is a draft
                assert held or reason in (Reason.FORBIDDEN, Reason.NOT_FOUND), (decision.code, name)
            elif mine:
                # Who only approves cannot review what is not up for approval, and what is, nobody else reviews.
                other = Reason.FORBIDDEN if decision.roles or state == "AWAITING_APPROVAL" else Reason.CONFLICT  # fmt: skip
                assert reason in (Reason.CONFLICT, other) or named == ["decision"], (decision.code, name)
        assert trace(court, serial) == before, decision.code
        for name, mine in allowed:
            if there and mine:
                put(court, serial, state)
                before = trace(court, serial)
                carry_out(court, name, serial, decision)
                assert trace(court, serial) == moved(before, decision.target), (decision.code, name)


def by_lawyer(court: Fixture, serial: str, step: ApplicantStep) -> None:
    if step.code == "withdraw":
        withdraw(court.house, court.outside, court.client, serial)
    elif step.code == "resubmit":
        body = body_of(court, "investigation", "again", submitter=SUBMITTER, fields=FIELDS)
        resubmit(
            court.house, court.outside, court.client, serial, {k: v for k, v in body.items() if k != "kind"}
        )
    else:
        hand_in(court, serial, step.code)


@pytest.mark.parametrize("approval", APPROVAL)
@pytest.mark.parametrize("state", STATES)
def test_the_lawyer_takes_a_step_where_it_leads_from_and_nowhere_else(court, state, approval):
    chain(court, approval)
    serial = apply_for(court)
    court.clock.move(days=1)
    for step in (one for one in STEPS if isinstance(one, ApplicantStep)):
        put(court, serial, state)
        before = trace(court, serial)
        if step.leads_from(state):
            by_lawyer(court, serial, step)
            assert trace(court, serial) == moved(before, step.target)
        else:
            with pytest.raises(Refused) as refused:
                by_lawyer(court, serial, step)
            assert refused.value.reason is Reason.CONFLICT
            assert trace(court, serial) == before


@pytest.mark.parametrize("state", STATES)
def test_the_clock_takes_a_step_where_it_leads_from_and_nowhere_else(court, state):
    for number, step in enumerate(one for one in STEPS if isinstance(one, ClockStep)):
        serial = apply_for(court, number)
        put(court, serial, state)
        run_out(court, serial, step.limit)
        before = trace(court, serial)
        clock_due(court.house)
        after = trace(court, serial)
        if step.leads_from(state):
            assert (after[0], after[1]) == (step.target or state, before[1] + 1)
        else:
            assert after == before


def run_out(court: Fixture, serial: str, rule: str) -> None:
    """Have the limit ``rule`` be over, whatever started it."""
    now = court.clock()
    row = {
        "application_id": read(court, serial).id, "court_code": "粤0199", "rule": rule, "basis": "", "applicant": True, "started_at": now,
        "length": 1, "unit": "days", "status": "running", "created_at": now, "ends_at": now, "explanation": {"zh": "", "en": ""},
    }  # fmt: skip
    court.house.store.write(lambda connection: connection.execute(sa.insert(DeadlineRow).values(row)))


def test_what_waits_for_approval_when_the_court_changes_its_chain_is_still_decided(court):
    chain(court, "division_head")
    first, second = apply_for(court, 1), apply_for(court, 2)
    for serial in (first, second):
        put(court, serial, "AWAITING_APPROVAL")
    chain(court, "judge")
    approve, send_back = (investigation.decision(code) for code in ("approve", "send_back"))
    carry_out(court, "president", first, approve)
    carry_out(court, "president", second, send_back)
    assert (read(court, first).state, read(court, second).state) == ("ISSUED", "RECEIVED")
    carry_out(court, "judge", second, investigation.decision("issue"))
    assert read(court, second).state == "ISSUED"
