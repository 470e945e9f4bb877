"""The story of an appeal, from the appellant's computer to the docket of the second court, in a real browser."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Site
from tests.browser.test_story import choose, conclude, file, row
from tests.browser.test_suggestion_story import a_case_of
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser


def about(number: str, *more: str) -> tuple[str, ...]:
    return ("--kind", "appeal", "--set", f"fields.document_no={number}", *more)


def lodge(site: Site, number: str, *more: str) -> str:
    return site.file("--set", f"case_number={number}", *about(number, *more))


def find(page: Page, serial: str) -> Locator:
    page.goto(f"/m/appeal/?clear=1&serial_no={serial}")
    expect(row(page, serial)).to_have_count(1)
    return row(page, serial)


def open_review(page: Page, serial: str) -> Locator:
    find(page, serial).locator("a[data-review]").click()
    return page.locator("dialog[open]")


def register(page: Page, serial: str, name: str, **form: str) -> None:
    """Take one step of the ladder from the request's page; what the form begins with stays."""
    page.goto(f"/m/appeal/{serial}")
    page.get_by_role("link", name=name, exact=True).click()
    dialog = page.locator("dialog[open]")
    for field, value in form.items():
        dialog.locator(f"[name={field}]").fill(value)
    dialog.get_by_role("button", name=name, exact=True).click()
    expect(dialog).to_contain_text("已办理")
    dialog.get_by_role("link", name="查看申请").click()


def test_an_appeal_goes_to_the_second_court(site: Site, new_page: Pages, axe):
    judge = site.log_in(new_page, "judge_0199")
    number = a_case_of(judge)
    serial = lodge(site, number, "--file", f"petition={site.papers / 'complaint.pdf'}")
    site.message_with(serial, "提交时间以此为准")
    shown = find(judge, serial)
    expect(shown).to_contain_text("期内")
    expect(shown.locator("td[data-state=SUBMITTED]")).to_contain_text("待处理")
    assert axe(judge) == []

    # The materials, and how the last day was reached, are on the request's page.
    shown.locator("a[data-open]").click()
    expect(judge.locator("main")).to_contain_text(re.compile("送达 .*次日起算 15 日，届满"))
    expect(judge.locator("main")).to_contain_text("不服部分按第17条")
    file(judge, "complaint.pdf").locator("[data-view]").click()
    expect(judge.frame_locator("iframe").locator(".textLayer").first).to_contain_text("民事起诉状")

    dialog = open_review(judge, serial)
    choose(dialog, "receive")
    form = dialog.locator("[data-for=receive]")
    expect(form.locator("input[name=fee_due]")).to_have_value("2869.14")
    form.locator("input[name=expires_corrected_on]").fill("2026-12-31")
    dialog.locator("[data-save]").click()
    expect(
        form.locator("[name=expiry_reason].is-invalid")
    ).to_be_visible()  # a date set by hand needs its reason
    expect(dialog.locator("[data-conclusion=receive]")).to_be_disabled()
    form.locator("input[name=expires_corrected_on]").fill("")
    dialog.locator("textarea[name=opinion]").fill("形式核对无误，予以接收。")
    assert axe(judge) == []
    conclude(judge, dialog, "receive")
    wait_until(lambda: "RECEIVED" in site.shown(serial), "the receipt")
    site.message_with(serial, "前预交上诉费2869.14元")
    assert "上诉案件接收凭证" in site.shown(serial)

    clerk = site.log_in(new_page, "clerk_0199")
    find(clerk, serial)
    expect(row(clerk, serial).locator("a[data-review]")).to_have_count(0)
    today = clerk.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    register(clerk, serial, "登记缴费", paid_amount="2869.14", paid_on=today)
    register(clerk, serial, "登记送达副本")
    expect(clerk.locator("[data-rule=A-6]")).to_contain_text("对方当事人")
    register(clerk, serial, "登记收到答辩状", defence_received_on=today, defence_from="示例贸易有限公司")
    register(clerk, serial, "登记送达答辩状副本", defence_sent_on=today)
    register(clerk, serial, "答辩齐备", defence_closed_on=today)
    clerk.goto("/m/appeal/?view=transfer")
    expect(row(clerk, serial)).to_contain_text("待移送")
    register(
        clerk, serial, "登记移送", second_court="虚构市中级人民法院", main_volumes="2", side_volumes="1", electronic_volumes="1",
        handed_over_by="冯演示",
    )  # fmt: skip
    site.message_with(serial, "移送虚构市中级人民法院")
    expect(clerk.locator("main")).to_contain_text("上诉案件移送函（存根）")
    assert "移送函" not in site.shown(serial)
    assert axe(clerk) == []
    register(
        clerk, serial, "登记二审立案", second_case_number="（2026）粤01民终8号", second_docketed_on=today
    )
    wait_until(lambda: "DOCKETED_SECOND" in site.shown(serial), "the second court's docket")
    site.message_with(serial, "（2026）粤01民终8号")
    expect(find(clerk, serial)).to_contain_text("已移送")


def test_a_late_appeal_is_red_and_one_returned_keeps_its_first_day(site: Site, new_page: Pages):
    judge = site.log_in(new_page, "judge_0199")
    number = a_case_of(judge)
    old = ("--set", "fields.document_date=2026-01-05", "--set", "fields.served_on=2026-01-06")
    serial = lodge(site, number, *old)
    expect(find(judge, serial).locator(".tone-alarm")).to_contain_text("逾期")
    dialog = open_review(judge, serial)
    expect(dialog).to_contain_text("逾期不是退回的理由")
    choose(dialog, "return")
    dialog.locator("[data-for=return] input[value=petition]").check()
    dialog.locator("textarea[name=opinion]").fill("上诉状没有写明原审案号，请补充。")
    conclude(judge, dialog, "return")
    site.message_with(serial, "仍以首次提交时间为准")
    again = site.outside("resubmit", serial, *about(number, *old), "--files", str(site.papers))
    assert "第2次提交" in again
    expect(find(judge, serial).locator("td[data-state=SUBMITTED]")).to_contain_text("待处理")
    judge.goto(f"/m/appeal/{serial}")
    expect(judge.locator("main")).to_contain_text("是否期内以首次提交时间为准")
