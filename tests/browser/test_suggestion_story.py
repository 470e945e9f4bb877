"""The story of a suggestion and of a complaint about a judge, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.test_story import choose, row
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser
QUEUE = "/m/suggestion/"


def a_case_of(page: Page) -> str:
    """Return the number of a case the person handles."""
    page.goto("/cases/")
    return page.locator("main table tbody tr a").first.inner_text()


def test_a_suggestion_is_answered_and_the_applicant_reads_it(site: Site, new_page: Pages, axe):
    judge = site.log_in(new_page, "judge_0199")
    number = a_case_of(judge)
    serial = site.file(
        "--kind", "suggestion", "--set", f"case_number={number}", "--set", "fields.category=progress",
        "--set", "fields.title=请提前告知开庭时间", "--set", "fields.anonymous=true", "--set", "submitter.name=辛某某",
    )  # fmt: skip
    site.message_with(serial, "已于")
    judge.locator("nav a[href='/m/suggestion/']").click()
    judge.locator("form[data-search] details.more summary").click()
    judge.select_option("form[data-search] select[name=category]", "progress")
    judge.locator("form[data-search] button:has-text('查询')").click()
    expect(row(judge, serial)).to_contain_text("请提前告知开庭时间")
    expect(row(judge, serial)).to_contain_text("匿名")
    assert axe(judge) == []
    row(judge, serial).locator("a.serial[data-open]").click()
    expect(judge.locator("main")).to_contain_text("程序进度")
    expect(judge.locator("main")).not_to_contain_text("辛某某")

    judge.locator("a[data-review]").first.click()
    dialog = judge.locator("dialog[open]")
    choose(dialog, "reply")
    dialog.locator("[data-for=reply] select[name=result]").select_option("adopted")
    dialog.locator("textarea[name=opinion]").fill("今后提前三日通知，感谢建议。")
    assert axe(judge) == []
    dialog.locator("[data-send]").click()
    wait_until(lambda: "CLOSED" in site.shown(serial), "the reply")
    shown = site.shown(serial)
    assert "今后提前三日通知" in shown
    assert "采纳" in shown
    site.message_with(serial, "已答复：采纳")


def test_a_complaint_about_a_judge_is_the_supervisors_and_not_there_for_the_judge(site: Site, new_page: Pages, axe):  # fmt: skip
    judge = site.log_in(new_page, "judge_0199")
    number = a_case_of(judge)
    serial = site.file(
        "--kind", "suggestion", "--set", f"case_number={number}", "--set", "fields.category=judge",
        "--set", "fields.title=长期不接电话",
    )  # fmt: skip
    supervisor = site.log_in(new_page, "supervisor_0199")
    supervisor.goto(f"{QUEUE}?q=长期不接电话")
    expect(row(supervisor, serial)).to_have_count(1)
    for address in (f"{QUEUE}?q=长期不接电话", "/search?q=长期不接电话", f"/cases/{number}", "/"):
        judge.goto(address)
        expect(judge.locator("main")).not_to_contain_text(serial)
    answer = judge.goto(f"{QUEUE}{serial}")
    assert answer is not None
    assert answer.status == 404

    supervisor.goto(f"{QUEUE}{serial}")
    supervisor.locator("details.assign summary").click()
    offered = supervisor.locator("form[action$='/assign'] select option").all_inner_texts()
    assert site.account("judge_0199")["name"] not in offered
    supervisor.get_by_role("link", name="转办").click()
    dialog = supervisor.locator("dialog[open]")
    colleague = dialog.locator("select[name=colleague]")
    assert axe(supervisor) == []
    colleague.select_option(label=site.account("judge2_0199")["name"])
    dialog.get_by_role("button", name="转办").click()
    other = site.log_in(new_page, "judge2_0199")
    other.goto(QUEUE)
    expect(row(other, serial)).to_have_count(1)
