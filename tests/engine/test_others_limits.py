"""Limits that bind neither the court nor the applicant, rules that no event starts, conditions on what the house works out."""

import pytest

from core import limit
from core.fields.problem import Reason, Refused
from core.fields.spec import DeclarationError
from core.law.calendar_seed import seed_calendar
from core.law.periods import explain
from core.records import DeadlineRow, Reminder
from core.work.alarms import remind_due
from core.work.clock import clock_due
from core.work.detail import read_detail
from core.work.review import decide
from tests.support.acting import file_one, page, read, rows, write_module
from tests.support.houses import Fixture

HANDED = '''
"""转交: a file that another court has to acknowledge."""
import core
from datetime import date

def far(fields, context):
    return "far" if context.today > fields.sent_on else "near"

@core.request_fields
class Sent:
    sent_on: date = core.day("发出日期", "Sent on")
    how_far: str | None = core.computed(far, core.choice("进度", "Progress", {"near": ("近", "Near"), "far": ("远", "Far")}))

sent = core.RequestType(
    kind="handed", title=("转交", "Handed on"), prefix="HO", fields=Sent, case="none",
    access={core.Role.CENTRE_REVIEWER: core.Access(core.Sight.COURT, review=True, comment=True)},
    states=[core.State("NEW", "待处理", "To do"), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("note", "记录", "Note", "NEW", None, direct=True),
               core.Decision("chase", "催办", "Chase", "NEW", None, direct=True, when=core.field("how_far") == "far"),
               core.Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True)],
    limits=[core.limit("H-1", days=3, since="received", binds=("对方法院", "The other court"), title=("回执", "Receipt"), basis="第1条", remind=1),
            core.limit("H-2", days=9, since="received", title=("办结", "Finish"), basis="第2条"),
            core.limit("H-3", days=5, since="", event=("送达", "Served"), title=("上诉期", "Appeal period"), basis="第3条"),
            core.limit("H-4", days=5, since="note", during="NEW", when=core.field("how_far") == "far", basis="第4条")])
module = core.Module("handed", ("转交", "Handed on"), version="1.0", requests=[sent])
'''


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "handed", HANDED)
    return new_house("handed", "sms", folders=(tmp_path / "drop",))


def filed(house: Fixture) -> str:
    return file_one(house, "handed", fields={"sent_on": "2026-11-23"}).serial_no


def limits(house: Fixture) -> dict[str, str]:
    return {row.rule: row.status for row in rows(house, DeadlineRow)}


def test_what_binds_another_never_makes_the_courts_queue_late(house):
    serial = filed(house)
    dues = {
        due.rule: due for due in read_detail(house.house, house.actor("reviewer"), "handed", serial).deadlines
    }
    assert (dues["H-1"].other.zh, dues["H-1"].applicant) == ("对方法院", False)
    assert (dues["H-2"].other, dues["H-2"].applicant) == (None, False)
    assert read(house, serial).due_at == dues["H-2"].ends_at
    house.clock.move(days=4)
    clock_due(house.house)
    assert limits(house) == {"H-1": "lapsed", "H-2": "running"}
    assert page(house, house.actor("reviewer"), "handed", due="overdue").rows == ()


def test_of_what_binds_another_the_court_is_reminded_and_the_applicant_is_not(house):
    filed(house)
    before = len(rows(house, Reminder))
    house.clock.move(days=2)
    remind_due(house.house)
    told = [row.text_zh for row in rows(house, Reminder)][before:]
    assert told
    assert all("回执" in text for text in told)


def test_a_rule_without_an_event_is_reckoned_and_never_runs(house):
    filed(house)
    assert "H-3" not in limits(house)
    rule = next(one for one in house.house.modules.flow("handed").limits if one.id == "H-3")
    found = rule.reckon(house.clock().date(), seed_calendar(2026, 2026))
    assert explain(found).startswith("送达 2026-11-23，次日起算 5 日")


def test_a_condition_may_ask_for_what_the_house_works_out(house):
    serial = filed(house)
    reviewer = house.actor("reviewer")
    decide(house.house, reviewer, "handed", serial, "note", None)
    assert "H-4" not in limits(house)
    with pytest.raises(Refused) as refused:
        decide(house.house, reviewer, "handed", serial, "chase", None)
    assert refused.value.reason is Reason.CONFLICT
    house.clock.move(days=1)
    decide(house.house, reviewer, "handed", serial, "note", None)
    assert limits(house)["H-4"] == "running"
    decide(house.house, reviewer, "handed", serial, "chase", None)


@pytest.mark.parametrize("how", [{"applicant": True}, {"escalate": "SUPERVISOR"}])
def test_a_limit_that_binds_two_is_refused_in_a_sentence(how):
    with pytest.raises(DeclarationError, match="H-9"):
        limit("H-9", days=1, since="received", basis="", binds=("对方", "The other"), **how)
