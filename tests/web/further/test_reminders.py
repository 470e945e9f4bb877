"""Reminders: mine, those of modules that are on; read one by one or all at once."""

import re

import sqlalchemy as sa

from core.records import Reminder
from core.work.arrive import UNREAD_TOLD, digest_of
from core.work.login import log_in
from core.work.switches import disable
from tests.support.houses import OPERATOR, PASSWORD
from tests.web.further.asking import row


def reminders(page):
    return re.findall(r'data-reminder="(\d+)" data-unread="(yes|no)"', page.text)


def test_one_is_marked_and_then_all(court, ask):
    number = court.case(1)
    first, _ = court.file("mediation", number), court.file("mediation", number)
    judge = ask("judge")
    page = judge.get("/reminders/")
    listed = reminders(page)
    assert [unread for _, unread in listed] == ["yes", "yes"]
    assert f'href="/m/mediation/{first}"' in page.text
    oldest = listed[-1][0]
    answer = judge.post("/reminders/read", {"reminder": oldest, "after": ""})
    assert (answer.status, answer.headers["location"]) == (303, "/reminders/")
    page = judge.get("/reminders/")
    assert dict(reminders(page))[oldest] == "no"
    assert "已读" in row(page, f'data-reminder="{oldest}"')
    judge.post("/reminders/read")
    assert {unread for _, unread in reminders(judge.get("/reminders/"))} == {"no"}


def test_of_very_many_no_more_are_counted_than_are_told(court, ask):
    court.file("mediation", court.case(1))
    (one,) = court.rows(Reminder, Reminder.person_id == court.fixture.people["judge"])
    told = {"court_code": one.court_code, "person_id": one.person_id, "application_id": one.application_id, "module": one.module, "text_zh": "案", "text_en": "A", "at": one.at}  # fmt: skip
    judge = ask("judge")

    def add(count):
        court.house.store.write(lambda connection: connection.execute(sa.insert(Reminder), [told] * count))
        return re.search(r"data-unread>([^<]*)<", judge.get("/reminders/").text)[1]

    assert [add(98), add(1), add(500)] == ["99", "99+", "99+"]
    assert unread_of(court, "judge") == UNREAD_TOLD + 1


def unread_of(court, name):
    return court.fixture.arrivals().arrive(digest_of(log_in(court.house, name, PASSWORD, "127.0.0.1"))).unread


def test_nobody_elses_are_shown_or_marked(court, ask):
    court.file("mediation", court.case(1))
    other = ask("judge2")
    assert "没有提醒。" in other.get("/reminders/").text
    other.post("/reminders/read")
    (kept,) = court.rows(Reminder, Reminder.person_id == court.fixture.people["judge"])
    other.post("/reminders/read", {"reminder": str(kept.id)})
    other.post("/reminders/read", {"reminder": "nonsense", "after": "x&y"})
    (kept,) = court.rows(Reminder, Reminder.person_id == court.fixture.people["judge"])
    assert kept.read_at is None


def test_those_of_a_module_that_is_off_are_held(court, ask):
    court.file("mediation", court.case(1))
    judge = ask("judge")
    disable(court.house, OPERATOR, "mediation")
    assert reminders(judge.get("/reminders/")) == []


def test_they_are_there_in_english(court, ask):
    court.file("mediation", court.case(1))
    page = ask("judge").english().get("/reminders/").text
    assert "Reminders" in page
    assert "Mark as read" in page


def test_without_the_token_nothing_is_marked(court, ask):
    court.file("mediation", court.case(1))
    judge = ask("judge")
    assert judge.post("/reminders/read", token="").status == 403
    assert {unread for _, unread in reminders(judge.get("/reminders/"))} == {"yes"}
