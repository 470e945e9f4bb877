"""阅卷申请 from the outside: who asks to read the file, and what the judge arranges."""

import pytest

VISIT = {
    "visit_at": "2026-11-26T09:30", "visit_minutes": "60", "visit_place": "阅卷室", "granted": "证据材料", "may_copy": "true",
}  # fmt: skip


@pytest.fixture
def decide(court, as_judge):
    """Save an opinion where one is needed, and carry it out."""

    def carry_out(serial_no, decision, *, direct=False, **form):
        page = f"/m/file_inspection/{serial_no}"
        for step in ("decide",) if direct else ("review", "decide"):
            sent = {"decision": decision, "opinion": "经审查，意见如下。", **form}
            answer = as_judge.post(f"{page}/{step}", {**sent, "version": court.read(serial_no).version})
            if answer.status != 303:
                return answer
        return answer

    return carry_out


def state(outside, serial_no):
    return outside.read(serial_no)["state"]["code"]


def test_a_visit_is_arranged_moved_and_registered(court, outside, decide):
    serial_no = outside.submit("file_inspection", method="copy", copies=12)
    assert decide(serial_no, "arrange", **VISIT).status == 303
    assert state(outside, serial_no) == "APPROVED"
    assert [one["code"] for one in outside.read(serial_no)["papers"]] == ["slip"]
    moved = {"visit_at": "2026-11-27T14:30", "reason": "法庭占用"}
    assert decide(serial_no, "move", direct=True, **moved).status == 303
    assert court.read(serial_no).fields.visit_at.isoformat() == "2026-11-27T06:30:00+00:00"
    kept = decide(serial_no, "done", direct=True, copied="12", returned="false")
    assert "材料须全部交回" in kept.text
    assert decide(serial_no, "done", direct=True, copied="12", returned="true").status == 303
    assert state(outside, serial_no) == "DONE"


def test_what_begins_with_the_courts_own_settings_is_proposed_to_the_judge(outside, as_judge):
    serial_no = outside.submit("file_inspection", method="onsite", pages="证据卷第12至30页")
    form = as_judge.get(f"/m/file_inspection/{serial_no}/review", decision="arrange").text
    assert "诉讼服务中心阅卷室" in form
    assert "证据卷第12至30页" in form


def test_the_file_opened_online_closes_by_itself(outside, clock, decide):
    serial_no = outside.submit("file_inspection", method="online")
    past = decide(serial_no, "open", granted="全部正卷", open_until="2026-11-23")
    assert "应晚于今天" in past.text
    assert decide(serial_no, "open", granted="全部正卷", open_until="2026-12-01").status == 303
    assert state(outside, serial_no) == "OPEN"
    clock.move(days=10)
    assert state(outside, serial_no) == "DONE"


def test_nobody_is_asked_to_come_in_the_past(outside, decide):
    serial_no = outside.submit("file_inspection", method="onsite")
    assert "该时间已过" in decide(serial_no, "arrange", **(VISIT | {"visit_at": "2026-11-20T09:30"})).text


def test_a_refusal_says_why(outside, decide):
    serial_no = outside.submit("file_inspection", method="onsite")
    assert decide(serial_no, "refuse", ground="not_open").status == 303
    assert state(outside, serial_no) == "REFUSED"
    assert [one["code"] for one in outside.read(serial_no)["papers"]] == ["refusal"]


def test_the_judge_is_told_when_a_stranger_asks(outside, as_judge):
    serial_no = outside.submit("file_inspection", method="onsite")
    assert "请先核对授权手续" in as_judge.get(f"/m/file_inspection/{serial_no}").text


def test_there_are_three_working_days_to_answer_unless_the_court_says_otherwise(court, outside):
    serial_no = outside.submit("file_inspection", method="onsite")
    assert court.read(serial_no).due_at.date().isoformat() == "2026-11-26"
