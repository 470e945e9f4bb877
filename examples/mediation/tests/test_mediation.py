"""诉前调解 from the outside: a dispute is sent to a mediator, and comes back in time."""

from datetime import date

import pytest


@pytest.fixture
def decide(court, as_reviewer):
    """Save an opinion where one is needed, and carry it out."""

    def carry_out(serial_no, decision, *, direct=False, **form):
        page = f"/m/mediation/{serial_no}"
        for step in ("decide",) if direct else ("review", "decide"):
            sent = {"decision": decision, "opinion": "经审查，同意。", **form}
            answer = as_reviewer.post(f"{page}/{step}", {**sent, "version": court.read(serial_no).version})
            if answer.status != 303:
                return answer
        return answer

    return carry_out


@pytest.fixture
def mediating(court, outside, decide):
    """Return a request whose mediator received the papers today."""
    serial_no = outside.submit("mediation", consent="agreed")
    decide(serial_no, "assign", mediator="虚构市人民调解委员会", chosen="both", both_agree="true")
    decide(serial_no, "sign", direct=True, received_on=court.clock.now.date().isoformat())
    assert state(outside, serial_no) == "MEDIATING"
    return serial_no


def state(outside, serial_no):
    return outside.read(serial_no)["state"]["code"]


def test_nobody_is_sent_to_a_mediator_without_both_agreeing(court, outside, decide):
    serial_no = outside.submit("mediation", consent="unknown")
    refused = decide(serial_no, "assign", mediator="虚构市人民调解委员会", chosen="court", both_agree="false")
    assert refused.status in (409, 422)
    assert "须双方当事人均同意" in refused.text
    assert state(outside, serial_no) == "SUBMITTED"


def test_the_reviewer_is_told_that_the_other_side_has_not_agreed(outside, as_reviewer):
    serial_no = outside.submit("mediation", consent="asked")
    assert "委派前应征得双方同意" in as_reviewer.get(f"/m/mediation/{serial_no}").text


def test_thirty_days_run_from_the_day_the_mediator_received_the_papers(court, mediating):
    assert court.read(mediating).fields.ends_on == date(2026, 12, 23)


def test_when_the_time_is_over_it_goes_back_to_be_docketed(outside, clock, as_reviewer, decide, mediating):
    """Complaint of the parties: mediation that hangs for months and is never docketed."""
    clock.move(days=31)
    assert state(outside, mediating) == "ENDED"
    assert {one["code"] for one in outside.read(mediating)["papers"]} >= {"guide", "ended"}
    as_reviewer.log_in("reviewer")  # a month later
    assert decide(mediating, "pass_on", direct=True).status == 303
    assert state(outside, mediating) == "PASSED_ON"


def test_an_extension_that_both_agree_to_takes_the_place_of_the_thirty_days(court, outside, clock, decide, mediating):  # fmt: skip
    early = decide(mediating, "extend", direct=True, extended_to="2026-12-01", both_agree="true")
    assert "应晚于现在的届满日2026-12-23" in early.text
    assert (
        decide(mediating, "extend", direct=True, extended_to="2027-01-15", both_agree="false").status != 303
    )
    assert decide(mediating, "extend", direct=True, extended_to="2027-01-15", both_agree="true").status == 303
    clock.move(days=31)
    assert state(outside, mediating) == "MEDIATING"
    assert court.read(mediating).fields.ends_on == date(2027, 1, 15)
    clock.move(days=30)
    assert state(outside, mediating) == "ENDED"


def test_an_agreement_leaves_thirty_days_to_ask_for_confirmation(court, outside, decide, mediating):
    agreed = {"agreed_on": "2026-11-23", "written": "written", "terms": "分期付款"}
    assert decide(mediating, "agree", **agreed).status == 303
    assert state(outside, mediating) == "AGREED"
    assert any(one["rule"] == "SQ-5" for one in outside.read(mediating)["deadlines"])


def test_the_guide_is_there_in_both_languages(as_reviewer):
    assert "征得双方当事人同意" in as_reviewer.get("/m/mediation/guide").text
    assert "Both sides agree" in as_reviewer.english().get("/m/mediation/guide").text
