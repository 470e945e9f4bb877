"""The story of a preservation, urgent and before anybody else knows, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.test_story import choose, conclude, row
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser
QUEUE = "/m/preservation/"


def a_case_of(page: Page) -> str:
    """Return the number of a case the person handles."""
    page.goto("/cases/")
    return page.locator("main table tbody tr a").first.inner_text()


def open_review(page: Page, serial: str):
    page.goto(f"{QUEUE}{serial}")
    page.locator("a[data-review]").first.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_text("选择审查结论")).to_be_visible()
    return dialog


def file_in(site: Site, number: str, **more: str) -> str:
    """Ask for preservation in the case, through the public API as the outside platform does."""
    settings = {
        "fields.stage": "in_action",
        "fields.guarantee_amount": '"150000.00"',
        "fields.urgent": "true",
    } | more
    told = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    complaint = f"complaint={site.papers / 'complaint.pdf'}"
    return site.file("--kind", "preservation", "--set", f"case_number={number}", *told, "--file", complaint)


def test_an_urgent_preservation_is_secured_granted_carried_out_and_only_then_known(
    site: Site, new_page: Pages, axe
):
    judge = site.log_in(new_page, "judge_0199")
    number = a_case_of(judge)
    serial = file_in(site, number, **{"fields.guarantee_amount": "50000.00"})
    site.message_with(serial, "已于")

    # Hours are told in hours, and what ends first stands first.
    judge.goto(QUEUE)
    expect(judge.locator("tr[data-serial]").first).to_have_attribute("data-serial", serial)
    expect(row(judge, serial).locator(".left.hours")).to_contain_text(re.compile(r"剩4[78]小时"))
    assert axe(judge) == []

    dialog = open_review(judge, serial)
    expect(dialog).to_contain_text("【情况紧急】")
    expect(dialog).to_contain_text("担保50000.00元，为10%，未超过30%的上限150000.00元")
    choose(dialog, "receive")
    dialog.locator("textarea[name=opinion]").fill("材料齐全，予以接收。")
    conclude(judge, dialog, "receive")
    wait_until(lambda: "RECEIVED" in site.shown(serial), "the receipt")
    assert "保全申请材料接收凭证" in site.shown(serial)

    # Security above the law's ceiling is refused where it is entered; what the law allows is proposed.
    dialog = open_review(judge, serial)
    choose(dialog, "order_security")
    amount = dialog.locator("input[name=security_amount]")
    expect(amount).to_have_value("150000.00")
    amount.fill("150000.01")
    dialog.locator("textarea[name=opinion]").fill("保函金额不足，责令补充。")
    conclude(judge, dialog, "order_security")
    expect(judge.locator("dialog[open]")).to_contain_text("超过30%的上限150000.00元（财产保全规定第5条第1款")
    dialog = open_review(judge, serial)
    choose(dialog, "order_security")
    dialog.locator("input[name=security_amount]").fill("150000.00")
    dialog.locator("textarea[name=opinion]").fill("保函金额不足，责令补充。")
    conclude(judge, dialog, "order_security")
    wait_until(lambda: "SECURITY_ORDERED" in site.shown(serial), "the order")
    site.message_with(serial, "提供担保150,000.00元")
    site.outside(
        "step", serial, "provide_security", "--set", "provided_type=insurance", "--set", 'provided_amount="150000.00"',
        "--set", "provided_guarantor=示例财产保险股份有限公司", "--file", f"guarantee={site.papers / 'scan.pdf'}",
    )  # fmt: skip
    wait_until(lambda: "RECEIVED" in site.shown(serial), "the security")

    # The ruling begins with what was asked for, each asset for the longest time of its kind.
    dialog = open_review(judge, serial)
    choose(dialog, "grant")
    own = dialog.locator("[data-for=grant]")
    expect(own.locator("input[name=granted_amount]")).to_have_value("500000.00")
    expect(own.locator("select[name='measures.0.property_kind']")).to_have_value("deposit")
    own.locator("input[name=ruling_number]").fill(f"{number}之一")
    dialog.locator("textarea[name=opinion]").fill("符合民事诉讼法第一百零三条的规定，裁定准许。")
    assert axe(judge) == []
    conclude(judge, dialog, "grant")
    wait_until(lambda: "GRANTED" in site.shown(serial), "the ruling")
    judge.goto(f"{QUEUE}{serial}")
    expect(judge.locator("main")).to_contain_text("对方当事人的平台查不到此项保全")

    judge.get_by_role("link", name="登记实施").click()
    dialog = judge.locator("dialog[open]")
    expect(dialog.locator("input[name='measures.0.expires_on']")).to_have_value(
        re.compile(r"\d{4}-\d\d-\d\d")
    )
    expect(dialog).to_contain_text("登记后，对方当事人可以查知此项保全")
    dialog.get_by_role("button", name="登记实施").click()
    wait_until(lambda: "CARRIED_OUT" in site.shown(serial), "the measures")
    assert "保全情况告知书" in site.shown(serial)
    site.message_with(serial, "保全期限最早于")
    judge.goto(f"{QUEUE}?view=in_force")
    expect(row(judge, serial)).to_have_count(1)
    judge.goto(f"{QUEUE}{serial}")
    expect(judge.locator("main")).to_contain_text("保全中：示例贸易有限公司：银行存款 示例银行示例支行")
    assert axe(judge) == []


def test_before_an_action_the_filing_division_has_it_and_no_judge(site: Site, new_page: Pages):
    serial = site.file("--kind", "preservation")
    judge = site.log_in(new_page, "judge_0199")
    answer = judge.goto(f"{QUEUE}{serial}")
    assert answer is not None
    assert answer.status == 403
    reviewer = site.log_in(new_page, "reviewer_0199")
    reviewer.goto(f"{QUEUE}?stage=pre_action")
    expect(row(reviewer, serial)).to_contain_text("诉前")
    dialog = open_review(reviewer, serial)
    expect(dialog).to_contain_text("【诉前保全】")
    choose(dialog, "return")
    own = dialog.locator("[data-for=return]")
    own.locator("input[value=no_clue]").check()
    own.locator("[name=requirement]").fill("请提供开户行。")
    dialog.locator("textarea[name=opinion]").fill("形式不全。")
    conclude(reviewer, dialog, "return")
    wait_until(lambda: "RETURNED" in site.shown(serial), "the return")
    site.message_with(serial, "请补充：请提供开户行。")
