"""The story of an appointment with the judge: asked for, drafted by the clerk, sent, in the calendar, asked again, handed over."""

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.test_story import choose, row
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser
QUEUE = "/m/contact/"


def ask(site: Site, judge: Page, **fields: str) -> str:
    judge.goto("/cases/")
    number = judge.locator("main table tbody tr a").first.inner_text()
    given = [f"fields.{name}={value}" for name, value in fields.items()]
    return site.file("--kind", "contact", *(word for one in [f"case_number={number}", *given] for word in ("--set", one)))  # fmt: skip


def open_reply(page: Page, serial: str):
    page.goto(f"{QUEUE}{serial}")
    page.locator("a[data-review]").first.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_text("选择预约答复结果")).to_be_visible()
    return dialog


def test_an_appointment_is_drafted_sent_and_stands_in_the_calendar(site: Site, new_page: Pages, axe):
    judge = site.log_in(new_page, "judge_0199")
    serial = ask(site, judge, content="希望面谈证据交换的安排。")
    site.message_with(serial, "已提交")

    # The clerk drafts; only the judge sends.
    clerk = site.log_in(new_page, "clerk_0199")
    dialog = open_reply(clerk, serial)
    choose(dialog, "agree")
    own = dialog.locator("[data-for=agree]")
    expect(own.locator("input[name=tell_others][value=true]")).to_be_checked()
    own.locator("input[name=meeting_place]").fill("第三会见室")
    dialog.locator("textarea[name=opinion]").fill("请按时到院。")
    expect(dialog.locator("[data-send]")).to_have_count(0)
    dialog.locator("[data-save]").click()
    expect(dialog.locator("[data-saved-word]")).to_contain_text("已保存 2")
    dialog.locator("[data-close]").first.click()

    # The judge takes the draft with everything in it, and sends it by the keyboard alone.
    judge.goto(f"{QUEUE}?clear=1")
    expect(row(judge, serial)).to_contain_text("预约会见")
    row(judge, serial).focus()
    judge.keyboard.press("j")
    judge.keyboard.press("r")
    dialog = judge.locator("dialog[open]")
    expect(dialog).to_contain_text("希望面谈证据交换的安排。")
    expect(dialog).to_contain_text("民事诉讼法第47条")
    assert axe(judge) == []
    dialog.locator("[formaction$='/take-over']").click()
    expect(dialog.locator("[data-send]")).to_be_enabled()
    dialog.locator("[data-adopt]").click()
    expect(dialog.locator("[data-for=agree] input[name=meeting_place]")).to_have_value("第三会见室")
    dialog.locator("[data-phrases]").select_option(label="请将补充材料通过诉讼服务平台在线提交，无需到院。")
    expect(dialog.locator("textarea[name=opinion]")).to_have_value("请按时到院。\n请将补充材料通过诉讼服务平台在线提交，无需到院。")  # fmt: skip
    dialog.locator("textarea[name=opinion]").press("Control+Enter")
    wait_until(lambda: "CLOSED" in site.shown(serial), "the reply")
    assert "请按时到院。" in site.shown(serial)
    site.message_with(serial, "第三会见室")

    # It stands in the week's calendar, which is a table, and leaves as a file.
    judge.goto("/m/contact/calendar")
    wanted = judge.locator(f"a[href='{QUEUE}{serial}']")
    if wanted.count() == 0:  # asked on a Friday: next week
        judge.get_by_role("link", name="下一周").click()
    expect(wanted).to_have_count(1)
    expect(judge.get_by_role("table")).to_contain_text("第三会见室")
    assert axe(judge) == []
    with judge.expect_download() as download:
        judge.get_by_role("link", name="导出本周日历").click()
    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert any(str(one["UID"]) == f"{serial}@benchside" for one in events)
    judge.get_by_role("button", name="English").click()
    expect(judge.get_by_role("heading", name="Meetings")).to_be_visible()
    judge.get_by_role("button", name="中文").click()

    # A question after the answer opens another round, which a colleague takes over.
    site.outside("message", serial, "需要带原件吗？")
    wait_until(lambda: "SUBMITTED" in site.shown(serial), "the next round")
    judge.goto(f"{QUEUE}{serial}")
    expect(judge.locator("main")).to_contain_text("追问：需要带原件吗？")
    judge.get_by_role("link", name="转办").click()
    dialog = judge.locator("dialog[open]")
    dialog.locator("select[name=colleague]").select_option(label=site.account("judge2_0199")["name"])
    dialog.locator("[name=reason]").fill("由其主办")
    dialog.get_by_role("button", name="转办").click()
    other = site.log_in(new_page, "judge2_0199")
    dialog = open_reply(other, serial)
    choose(dialog, "written")
    dialog.locator("[data-send]").click()
    expect(dialog.locator("textarea[name=opinion].is-invalid")).to_be_visible()  # the text is required
    dialog.locator("textarea[name=opinion]").fill("请携带原件。")
    dialog.locator("[data-send]").click()
    wait_until(lambda: "CLOSED" in site.shown(serial), "the second reply")
    assert "书面答复" in site.shown(serial)


def test_what_stands_in_the_way_is_seen_before_it_is_sent(site: Site, new_page: Pages):
    judge = site.log_in(new_page, "judge_0199")
    serial = ask(site, judge)
    dialog = open_reply(judge, serial)
    choose(dialog, "change")
    own = dialog.locator("[data-for=change]")
    own.locator("input[name=meeting_at]").fill("2035-01-06T07:00")  # a Saturday, early
    dialog.locator("textarea[name=opinion]").fill("改约。")
    dialog.locator("[data-send]").click()
    expect(dialog.locator("[data-advice]").first).to_contain_text("不是工作日")
    assert "SUBMITTED" in site.shown(serial)
    dialog.locator("[data-send]").click()
    wait_until(lambda: "CLOSED" in site.shown(serial), "the reply")
