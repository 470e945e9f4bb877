"""The story of an investigation order in a real browser: applied for, issued, verified by a stranger, returned or revoked."""

import re

import pytest
from attrs import evolve
from playwright.sync_api import expect

from core.work.courts import change_settings
from core.work.times import court_day
from demo.staff import operator
from tests.browser.conftest import COURT, Site
from tests.browser.test_story import choose, conclude, row
from tests.support.browser import Page, Pages
from tests.support.papers import joined, pdf_text
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser
QUEUE = "/m/investigation/"
NUMBER = re.compile(r"（\d{4}）粤0199调令\d+号")


def apply_for(site: Site, judge: Page, respondent: str) -> str:
    judge.goto("/cases/")
    number = judge.locator("main table tbody tr a").first.inner_text()
    return site.file("--kind", "investigation", "--set", f"case_number={number}", "--set", f"fields.respondent={respondent}")  # fmt: skip


def open_review(page: Page, serial: str):
    page.goto(f"{QUEUE}{serial}")
    page.locator("a[data-review]").first.click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_text("选择审查结论")).to_be_visible()
    return dialog


def receive(page: Page, serial: str) -> None:
    dialog = open_review(page, serial)
    choose(dialog, "receive")
    for name in ("necessary", "relevant", "feasible"):
        dialog.locator(f"[data-for=receive] input[name={name}][value=true]").check()
    dialog.locator("textarea[name=opinion]").fill("确因客观原因不能自行收集，予以接收。")
    conclude(page, dialog, "receive")
    expect(page.locator("dialog[open]").get_by_text("已办理")).to_be_visible()


def order_of(site: Site, serial: str) -> tuple[str, str]:
    """Fetch the order as the lawyer does; return its text and the code on it."""
    wait_until(lambda: "律师调查令" in site.shown(serial), "the order")
    paper = re.search(r"文书 (\d+)：律师调查令", site.shown(serial))
    assert paper, site.shown(serial)
    to = site.folder / f"{serial}.pdf"
    site.outside("paper", serial, paper[1], "--to", str(to))
    text = joined(pdf_text(to.read_bytes()))
    code = re.search(r"核验码([A-Z2-7]{32})", text)
    assert code, text
    return text, code[1]


def test_an_order_is_issued_verified_by_a_stranger_and_comes_back(site: Site, new_page: Pages, axe):
    judge = site.log_in(new_page, "judge_0199")
    serial = apply_for(site, judge, "示例银行虚构支行")
    site.message_with(serial, "调查令申请")
    judge.locator(f"nav a[href='{QUEUE}']").click()
    judge.locator("form[data-search] details.more summary").click()
    judge.fill("form[data-search] input[name=respondent]", "示例银行虚构支行")
    judge.locator("form[data-search] button:has-text('查询')").click()
    expect(row(judge, serial).locator("td[data-state=SUBMITTED]")).to_contain_text("待处理")
    expect(row(judge, serial)).to_contain_text("银行账户交易明细")
    assert axe(judge) == []

    receive(judge, serial)
    dialog = open_review(judge, serial)
    choose(dialog, "issue")
    own = dialog.locator("[data-for=issue]")
    expect(own.locator("input[name='lawyers.0.name']")).to_have_value("丙某某")
    expect(own.locator("input[name=validity_days]")).to_have_value("15")
    assert axe(judge) == []
    own.locator("input[name=validity_days]").fill("31")
    dialog.locator("textarea[name=opinion]").fill("同意签发。")
    dialog.locator("[data-save]").click()
    dialog.locator("[data-conclusion=issue]").click()
    judge.locator("#ask [data-yes]").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("最长30日")
    own.locator("input[name=validity_days]").fill("10")
    dialog.get_by_role("button", name="预览文书：律师调查令", exact=True).click()
    preview = judge.frame_locator("iframe[name=paper-preview]")
    expect(preview.locator(".textLayer").first).to_contain_text("示例银行虚构支行")
    conclude(judge, dialog, "issue")
    site.message_with(serial, "调查令已签发")
    judge.goto(f"{QUEUE}{serial}")
    expect(judge.locator("main")).to_contain_text(NUMBER)
    expect(judge.locator("#papers")).to_contain_text("律师调查令")
    assert axe(judge) == []

    text, code = order_of(site, serial)
    assert all(
        words in text for words in ("律师调查令（存根）", "律师调查令回执", "示例银行虚构支行", "丙某某")
    )
    stranger = new_page(base_url=site.url, viewport=(390, 844))
    stranger.goto(f"/verify/{code}")
    expect(stranger.locator("[data-standing=valid]")).to_contain_text(NUMBER)
    expect(stranger.locator("main")).to_contain_text(re.compile(r"\d{3,4}-\d{7,8}|1\d{10}"))
    for secret in ("示例银行", "丙某某", "民初", "交易明细"):
        expect(stranger.locator("body")).not_to_contain_text(secret)
    assert axe(stranger) == []

    today = court_day(site.house.clock()).isoformat()
    site.outside(
        "step", serial, "return_evidence", "--files", str(site.papers), "--set", "outcome=obtained", "--set", f"presented_on={today}",
        "--set", "pages=12", "--file", f"receipt={site.papers / 'complaint.pdf'}", "--file", f"evidence={site.papers / 'scan.pdf'}",
    )  # fmt: skip
    assert "EXECUTED" in site.shown(serial)
    judge.goto(f"{QUEUE}?receipt_state=returned")
    expect(row(judge, serial)).to_contain_text("已办结")
    expect(row(judge, serial)).to_contain_text("已缴回")
    stranger.reload()
    expect(stranger.locator("[data-standing=revoked]")).to_be_visible()


def test_the_division_head_approves_and_the_judge_revokes(site: Site, new_page: Pages, axe):
    court = evolve(operator(COURT), name="operator")
    change_settings(site.house, court, "investigation", {"approval": "division_head"})
    try:
        judge = site.log_in(new_page, "judge_0199")
        serial = apply_for(site, judge, "虚构市不动产登记中心")
        receive(judge, serial)
        dialog = open_review(judge, serial)
        choose(dialog, "propose")
        dialog.locator("textarea[name=opinion]").fill("拟同意签发。")
        conclude(judge, dialog, "propose")
        expect(judge.locator("dialog[open]").get_by_text("已办理")).to_be_visible()

        head = site.log_in(new_page, "president_0199", locale="en-US")
        head.goto(f"{QUEUE}{serial}")
        head.locator("a[data-review]").first.click()
        dialog = head.locator("dialog[open]")
        choose(dialog, "approve")
        assert axe(head) == []
        dialog.locator("textarea[name=opinion]").fill("同意。")
        conclude(head, dialog, "approve")
        site.message_with(serial, "调查令已签发")
    finally:
        change_settings(site.house, court, "investigation", {"approval": "judge"})

    _, code = order_of(site, serial)
    judge.goto(f"{QUEUE}{serial}")
    judge.get_by_role("link", name="撤销调查令").click()
    dialog = judge.locator("dialog[open]")
    expect(dialog).to_contain_text("核验页将立即显示")
    dialog.locator("select[name=revocation_ground]").select_option("agency_ended")
    dialog.get_by_role("button", name="撤销调查令").click()
    site.message_with(serial, "已撤销（代理关系终止）")
    stranger = new_page(base_url=site.url, locale="en-US")
    stranger.goto(f"/verify/{code}?lang=en")
    expect(stranger.locator("[data-standing=revoked]")).to_contain_text(NUMBER)
    assert axe(stranger) == []
