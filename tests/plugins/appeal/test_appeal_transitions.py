"""Every step of an appeal in every state by every person: what is allowed works, all else is refused and leaves no trace."""

import pytest

from core.fields.problem import Reason, Refused
from core.fields.spec import specs_of
from core.records import Audit, History
from core.work.review import decide, save_review
from plugins.appeal import appeal
from tests.plugins.appeal.conftest import COPY, NUMBER, RECEIVE, TRANSFER, WALK
from tests.support.acting import count
from tests.support.houses import STAFF

STATES = [state.code for state in appeal.states]
LADDER = {"judge", "clerk"}
JUDGE = {"judge"}
FORMS = {
    "receive": RECEIVE, "return": {"reasons": "petition"},
    "correct_expiry": {"expires_corrected_on": "2026-11-30", "expiry_reason": "更正"},
    "fee_paid": {"paid_amount": "2869.14", "paid_on": "2026-11-23"}, "copy_served": COPY,
    "no_other_side": {"defence_closed_on": "2026-11-23"},
    "defence_received": {"defence_received_on": "2026-11-23", "defence_from": "示例贸易有限公司"},
    "defence_sent": {"defence_sent_on": "2026-11-23"}, "defence_complete": {"defence_closed_on": "2026-11-23"}, "transfer": TRANSFER,
    "materials_requested": {"requested_on": "2026-11-23", "missing": "送达回证"}, "materials_completed": {"completed_on": "2026-11-23"},
    "docketed_second": {"second_case_number": "（2026）粤01民终8号", "second_docketed_on": "2026-11-23"},
    "deem_withdrawn": {"ruling_no": NUMBER, "ruled_on": "2026-11-23"},
}  # fmt: skip
ALLOWED = {
    ("SUBMITTED", "receive"): ("RECEIVED", JUDGE), ("SUBMITTED", "return"): ("RETURNED", JUDGE),
    ("SUBMITTED", "correct_expiry"): ("SUBMITTED", JUDGE), ("RECEIVED", "correct_expiry"): ("RECEIVED", JUDGE),
    ("COPY_SERVED", "correct_expiry"): ("COPY_SERVED", JUDGE), ("DEFENCE_OVER", "correct_expiry"): ("DEFENCE_OVER", JUDGE),
    ("TRANSFERRED", "correct_expiry"): ("TRANSFERRED", JUDGE),
    ("RECEIVED", "fee_paid"): ("RECEIVED", LADDER), ("COPY_SERVED", "fee_paid"): ("COPY_SERVED", LADDER),
    ("DEFENCE_OVER", "fee_paid"): ("DEFENCE_OVER", LADDER), ("TRANSFERRED", "fee_paid"): ("TRANSFERRED", LADDER),
    ("RECEIVED", "copy_served"): ("COPY_SERVED", LADDER), ("COPY_SERVED", "copy_served"): ("COPY_SERVED", LADDER),
    ("COPY_SERVED", "defence_received"): ("COPY_SERVED", LADDER), ("DEFENCE_OVER", "defence_received"): ("DEFENCE_OVER", LADDER),
    ("DEFENCE_OVER", "defence_sent"): ("DEFENCE_OVER", LADDER), ("TRANSFERRED", "defence_sent"): ("TRANSFERRED", LADDER),
    ("DEFENCE_OVER", "transfer"): ("TRANSFERRED", LADDER), ("TRANSFERRED", "materials_requested"): ("TRANSFERRED", LADDER),
    ("TRANSFERRED", "docketed_second"): ("DOCKETED_SECOND", LADDER),
}  # fmt: skip
"""Of an appeal against a judgment whose fee is due and not late, as ``WALK`` leads to each state."""
SEES = {
    "judge": "own",
    "assistant": "own",
    "clerk": "own",
    "panel": "own",
    "judge2": "other's",
    "president": "court",
    "supervisor": "court",
}


def walked(appeals, state: str) -> str:
    if state in ("SUBMITTED", *WALK):
        return appeals.walk(state)
    serial = appeals.walk("RECEIVED" if state == "DEEMED_WITHDRAWN" else "SUBMITTED")
    if state == "RETURNED":
        appeals.act("judge", serial, "return", **FORMS["return"])
    elif state == "WITHDRAWN":
        appeals.withdraw(serial)
    else:
        start = appeals.fixture.clock.now
        appeals.later(days=9)
        appeals.act("judge", serial, "deem_withdrawn", **FORMS["deem_withdrawn"])
        appeals.fixture.clock.now = start
    return serial


def refusal_of(name: str, state: str, step: str) -> Reason | None:
    """Return with what a person is refused, by the rules of the page that describes them; None: allowed."""
    if name not in SEES:
        return Reason.NOT_FOUND
    if SEES[name] == "other's":
        return Reason.FORBIDDEN
    takes = JUDGE if step in ("receive", "return", "correct_expiry", "deem_withdrawn") else LADDER
    if name not in takes:
        return Reason.FORBIDDEN
    return None if (state, step) in ALLOWED else Reason.CONFLICT


def traces(appeals, serial: str) -> tuple[int, int]:
    key = appeals.read(serial).id
    return (
        count(appeals.fixture, History, History.application_id == key),
        count(appeals.fixture, Audit, Audit.target == serial, Audit.action.in_([f"appeal.{step.code}" for step in appeal.transitions])),
    )  # fmt: skip


def test_the_forms_below_cover_every_decision():
    assert set(FORMS) == {one.code for one in appeal.decisions}


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_allowed_is_refused_and_leaves_no_trace(appeals, state):
    serial = walked(appeals, state)
    before, held = appeals.read(serial), traces(appeals, serial)
    for name, _, _ in STAFF:
        for step, form in FORMS.items():
            expected = refusal_of(name, state, step)
            if expected is None:
                continue
            given = {key: [value] for key, value in form.items()}
            with pytest.raises(Refused) as refused:
                decide(appeals.house, appeals.actor(name), "appeal", serial, step, None, form=given)
            assert refused.value.reason is expected, (name, step)
    assert appeals.read(serial) == before
    assert traces(appeals, serial) == held


@pytest.mark.parametrize("state", sorted({state for state, _ in ALLOWED}))
def test_what_is_allowed_works_for_each_who_may(appeals, state):
    for (source, step), (target, people) in ALLOWED.items():
        for name in sorted(people if source == state else ()):
            serial = walked(appeals, state)
            histories, audits = traces(appeals, serial)
            after = appeals.act(name, serial, step, **FORMS[step])
            assert after.state == target, (name, step)
            assert traces(appeals, serial) == (histories + 1, audits + 1)


@pytest.mark.parametrize("state", ["RETURNED", "RECEIVED", "TRANSFERRED", "WITHDRAWN"])
def test_a_conclusion_is_saved_only_while_the_appeal_waits_for_one(appeals, state):
    serial = walked(appeals, state)
    for step in ("receive", "return"):
        with pytest.raises(Refused) as refused:
            save_review(
                appeals.house, appeals.actor("judge"), "appeal", serial, decision=step, opinion="意见",
                form={key: [value] for key, value in FORMS[step].items()}, version=appeals.read(serial).version,
            )  # fmt: skip
        assert refused.value.reason is Reason.CONFLICT


def test_a_return_needs_an_opinion_and_a_reason(appeals):
    serial = appeals.file()
    for opinion, form, wrong in [("", FORMS["return"], "opinion"), ("意见", {}, "reasons")]:
        with pytest.raises(Refused) as refused:
            save_review(
                appeals.house, appeals.actor("judge"), "appeal", serial, decision="return", opinion=opinion,
                form={key: [value] for key, value in form.items()}, version=1,
            )  # fmt: skip
        assert [one.field for one in refused.value.problems] == [wrong]


def test_only_what_was_returned_is_resubmitted(appeals):
    for state in STATES:
        serial = walked(appeals, state)
        if state == "RETURNED":
            appeals.resubmit(serial)
            assert appeals.read(serial).state == "SUBMITTED"
            continue
        with pytest.raises(Refused) as refused:
            appeals.resubmit(serial)
        assert refused.value.reason is Reason.CONFLICT


def test_lateness_is_no_reason_to_return():
    reasons = specs_of(appeal.decision("return").fields)["reasons"]
    assert [one.value for one in reasons.choices] == [
        "petition",
        "no_power",
        "not_this_case",
        "final",
        "duplicate",
    ]
