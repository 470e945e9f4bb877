"""联系法官 on pages and over the API: the reply in three steps, the calendar, and its files."""

import re

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from core.records import ApplicationRow, SessionRow
from core.web.app import web_application
from core.work.switches import disable
from tests.plugins.contact.asking import MEETING, appoint_hearing, ask, fields, reply
from tests.support.acting import read
from tests.support.houses import OPERATOR, Fixture
from tests.web.further.asking import Browser, Reply

CALENDAR = "/m/contact/calendar"


@pytest.fixture
def browser(court: Fixture) -> Browser:
    return Browser(web_application(court.house)).log_in("judge")


def another(court: Fixture, name: str) -> Browser:
    return Browser(web_application(court.house)).log_in(name)


def events(reply: Reply) -> list[dict[str, str]]:
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    assert reply.headers["content-disposition"].startswith("attachment")
    wanted = ("UID", "SUMMARY", "LOCATION", "SEQUENCE")
    return [
        {name: str(one[name]) for name in wanted} | {"from": one.decoded("DTSTART").isoformat(), "to": one.decoded("DTEND").isoformat()}
        for one in Calendar.from_ical(reply.body).walk("VEVENT")
    ]  # fmt: skip


def send(browser: Browser, serial: str, version: int = 1, **form: str) -> Reply:
    given = {"decision": "agree", "opinion": "请按时到院。", "version": str(version), "send": "yes"} | MEETING | form  # fmt: skip
    answer = browser.post(f"/m/contact/{serial}/review", given)
    where = answer.headers.get("location", "")
    return browser.get(where) if where.endswith("/review") else answer


def mark_of(reply: Reply) -> str:
    """Return the mark of the advice that a page shows."""
    found = re.search(r'name="weighed" value="(\w+)"', reply.text)
    assert found is not None
    return found[1]


# --- The reply in three steps


def test_the_dialog_reads_choose_write_send(court, browser):
    text = browser.get(f"/m/contact/{ask(court)}/review").text
    steps = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<legend><i>.*?</legend>", text)]
    assert steps == ["①选择预约答复结果", "②填写答复内容"]
    assert re.search(r"③</span>.*?提交答复</button>", text, re.DOTALL)
    assert "④" not in text
    assert [*re.findall(r'name="decision" value="(\w+)"', text)] == ["agree", "decline", "change", "phoned", "written"]  # fmt: skip
    assert "民事诉讼法第47条" in text
    assert "请将补充材料通过诉讼服务平台在线提交，无需到院。" in text
    english = browser.english().get(f"/m/contact/{ask(court, 2)}/review").text
    assert "Send the reply" in english


def test_sending_saves_and_answers_at_once(court, browser):
    serial = ask(court)
    browser.get(f"/m/contact/{serial}/review")
    assert send(browser, serial).status == 303
    assert (read(court, serial).state, fields(court, serial).result) == ("CLOSED", "agree")


def test_without_sending_it_stays_a_draft(court, browser):
    serial = ask(court)
    browser.get(f"/m/contact/{serial}/review")
    assert "已保存" in send(browser, serial, send="").text
    assert read(court, serial).state == "SUBMITTED"
    assert "请按时到院。" in browser.get(f"/m/contact/{serial}/review").text


def test_what_is_missing_is_named_and_nothing_is_sent(court, browser):
    serial = ask(court)
    browser.get(f"/m/contact/{serial}/review")
    refused = send(browser, serial, opinion="", participants="")
    assert refused.status == 422
    assert refused.text.count("is-invalid") == 2
    seen = send(browser, serial, meeting_at="2026-11-20T09:30")
    assert "会见时间已过" in seen.text
    past = send(browser, serial, meeting_at="2026-11-20T09:30", weighed=mark_of(seen))
    assert past.status == 422
    assert "会见时间已过" in past.text
    assert read(court, serial).state == "SUBMITTED"


def test_what_is_to_be_weighed_is_seen_before_it_is_sent(court, browser):
    appoint_hearing(court, "2026-11-24T09:00:00+08:00")
    serial = ask(court)
    browser.get(f"/m/contact/{serial}/review")
    warned = send(browser, serial)
    assert "与开庭冲突：11-24 09:00–11:00" in warned.text
    assert read(court, serial).state == "SUBMITTED"
    mark = mark_of(warned)
    other = send(browser, serial, meeting_at="2026-11-28T09:30", weighed=mark)
    assert "2026-11-28不是工作日" in other.text  # other advice than what was seen
    assert read(court, serial).state == "SUBMITTED"
    assert send(browser, serial, weighed=mark).status == 303
    assert read(court, serial).state == "CLOSED"


def test_a_clerk_drafts_and_the_judge_takes_the_draft_with_its_meeting(court, browser):
    serial = ask(court)
    clerk = another(court, "clerk")
    page = clerk.get(f"/m/contact/{serial}/review").text
    assert "保存草稿" in page
    assert "data-send" not in page
    assert send(clerk, serial).status == 403
    assert read(court, serial).state == "SUBMITTED"
    seen = browser.get(f"/m/contact/{serial}/review").text
    drafted = re.search(r'data-decision="agree"[^>]*data-values="([^>]*)">', seen)
    assert drafted is not None
    assert "第三会见室" in drafted[1].encode().decode("unicode_escape")


def test_rows_and_the_page_offer_a_reply_not_a_review(court, browser):
    serial = ask(court)
    for address in ("/m/contact/", "/", f"/m/contact/{serial}", "/search?q=甲某某"):
        assert re.search(
            r"data-review[^>]*>(<svg.*?</svg>)?答复</a>", browser.get(address).text, re.DOTALL
        ), address


# --- The calendar


def test_the_week_shows_meetings_and_hearings_of_ones_own(court, browser):
    serial = ask(court)
    reply(court, serial, "agree")
    appoint_hearing(court, "2026-11-25T14:00:00+08:00")
    appoint_hearing(court, "2026-11-26T14:00:00+08:00", judge="judge2")
    text = browser.get(CALENDAR).text
    assert re.findall(r"<b>([\d:–]+)</b> (\w+)", text) == [("09:30–10:00", "会见"), ("14:00–16:00", "开庭")]
    assert f'href="/m/contact/{serial}"' in text
    assert 'href="/m/contact/calendar?week=2026-11-16"' in text
    assert 'href="/m/contact/calendar?week=2026-11-30"' in text
    assert len(re.findall(r'<th scope="col"', text)) == 7
    assert re.search(r'<a href="/m/contact/calendar" aria-current="page">', text)
    assert "本周没有会见和开庭" in browser.get(CALENDAR, week="2026-12-02").text
    english = browser.english().get(CALENDAR).text
    assert re.findall(r"<b>([\d:–]+)</b> (\w+)", english) == [("09:30–10:00", "Meeting"), ("14:00–16:00", "Hearing")]  # fmt: skip


def test_the_desk_shows_what_there_is_today_and_leads_to_it(court, browser):
    serial = ask(court)
    reply(court, serial, "agree")
    assert "今日会见和开庭" not in browser.get("/").text
    court.clock.move(hours=15)  # to the day of the meeting
    reply_at = "09:30–10:00 会见　甲某某　第三会见室"
    court.house.store.write(lambda connection: connection.execute(sa.update(SessionRow).values(seen_at=court.clock(), created_at=court.clock())))  # fmt: skip
    assert f'<a href="/m/contact/{serial}">{reply_at}</a>' in browser.get("/").text
    assert "09:30–10:00 Meeting　甲某某　第三会见室" in browser.english().get("/").text
    disable(court.house, OPERATOR, "contact")
    assert "会见" not in browser.get("/").text


def test_the_calendar_brings_its_own_style_sheet(court, browser):
    address = re.search(r'href="(/static/\w+/m/contact/calendar\.css)"', browser.get(CALENDAR).text)[1]
    assert ".week" in browser.get(address).body.decode()


def test_a_clerk_sees_the_week_of_the_judge_and_who_handles_nothing_an_empty_one(court, browser):
    reply(court, ask(court), "agree")
    assert "<small>judge</small>" in another(court, "clerk").get(CALENDAR).text
    for name in ("judge2", "supervisor"):
        assert "本周没有会见和开庭" in another(court, name).get(CALENDAR).text


def test_who_sees_no_contacts_has_no_calendar(court):
    sysadmin = another(court, "sysadmin")
    assert sysadmin.get(CALENDAR).status == 404
    assert CALENDAR not in sysadmin.get("/").text
    assert CALENDAR in another(court, "judge").get("/").text
    disable(court.house, OPERATOR, "contact")
    assert another(court, "judge").get(CALENDAR).status == 404
    assert CALENDAR not in another(court, "judge").get("/").text


@pytest.mark.parametrize("week", ["2026-13-01", "x", "0001-01-01", "9999-12-31", "2026-11-25"])
def test_any_day_stands_for_its_week_and_nonsense_for_this_one(court, browser, week):
    reply(court, ask(court), "agree")
    assert "09:30–10:00" in browser.get(CALENDAR, week=week).text


def test_what_is_called_off_or_handed_over_leaves_the_calendar(court, browser):
    from core.work.outside import write_message

    serial = ask(court)
    reply(court, serial, "agree")
    write_message(court.house, court.outside, court.client, serial, "能否取消？")
    assert "09:30–10:00" in browser.get(CALENDAR).text
    reply(court, serial, "decline")
    assert "09:30–10:00" not in browser.get(CALENDAR).text
    assert browser.get(f"/m/contact/{serial}/appointment.ics").status == 404


def test_what_is_hidden_from_somebody_stands_in_no_calendar_of_theirs(court, browser):
    serial = ask(court)
    reply(court, serial, "agree")
    hidden = sa.update(ApplicationRow).values(hidden_from=court.people["judge"])
    court.house.store.write(lambda connection: connection.execute(hidden))
    assert "09:30–10:00" not in browser.get(CALENDAR).text
    assert events(browser.get("/m/contact/calendar.ics")) == []


# --- Calendar files


def test_a_meeting_and_the_week_are_offered_as_calendar_files(court, browser):
    serial = ask(court)
    reply(court, serial, "agree")
    appoint_hearing(court, "2026-11-25T14:00:00+08:00")
    assert f'href="/m/contact/{serial}/appointment.ics"' in browser.get(f"/m/contact/{serial}").text
    (meeting,) = events(browser.get(f"/m/contact/{serial}/appointment.ics"))
    assert meeting == {
        "UID": f"{serial}@benchside", "SUMMARY": "会见 （2026）粤0199民初1号", "SEQUENCE": "2",
        "LOCATION": "广东省虚构市第一人民法院，第三会见室", "from": "2026-11-24T01:30:00+00:00", "to": "2026-11-24T02:00:00+00:00",
    }  # fmt: skip
    week = events(browser.get("/m/contact/calendar.ics", week="2026-11-26"))
    assert [one["SUMMARY"] for one in week] == ["会见 （2026）粤0199民初1号", "开庭 （2026）粤0199民初1号"]
    assert events(browser.get("/m/contact/calendar.ics", week="2026-11-30")) == []


def test_a_calendar_file_is_as_closed_as_its_request(court):
    serial = ask(court)
    reply(court, serial, "agree")
    assert another(court, "judge2").get(f"/m/contact/{serial}/appointment.ics").status == 403
    assert another(court, "reviewer").get(f"/m/contact/{serial}/appointment.ics").status == 404


def test_a_request_without_a_meeting_has_no_file(court, browser):
    serial = ask(court)
    assert browser.get(f"/m/contact/{serial}/appointment.ics").status == 404
    assert "appointment.ics" not in browser.get(f"/m/contact/{serial}").text
