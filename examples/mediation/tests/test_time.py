"""What the clock does, and what a court sets."""


def test_when_the_time_is_over_it_ended_with_its_paper(court, outside, mediating, clock, limits, read):
    clock.move(days=30)
    assert outside.read(mediating)["state"]["code"] == "MEDIATING"  # the last day
    clock.move(days=1)
    assert outside.read(mediating)["state"]["code"] == "ENDED"
    assert limits(mediating)["SQ-4"] == ("2026-12-25", "running")
    assert "因调解期限届满" in court.paper(mediating, "ended")
    assert "调解期限届满，未达成协议" in read(mediating)


def test_when_the_extended_time_is_over_it_ended_too(outside, mediating, decide, clock):
    assert decide(mediating, "extend", extended_until="2026-12-28", both_extend=True).status == 303
    clock.move(days=33)
    assert outside.read(mediating)["state"]["code"] == "MEDIATING"
    clock.move(days=3)
    assert outside.read(mediating)["state"]["code"] == "ENDED"


def test_the_reviewer_is_reminded_and_the_supervisor_hears_of_what_is_late(court, outside, clock):
    serial_no = outside.submit("mediation")
    clock.move(days=2)
    assert f"{serial_no}（示例申请人）：处理期限，剩1天" in court.browser("reviewer").get("/reminders/").text
    clock.move(days=2)
    assert (
        f"{serial_no}（示例申请人）：处理期限，超期1天" in court.browser("supervisor").get("/reminders/").text
    )


def test_a_court_sets_one_to_five_days(court, outside, limits):
    assert court.set(decide_days=6).status == 422
    assert court.set(decide_days=5).status == 303
    assert limits(outside.submit("mediation"))["SQ-1"] == ("2026-11-30", "running")


def test_a_year_without_a_calendar_leaves_the_last_day_open(court, outside, decide, clock, limits):
    clock.move(days=20)  # 30 days on it is 2027, whose rest days nobody has published yet
    serial_no = outside.submit("mediation")
    assert decide(serial_no, "refer", mediator="李调解", chosen_by="court", both_agree=True).status == 303
    assert decide(serial_no, "sign", received_on="2026-12-13").status == 303
    assert limits(serial_no)["SQ-2"] == (None, "running")
    assert court.read(serial_no).fields.ends_on is None
    assert decide(serial_no, "extend", extended_until="2027-01-29", both_extend=True).status == 303
    assert court.read(serial_no).fields.ends_on.isoformat() == "2027-01-29"
