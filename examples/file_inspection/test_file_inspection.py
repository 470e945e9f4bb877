"""阅卷申请 seen from outside: what is allowed, and what is refused.

Each test begins on Monday, 23 November 2026, 10:00.
"""

import pytest

KIND = "file_inspection"
STRANGER = "示例申请人"


def page(serial_no):
    return f"/m/{KIND}/{serial_no}"


def submit(outside, name=STRANGER, role="party", **fields):
    return outside.submit(KIND, submitter={"name": name, "role": role}, **fields)


def draft(court, browser, serial_no, decision, **values):
    """Save an opinion without carrying it out, and return the status."""
    form = {"decision": decision, "version": court.read(serial_no).version, **values}
    return browser.post(f"{page(serial_no)}/review", form).status


def visit(**other):
    readable = ["pleadings", "evidence"]
    form = {"starts_at": "2026-11-27T09:30", "minutes": 60, "place": "阅卷室", "copies": "true"}
    return form | {"readable": readable} | other


def arranged(court, outside, **other):
    serial_no = submit(outside, how="onsite", wanted_on="2026-11-27")
    assert court.decide(serial_no, "arrange", **visit(**other)).status == 303
    return serial_no


def state(outside, serial_no):
    return outside.read(serial_no)["state"]["code"]


@pytest.mark.parametrize(("fields", "missing"), [
    ({"how": "onsite", "wanted_on": None}, ["fields.wanted_on"]),
    ({"how": "copy", "wanted_on": "2026-11-27"}, ["fields.copy_pages"]),
    ({"how": "copy", "wanted_on": "2026-11-27", "copy_pages": 5001}, ["fields.copy_pages"]),
    ({"how": "online", "materials": []}, ["fields.materials"]),
    ({"how": "online", "detail": "页" * 501}, ["fields.detail"]),
])  # fmt: skip
def test_what_is_missing_or_too_much_is_named(outside, fields, missing):
    refused = outside.post("applications", outside.example(KIND, **fields))
    assert (refused.status, list(refused.fields)) == (422, missing)


def test_a_case_and_an_identity_card_are_needed_and_little_else(outside):
    body = outside.example(KIND, how="online", materials=["records", "judgments"], wanted_on=None)
    for named in ("case_number", "attachments"):
        refused = outside.post("applications", {key: value for key, value in body.items() if key != named})
        assert (refused.status, list(refused.fields)) == (422, [named])
    assert outside.post("applications", body).status == 201


@pytest.mark.parametrize(("name", "role", "standing", "hinted"), [
    ("甲某某", "party", "原告", False),
    ("丙某某", "lawyer", "甲某某、丁某某的代理人", False),
    (STRANGER, "party", None, True),
])  # fmt: skip
def test_whoever_asks_is_looked_up_in_the_case(court, outside, as_judge, name, role, standing, hinted):
    serial_no = submit(outside, name, role, how="online")
    assert court.read(serial_no).fields.standing == standing
    shown = as_judge.get(page(serial_no)).text
    assert ("提交人不是在案登记的当事人或者诉讼代理人" in shown) == hinted
    assert "只限查阅正卷（查阅规定第五条）" in shown
    assert "本案下次开庭：2026年12月10日09:00" in shown
    opened = court.decide(serial_no, "open", open_until="2026-11-30", readable="pleadings")
    assert opened.status == 303
    assert "只限查阅正卷" not in as_judge.get(page(serial_no)).text


def test_a_visit_begins_with_what_was_wanted_and_stands_in_the_calendar(court, outside, as_judge):
    serial_no = submit(outside, how="copy", copy_pages=12, wanted_on="2026-11-27", materials=["records"])
    form = as_judge.get(f"{page(serial_no)}/review").text
    for name, value in (("starts_at", "2026-11-27T09:30"), ("minutes", "60"), ("place", "阅卷室")):
        assert f'name="{name}" value="{value}"' in form
    assert 'name="readable" value="records" checked' in form
    assert 'name="copies" value="true" checked' in form
    assert 'value="open"' not in form  # online is not what was asked for
    assert court.decide(serial_no, "arrange", **visit()).status == 303
    fields = court.read(serial_no).fields
    assert fields.visit_at.isoformat() == "2026-11-27T01:30:00+00:00"
    assert (fields.visit_minutes, fields.visit_place) == (60, "阅卷室")
    assert "DTSTART:20261127T013000Z" in as_judge.get(f"{page(serial_no)}/appointment.ics").text
    assert "请于2026-11-27 09:30到阅卷室阅卷" in as_judge.get(page(serial_no)).text
    slip = court.paper(serial_no, "slip")
    for words in (
        "查阅案件材料阅卷单",
        "（2026）粤0199阅卷1号",
        "2026年11月27日9时30分",
        "起诉状、答辩状、证据材料",
    ):
        assert words in slip
    assert serial_no in as_judge.get(f"/m/{KIND}/?view=arranged").text
    assert serial_no not in as_judge.get(f"/m/{KIND}/?view=todo").text


def test_a_bad_time_is_advised_against_and_a_past_one_is_refused(court, outside, as_judge):
    arranged(court, outside, starts_at="2026-11-26T09:00")
    serial_no = submit(outside, how="onsite", wanted_on="2026-11-27")
    for starts_at, advice in (
        ("2026-11-28T09:30", "2026年11月28日不是工作日"),
        ("2026-12-10T08:30", "另有安排：开庭"),
        ("2026-11-26T09:30", "另有安排：阅卷"),
        ("2027-03-01T09:30", "2027年的节假日尚未录入"),
    ):
        assert draft(court, as_judge, serial_no, "arrange", **visit(starts_at=starts_at)) == 303
        assert advice in as_judge.get(f"{page(serial_no)}/review").text
    assert draft(court, as_judge, serial_no, "arrange", **visit()) == 303
    assert "data-advice" not in as_judge.get(f"{page(serial_no)}/review").text
    assert court.decide(serial_no, "arrange", **visit(starts_at="2026-11-23T09:30")).status == 422
    for minutes in ("14", "481"):
        assert draft(court, as_judge, serial_no, "arrange", **visit(minutes=minutes)) == 422
    assert court.decide(serial_no, "open", open_until="2026-12-01", readable="records").status != 303
    assert state(outside, serial_no) == "SUBMITTED"


def test_the_file_is_open_until_its_day_is_over(court, outside, as_judge, clock):
    serial_no = submit(outside, how="online")
    form = as_judge.get(f"{page(serial_no)}/review").text
    assert 'name="open_until" value="2026-12-08"' in form
    assert 'value="arrange"' not in form
    today = court.decide(serial_no, "open", open_until="2026-11-23", readable="records")
    assert today.status == 422
    assert state(outside, serial_no) == "SUBMITTED"
    opened = court.decide(serial_no, "open", open_until="2026-12-04", readable="records")
    assert opened.status == 303
    assert court.read(serial_no).due_at is None  # it binds the applicant, not the court
    clock.move(days=8)
    assert "电子卷宗开放期限”至2026-12-04届满，剩3天" in as_judge.get(page(serial_no)).text
    clock.move(days=3)
    assert state(outside, serial_no) == "OPEN"
    clock.move(days=1)
    assert state(outside, serial_no) == "DONE"
    shown = as_judge.get(page(serial_no)).text
    assert "电子卷宗（流水号" + serial_no + "）开放期限已满" in shown
    assert "已届满" in shown
    assert "逾期" not in shown  # nobody is late
    (opening,) = (one for one in outside.read(serial_no)["deadlines"] if one["rule"] == "CY-2")
    assert opening["status"] == "expired"


def test_a_refusal_has_its_ground_its_opinion_and_its_paper(court, outside, as_judge):
    serial_no = submit(outside, how="online")
    assert court.decide(serial_no, "refuse", ground="hinders").status != 303
    assert court.decide(serial_no, "refuse", opinion="合议庭正在使用案卷。").status != 303
    assert state(outside, serial_no) == "SUBMITTED"
    assert court.decide(serial_no, "refuse", ground="hinders", opinion="合议庭正在使用案卷。").status == 303
    assert state(outside, serial_no) == "REFUSED"
    told = court.paper(serial_no, "refusal")
    for words in ("不予准许阅卷告知书", "查阅将影响案件审理", "规定》第一条", "合议庭正在使用案卷。"):
        assert words in told


def test_the_clerk_drafts_moves_and_registers_but_does_not_grant(court, outside, as_judge):
    serial_no = submit(outside, how="onsite", wanted_on="2026-11-27")
    assert court.decide(serial_no, "arrange", "clerk", **visit()).status == 403
    assert as_judge.post(f"{page(serial_no)}/take-over").status == 303
    assert court.decide(serial_no, "arrange", **visit()).status == 303
    for starts_at, status in (("2026-11-23T09:00", 422), ("2026-11-30T14:00", 303)):
        moved = court.decide(serial_no, "move", "clerk", starts_at=starts_at, reason="停电")
        assert moved.status == status
    fields = court.read(serial_no).fields
    assert (fields.visit_at.isoformat(), fields.visit_place) == ("2026-11-30T06:00:00+00:00", "阅卷室")
    reply = as_judge.get(page(serial_no))
    shown = reply.text
    assert "改至2026-11-30 14:00" in shown
    assert "<dt>阅卷</dt><dd>2026-11-30 14:00" in reply.body.decode()
    notices = shown.count("流水号" + serial_no)
    assert court.decide(serial_no, "done", "clerk", pages_copied=8, came_back=False).status == 422
    assert court.decide(serial_no, "done", "clerk", pages_copied=8, came_back=True).status == 303
    assert state(outside, serial_no) == "DONE"
    assert court.read(serial_no).fields.visit_at is None
    assert as_judge.get(page(serial_no)).text.count("流水号" + serial_no) == notices  # nobody is told


def test_others_see_only_what_is_theirs(court, outside):
    serial_no = submit(outside, how="online")
    supervisor = court.browser("supervisor")
    assert serial_no in supervisor.get(f"/m/{KIND}/").text
    assert supervisor.post(f"{page(serial_no)}/comment", {"text": "请依法及时答复。"}).status == 303
    decided = court.decide(serial_no, "open", "supervisor", open_until="2026-12-01", readable="records")
    assert decided.status == 403
    assert court.browser("other_judge").get(page(serial_no)).status == 404
    assert outside.read(serial_no)["messages"][0]["text"] == "请依法及时答复。"


def test_a_visit_is_withdrawn_or_missed_and_then_it_is_over(court, outside):
    waiting = submit(outside, how="online")
    coming, missing = (arranged(court, outside) for _ in range(2))
    assert outside.withdraw(waiting, "不需要了").status == 201
    assert outside.step(coming, "withdraw").status == 201
    assert {state(outside, one) for one in (waiting, coming)} == {"WITHDRAWN"}
    assert court.decide(missing, "missed", "clerk").status == 303
    assert state(outside, missing) == "MISSED"
    assert court.read(missing).fields.visit_at is None
    assert outside.withdraw(missing).status == 409
    assert court.decide(missing, "move", "clerk", starts_at="2026-11-30T14:00", reason="停电").status == 409


def test_there_are_three_working_days_to_answer_or_what_the_court_sets(court, outside, as_judge, clock):
    late = submit(outside, how="online")
    assert outside.read(late)["deadlines"][0]["ends_on"] == "2026-11-26"
    assert court.set(answer_days=16).status == 422
    assert court.set(answer_days=5).status == 303
    assert outside.read(submit(outside, how="online"))["deadlines"][0]["ends_on"] == "2026-11-30"
    clock.move(days=2)
    assert late in as_judge.get("/reminders/").text
    assert late not in court.browser("supervisor").get("/reminders/").text
    clock.move(days=2)
    assert late in court.browser("supervisor").get("/reminders/").text
