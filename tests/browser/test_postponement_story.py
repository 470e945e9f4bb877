"""The story of a postponement in a real browser: a clash is shown, another time is taken, everybody hears of it."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from core.law.dates import SHANGHAI
from core.records import CaseRow, HearingRow, Person
from tests.browser.conftest import COURT, Site
from tests.browser.test_story import choose, conclude, row
from tests.support.browser import Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser
QUEUE = "/m/postponement/"


def upcoming(site: Site) -> list[tuple[str, str, str]]:
    """Return (case number, court time, courtroom) of the hearings to come before the first judge, in order."""
    with site.house.store.read() as connection:
        found = connection.execute(
            sa.select(CaseRow.case_number, HearingRow.starts_at, HearingRow.courtroom)
            .join(CaseRow, CaseRow.id == HearingRow.case_id)
            .where(
                HearingRow.court_code == COURT, HearingRow.state == "scheduled",
                HearingRow.starts_at > site.house.clock(), HearingRow.judge_id == _judge(site, connection),
            )
            .order_by(HearingRow.starts_at)
        ).all()  # fmt: skip
    return [(one.case_number, _local(one.starts_at), one.courtroom) for one in found]


def _judge(site: Site, connection: sa.Connection) -> int:
    key = connection.scalar(sa.select(Person.id).where(Person.username == "judge_0199"))
    assert key is not None
    return int(key)


def _local(moment) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def ask(site: Site, hearing: tuple[str, str, str], *more: str) -> str:
    number, at, room = hearing
    return site.file(
        "--kind", "postponement", "--set", f"case_number={number}", "--set", f"fields.hearing_at={at}:00+08:00",
        "--set", f"fields.courtroom={room}", "--set", "fields.ground=lawyer_conflict", *more,
    )  # fmt: skip


def test_a_hearing_is_postponed_past_a_clash_and_everybody_is_told(site: Site, new_page: Pages, axe):
    first, other = upcoming(site)[-1], upcoming(site)[-2]
    serial = ask(site, first)
    site.message_with(serial, "仍按原定时间准备开庭")
    judge = site.log_in(new_page, "judge_0199")
    judge.locator(f"nav a[href='{QUEUE}']").click()
    judge.locator("form[data-search] details.more summary").click()
    judge.fill("form[data-search] input[name=hearing_at_from]", first[1][:10])
    judge.fill("form[data-search] input[name=hearing_at_to]", first[1][:10])
    judge.locator("form[data-search] button:has-text('查询')").click()
    expect(row(judge, serial).locator("td[data-state=SUBMITTED]")).to_contain_text("待审查")
    expect(row(judge, serial)).to_contain_text(re.compile(r"还有\d+天"))
    assert axe(judge) == []

    # The judge sees how often and from when until when, takes a time that is not free, and is told at once.
    row(judge, serial).locator("a[data-review]").click()
    dialog = judge.locator("dialog[open]")
    expect(dialog).to_contain_text("本案已延期0次")
    choose(dialog, "approve")
    own = dialog.locator("[data-for=approve]")
    expect(own.locator("select[name=article]")).to_have_value("rearranged")
    own.locator("input[name=new_hearing_at]").fill(other[1])
    dialog.locator("textarea[name=opinion]").fill("代理律师同日另有他案开庭，传票属实，准予改期。")
    dialog.locator("[data-save]").click()
    expect(dialog.locator("[data-advice]")).to_contain_text(other[0])
    assert axe(judge) == []
    dialog.locator("[data-conclusion=approve]").click()
    judge.locator("#ask [data-yes]").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("请另定时间")
    assert "SUBMITTED" in site.shown(serial)

    own.locator("input[name=new_hearing_at]").fill(f"{other[1][:10]}T17:30")
    conclude(judge, dialog, "approve")
    wait_until(lambda: "RESCHEDULED" in site.shown(serial), "the receipt of the trial system")
    site.message_with(serial, "请按时到庭")
    # The submitter, both parties, and the agent of each.
    wait_until(lambda: sum("延期至" in one for one in site.messages(serial)) == 5, "five messages", 20)
    judge.goto(f"/cases/{first[0]}")
    expect(judge.locator("tr[data-hearing=moved]")).to_contain_text(first[1].replace("T", " "))
    expect(judge.locator("tr[data-hearing=scheduled]")).to_contain_text("17:30")
    assert axe(judge) == []
    judge.goto(f"{QUEUE}{serial}")
    expect(judge.locator("main")).to_contain_text("审查通过，已改期")
    expect(judge.locator("#papers")).to_contain_text("延期开庭通知书")
    assert axe(judge) == []


def test_a_request_is_refused_and_the_applicant_learns_that_the_hearing_stands(site: Site, new_page: Pages):
    serial = ask(site, upcoming(site)[0], "--set", "fields.reason=出差")
    judge = site.log_in(new_page, "judge_0199", locale="en-US")
    judge.goto(f"{QUEUE}{serial}")
    judge.locator("a[data-review]").first.click()
    dialog = judge.locator("dialog[open]")
    choose(dialog, "reject")
    dialog.locator("textarea[name=opinion]").fill("出差不属法定事由。")
    conclude(judge, dialog, "reject")
    wait_until(lambda: "REJECTED" in site.shown(serial), "the refusal")
    site.message_with(serial, "民事诉讼法第146、147条")
