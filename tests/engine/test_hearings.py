"""Hearings move in one place: what waits for them is overtaken, everybody in the case is told once, and no more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.context import Hearing
from core.fields.problem import Refused
from core.gate import Hooks
from core.records import Audit, CaseRow, Delivery, HearingRow, History
from core.transitions import CaseStep
from core.values import Actor, Receipt
from core.work.case_facts import case_of
from core.work.context import Around
from core.work.deliver import deliver_due
from core.work.detail import read_detail
from core.work.hearing_facts import Slot, slot_of
from core.work.hearing_facts import clashing as clashing_hearings
from core.work.hearings import move
from core.work.oversight import list_deliveries
from core.work.review import decide
from core.work.switches import disable
from core.work.transaction import Transaction
from tests.support.acting import file_one, read, rows, write_module
from tests.support.brought import NUMBER, bring, case, hearing
from tests.support.houses import COURT, OPERATOR, OTHER, Fixture

SITTING = '''
    """A request about a hearing: the trial system is asked to move it."""
    from datetime import datetime
    from core import *

    @request_fields
    class Sitting:
        hearing_at: datetime = moment("开庭时间", "Hearing")

    @request_fields
    class Moving:
        goal: datetime | None = moment("改至", "New time")
        room: str | None = text("法庭", "Courtroom")

    def other_hearing(application, change, context):
        if change.before.starts_at != application.fields.hearing_at:
            return Problem("hearing_at", "another", Label("另一次开庭。", "Another hearing."))

    @hookimpl
    def review(application, decision, context):
        if decision.code != "move":
            return None
        values = decision.values
        return Outcome(payload={
            "case_number": context.case.case_number, "hearing_at": application.fields.hearing_at.isoformat(),
            "new_hearing_at": values.goal and values.goal.isoformat(), "new_courtroom": values.room})

    ACCESS = {Role.HANDLING_JUDGE: Access(Sight.OWN, review=True), Role.PRESIDENT: Access(Sight.COURT, review=True)}
    sitting = RequestType(
        kind="sitting", title="改期", fields=Sitting, access=ACCESS, prefix="ST", case="required",
        states=[State("NEW", "待审查", "To do"), State("MOVING", "改期中", "Moving"), State("MOVED", "已改期", "Moved"),
                State("FAILED", "未成", "Failed"), State("OVERTAKEN", "已变更", "Overtaken")],
        decisions=[Decision("move", "改期", "Move", ["NEW", "FAILED", "MOVED"], "MOVING", direct=True, fields=Moving, operation="reschedule")],
        steps=[
            ReceiptStep("moved", "已改期", "Moved", "MOVING", "MOVED", of="reschedule", notice=Label("您的申请已办。", "Done."),
                        participants=Label("{name}：{case_number}案改期。", "{name}: moved.")),
            ReceiptStep("failed", "未成", "Failed", "MOVING", "FAILED", of="reschedule", done=False),
            CaseStep("overtaken", "开庭已变更", "Overtaken", ["NEW", "FAILED", "MOVING"], "OVERTAKEN", guard=other_hearing,
                     notice=Label("原定{hearing_before}改为{hearing_after}。", "Overtaken.")),
        ])
    module = Module("sitting", "改期", version="1.0", requests=[sitting])
'''  # fmt: skip
FIRST, SECOND = "2026-12-10T09:00", "2026-12-20T14:30"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+08:00")


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "sitting_modules", "sitting", SITTING)
    made = new_house("sitting", "sms", "register", folders=(tmp_path / "sitting_modules",))
    bring(made, case(hearings=[hearing(FIRST)]))
    return made


def ask(house: Fixture, number: int = 1, at: str = FIRST) -> str:
    return file_one(
        house, "sitting", number, case_number=NUMBER, fields={"hearing_at": f"{at}:00+08:00"}
    ).serial_no


def do_move(house: Fixture, serial: str, **form: str) -> None:
    decide(
        house.house, house.actor("judge"), "sitting", serial, "move", None,
        form={name: [value] for name, value in form.items()},
    )  # fmt: skip


def hearings(house: Fixture) -> list[tuple[str, str, str]]:
    found = []
    for one in rows(house, HearingRow):
        local = (one.starts_at + timedelta(hours=8)).strftime("%m-%d %H:%M")
        found.append((local, one.courtroom, one.state))
    return sorted(found)


def told(house: Fixture, words: str = "") -> list[tuple[str, str]]:
    """Return (name, text) of the notices that carry ``words``."""
    sent = [one.payload for one in rows(house, Delivery, Delivery.hook == "notify")]
    return [(one["to_name"], one["text"]) for one in sent if words in one["text"]]


def test_a_receipt_moves_the_hearing_with_the_request(house):
    serial = ask(house)
    do_move(house, serial, goal=SECOND, room="第二法庭")
    assert read(house, serial).state == "MOVING"
    assert hearings(house) == [("12-10 09:00", "第一法庭", "scheduled")]
    deliver_due(house.house)
    assert read(house, serial).state == "MOVED"
    assert hearings(house) == [
        ("12-10 09:00", "第一法庭", "moved"),
        ("12-20 14:30", "第二法庭", "scheduled"),
    ]
    before, after = sorted(rows(house, HearingRow), key=lambda one: one.starts_at)
    assert (before.moved_to, after.judge_id, after.source) == (after.id, before.judge_id, "reschedule")
    assert after.ends_at - after.starts_at == before.ends_at - before.starts_at


def test_without_a_new_time_it_is_cancelled_and_may_be_given_one_later(house):
    serial = ask(house)
    do_move(house, serial)
    deliver_due(house.house)
    assert hearings(house) == [("12-10 09:00", "第一法庭", "cancelled")]
    assert read(house, serial).state == "MOVED"
    do_move(house, serial, goal=SECOND)
    deliver_due(house.house)
    assert hearings(house) == [
        ("12-10 09:00", "第一法庭", "moved"),
        ("12-20 14:30", "第一法庭", "scheduled"),
    ]
    keys = [one.key for one in rows(house, Delivery, Delivery.hook == "trial_system")]
    assert keys == [f"{serial}-r1-reschedule", f"{serial}-r1-reschedule-1"]


def test_everybody_else_in_the_case_is_told_once_each_and_the_applicant_of_the_result(house):
    serial = ask(house)
    do_move(house, serial, goal=SECOND)
    deliver_due(house.house)
    moved = told(house, "改期。")
    assert sorted(name for name, _ in moved) == ["丙某某", "甲某某", "示例贸易有限公司"]
    assert all(text == f"{name}：{NUMBER}案改期。" for name, text in moved)
    assert [name for name, _ in told(house, "您的申请已办")] == ["甲某某"]  # the submitter, by another number
    assert told(house, "原定") == []  # the step speaks for the house


def test_a_submitter_who_is_in_the_case_hears_of_it_once(house):
    serial = file_one(
        house, "sitting", case_number=NUMBER, fields={"hearing_at": f"{FIRST}:00+08:00"},
        submitter={"role": "lawyer", "name": "丙某某", "phone": "19900000013"},
    ).serial_no  # fmt: skip
    do_move(house, serial, goal=SECOND)
    deliver_due(house.house)
    assert sorted(name for name, _ in told(house, "改期。")) == ["甲某某", "示例贸易有限公司"]


def test_the_page_shows_whom_beside_the_applicant_with_masked_telephones(house):
    serial = ask(house)
    do_move(house, serial, goal=SECOND)
    deliver_due(house.house)
    detail = read_detail(house.house, house.actor("judge"), "sitting", serial)
    assert {one.to for one in detail.notices if "改期。" in one.text} == {
        "甲某某 199****0011", "示例贸易有限公司 020*****0012", "丙某某 199****0013",
    }  # fmt: skip
    assert {one.to for one in detail.notices if "您的申请" in one.text} == {""}


def test_another_change_overtakes_what_waits_for_that_hearing_and_nothing_else(house):
    bring(house, case(hearings=[hearing("2026-12-11T09:00")]))
    first, other = ask(house, 1), ask(house, 2, "2026-12-11T09:00")
    bring(house, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    assert (read(house, first).state, read(house, other).state) == ("OVERTAKEN", "NEW")
    (event,) = rows(house, History, History.step == "overtaken")
    assert (event.from_state, event.actor) == ("NEW", "operator")
    assert event.data == {
        "hearing_before": "2026年12月10日09:00（第一法庭）", "hearing_after": "2026年12月20日14:30（第一法庭）",
        "hearing_after_at": "2026-12-20T06:30:00+00:00",
    }  # fmt: skip
    assert [text for _, text in told(house, "改为") if text.startswith("原定")] == [
        "原定2026年12月10日09:00（第一法庭）改为2026年12月20日14:30（第一法庭）。"
    ]
    assert len(rows(house, Audit, Audit.action == "sitting.overtaken")) == 1


def test_a_cancelled_hearing_overtakes_too(house):
    serial = ask(house)
    bring(house, case(hearings=[hearing(FIRST, state="cancelled")]))
    assert read(house, serial).state == "OVERTAKEN"
    assert read(house, serial).data["hearing_after"] == "另行通知的时间"


def test_what_is_switched_off_is_overtaken_too_and_its_notice_is_held(house):
    serial = ask(house)
    disable(house.house, OPERATOR, "sitting")
    bring(house, case(hearings=[hearing(FIRST, state="cancelled")]))
    assert read(house, serial).state == "OVERTAKEN"
    deliver_due(house.house)
    left = [one for one in rows(house, Delivery, Delivery.hook == "notify") if one.attempts == 0]
    assert {(one.module, one.payload["to_name"]) for one in left} == {("sitting", "甲某某")}


def test_one_request_that_is_carried_out_overtakes_the_other(house):
    first, second = ask(house, 1), ask(house, 2)
    do_move(house, first, goal=SECOND)
    deliver_due(house.house)
    assert (read(house, first).state, read(house, second).state) == ("MOVED", "OVERTAKEN")


def test_what_is_overtaken_on_its_way_to_the_trial_system_does_not_arrive_there(house):
    serial = ask(house)
    do_move(house, serial, goal=SECOND)
    bring(house, case(hearings=[hearing(FIRST, state="cancelled")]))
    assert read(house, serial).state == "OVERTAKEN"
    (order,) = rows(house, Delivery, Delivery.hook == "trial_system")
    assert (order.status, order.error) == ("refused", "开庭已另行变更，此项不再发送。")
    deliver_due(house.house)
    assert hearings(house) == [("12-10 09:00", "第一法庭", "cancelled")]


def test_a_receipt_for_a_hearing_that_already_stands_there_moves_nothing(house):
    serial = ask(house)
    do_move(house, serial, goal=SECOND)

    def arrange(connection: sa.Connection) -> None:
        connection.execute(sa.update(HearingRow).values(starts_at=moment(SECOND)))

    house.house.store.write(arrange)
    deliver_due(house.house)
    assert read(house, serial).state == "MOVED"
    assert hearings(house) == [("12-20 14:30", "第一法庭", "scheduled")]


def test_a_receipt_for_a_hearing_nobody_knows_is_a_failure_with_its_reason(house):
    serial = ask(house, at="2026-12-24T09:00")
    do_move(house, serial, goal=SECOND)
    deliver_due(house.house)
    assert read(house, serial).state == "FAILED"
    (event,) = rows(house, History, History.step == "failed")
    assert "原定开庭已经变更" in event.reason
    assert hearings(house) == [("12-10 09:00", "第一法庭", "scheduled")]


def test_a_refusal_moves_nothing(house, monkeypatch):
    serial = ask(house)
    do_move(house, serial, goal=SECOND)
    monkeypatch.setattr(Hooks, "trial_system", lambda *_: Receipt(reason="法庭占用"))
    deliver_due(house.house)
    assert read(house, serial).state == "FAILED"
    assert hearings(house) == [("12-10 09:00", "第一法庭", "scheduled")]


def test_everybody_is_told_of_a_move_by_the_trial_system_and_it_leaves_by_the_outbox(house):
    bring(house, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    sent = told(house)
    assert sorted(name for name, _ in sent) == ["丙某某", "甲某某", "示例贸易有限公司"]
    assert ("甲某某", f"【广东省虚构市第一人民法院】甲某某：{NUMBER}案原定2026年12月10日09:00（第一法庭）的开庭改为2026年12月20日14:30（第一法庭），请按新的时间到庭。咨询12368。") in sent  # fmt: skip
    assert {one.serial_no for one in list_deliveries(house.house, OPERATOR, status="waiting")[0]} == {NUMBER}
    assert deliver_due(house.house) == 3  # no module's switch holds them back


def test_nobody_is_told_of_what_is_past(house):
    house.clock.move(days=60)
    bring(house, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    assert told(house) == []
    assert hearings(house)[0][2] == "moved"


def test_every_change_is_in_the_audit_log(house):
    bring(house, case(hearings=[hearing(FIRST, state="moved", to=SECOND), hearing(SECOND)]))
    bring(house, case(hearings=[hearing(SECOND, state="cancelled")]))
    found = [one.action for one in rows(house, Audit) if one.action.startswith("hearing.")]
    assert found == ["hearing.schedule", "hearing.schedule", "hearing.move", "hearing.cancel"]
    assert {one.target for one in rows(house, Audit) if one.action.startswith("hearing.")} == {NUMBER}


def test_a_case_tells_its_facts(house):
    bring(house, case(services=[
        {"document": "判决书", "party": "甲某某", "served_on": "2026-11-20", "method": "电子送达"},
        {"document": "起诉状副本", "party": "示例贸易有限公司", "served_on": "2026-03-06"},
    ]))  # fmt: skip
    (row,) = rows(house, CaseRow)
    with house.house.store.read() as connection:
        facts = case_of(connection, row.id)
    assert (facts.procedure, facts.handler_name) == ("ordinary", "judge")
    assert [(one.standing, one.name, one.phone) for one in facts.parties][:2] == [
        ("plaintiff", "甲某某", "19900000011"), ("defendant", "示例贸易有限公司", "020-00000012"),
    ]  # fmt: skip
    (agent, _) = facts.agents
    assert (agent.party, agent.authority, agent.special_powers) == ("甲某某", "special", ("settle", "appeal"))
    (one,) = facts.hearings
    assert (one.starts_at, one.courtroom, one.judge_name, one.state) == (
        datetime(2026, 12, 10, 1, tzinfo=UTC), "第一法庭", "judge", "scheduled",
    )  # fmt: skip
    assert [(one.document, one.method) for one in facts.services] == [
        ("起诉状副本", ""),
        ("判决书", "电子送达"),
    ]


# --- Clashes


def clashing(house: Fixture, at: str, court: str = COURT, **how: Any) -> list[str]:
    def work(connection: sa.Connection) -> list[str]:
        tx = Transaction(house.house, connection, Actor(court=court), house.clock())
        context = Around(tx=tx, module="sitting", submitter=None, submitted_at=tx.at, case_id=None)  # type: ignore[arg-type]
        return [one.case_number for one in context.clashes(moment(at), **how)]

    return house.house.store.write(work)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-12-10T06:59", 0), ("2026-12-10T07:00", 0), ("2026-12-10T07:01", 1), ("2026-12-10T09:00", 1),
        ("2026-12-10T10:59", 1), ("2026-12-10T11:00", 0), ("2026-12-11T09:00", 0),
    ],
)  # fmt: skip
def test_hearings_clash_where_they_overlap_and_not_where_they_touch(house, at, found):
    judge = house.people["judge"]
    assert len(clashing(house, at, courtroom="第一法庭")) == found
    assert len(clashing(house, at, judge=judge)) == found
    assert len(clashing(house, at, courtroom="第一法庭", judge=judge)) == found


def test_another_room_and_another_judge_do_not_clash_nor_does_another_court(house):
    assert clashing(house, FIRST, courtroom="第二法庭", judge=house.people["judge2"]) == []
    assert clashing(house, FIRST, court=OTHER, courtroom="第一法庭", judge=house.people["judge"]) == []
    assert clashing(house, FIRST) == []


def test_a_hearing_does_not_stand_in_its_own_way_and_says_how_long_it_takes(house):
    bring(house, case("（2026）粤0199民初2号", hearings=[hearing("2026-12-10T15:00", "第二法庭", ends="2026-12-10T17:00")]))  # fmt: skip
    long = case("（2026）粤0199民初3号", hearings=[hearing("2026-12-09T09:00", "第三法庭", ends="2026-12-09T17:00", judge="judge2")])  # fmt: skip
    bring(house, long)
    (row,) = rows(house, HearingRow, HearingRow.courtroom == "第三法庭")
    own = Hearing(
        row.id,
        "（2026）粤0199民初3号",
        row.starts_at,
        row.ends_at,
        row.courtroom,
        row.judge_id,
        "",
        row.state,
    )
    assert clashing(house, "2026-12-09T10:00", judge=house.people["judge2"]) == ["（2026）粤0199民初3号"]
    assert clashing(house, "2026-12-09T10:00", judge=house.people["judge2"], besides=own) == []
    assert clashing(house, "2026-12-10T11:00", courtroom="第二法庭") == []
    assert clashing(house, "2026-12-10T11:00", courtroom="第二法庭", besides=own) == ["（2026）粤0199民初2号"]


def test_what_moved_away_or_was_cancelled_stands_in_nobodys_way(house):
    bring(house, case(hearings=[hearing(FIRST, state="cancelled")]))
    assert clashing(house, FIRST, courtroom="第一法庭", judge=house.people["judge"]) == []


def test_clashes_are_looked_up_by_index_among_many(house):
    slot = Slot(
        starts_at=moment(FIRST), ends_at=moment(SECOND), courtroom="第一法庭", judge=house.people["judge"]
    )
    (one,) = rows(house, HearingRow)
    judges = sorted(house.people.values())[:10]
    many = [
        {
            "court_code": COURT, "case_id": one.case_id, "starts_at": one.starts_at + timedelta(hours=number), "source": "test",
            "ends_at": one.ends_at + timedelta(hours=number), "courtroom": f"法庭{number % 40}", "judge_id": judges[number % 10],
            "state": "scheduled",
        }
        for number in range(10_000)
    ]  # fmt: skip
    told: list[str] = []

    def explain(connection: sa.Connection) -> None:
        connection.execute(sa.insert(HearingRow), many)
        connection.exec_driver_sql("ANALYZE")
        word = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "

        def listen(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            if "hearing" in statement and not statement.startswith("EXPLAIN"):
                told.extend(str(row) for row in conn.exec_driver_sql(word + statement, parameters))

        sa.event.listen(connection, "before_cursor_execute", listen)
        clashing_hearings(connection, COURT, slot)

    house.house.store.write(explain)
    plan = "\n".join(told)
    assert "ix_hearing_judge" in plan
    assert "ix_hearing_courtroom" in plan
    assert "Seq Scan on hearing" not in plan
    assert "SCAN hearing" not in plan


def test_of_two_who_move_a_hearing_at_once_one_is_refused(house):
    (row,) = rows(house, HearingRow)
    held = Hearing(row.id, NUMBER, row.starts_at, row.ends_at, row.courtroom, row.judge_id, "", row.state)
    ready = Barrier(2)

    def shift(days: int) -> str:
        def work(connection: sa.Connection) -> str:
            if connection.dialect.name == "postgresql":
                ready.wait(10)  # SQLite lets only one in at a time
            tx = Transaction(house.house, connection, OPERATOR, house.clock())
            move(
                tx, row.case_id, held, slot_of(held).at(held.starts_at + timedelta(days=days)), source="test"
            )
            return "moved"

        try:
            return house.house.store.write(work)
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(shift, (1, 2))) == ["moved", "stale_version"]
    assert sorted(one.state for one in rows(house, HearingRow)) == ["moved", "scheduled"]


def test_a_step_of_the_case_names_what_it_waits_for():
    with pytest.raises(ValueError, match="on"):
        CaseStep("gone", "没了", "Gone", "NEW", "NEW", on="something")
    assert evolve(CaseStep("gone", "没了", "Gone", "NEW", "NEW")).on == "hearing_changed"
