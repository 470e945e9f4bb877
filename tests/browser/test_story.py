"""The story of online filing, from the applicant's computer to the docket, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

pytestmark = pytest.mark.browser


def row(page: Page, serial_no: str):
    return page.locator(f"tr[data-serial='{serial_no}']")


def file(page: Page, name: str):
    return page.locator("ul.files li", has_text=name).first


def find(page: Page, serial_no: str) -> None:
    """Open the queue and find one request by its serial number, as a reviewer does."""
    page.goto("/m/filing/?view=review&clear=1")
    page.fill("form[data-search] input[name=serial_no]", serial_no)
    page.keyboard.press("Enter")
    expect(row(page, serial_no)).to_have_count(1)


def open_review(page: Page, serial_no: str):
    find(page, serial_no)
    row(page, serial_no).locator("a[data-review]").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_text("选择审查结论")).to_be_visible()
    return dialog


def conclude(page: Page, dialog, decision: str) -> None:
    """Save, see the conclusion light up, press it, and confirm."""
    dialog.locator("[data-save]").click()
    button = dialog.locator(f"[data-conclusion={decision}]")
    expect(button).to_be_enabled()
    button.click()
    page.locator("#ask [data-yes]").click()


def choose(dialog, decision: str) -> None:
    dialog.locator(f"label:has(input[name=decision][value={decision}])").click()


def test_a_filing_goes_from_received_to_docketed(site: Site, new_page: Pages, axe):
    serial = site.file(
        "--file", f"complaint={site.papers / 'complaint.pdf'}",
        "--file", f"plaintiff_identity={site.papers / 'identity.jpg'}",
        "--file", f"evidence={site.papers / 'scan.pdf'}",
    )  # fmt: skip
    site.message_with(serial, "收到")
    assert "SUBMITTED" in site.shown(serial)

    page = site.log_in(new_page, "reviewer_0199")
    expect(page.locator("nav a[href^='/m/filing/']").first).to_contain_text(re.compile(r"[1-9]"))
    page.locator("nav a[href^='/m/filing/']").first.click()
    expect(page.locator("table[data-queue]")).to_be_visible()
    page.locator("form[data-search] label:has(input[name=state][value=收])").click()
    page.locator("form[data-search] button:has-text('查询')").click()
    expect(row(page, serial).locator("td[data-state=SUBMITTED]")).to_contain_text("收")
    assert axe(page) == []

    # The serial number leads to facts and files, shown in the page.
    row(page, serial).locator("a.serial").click()
    expect(page.get_by_role("heading", name="申请内容")).to_be_visible()
    expect(page.locator("main")).to_contain_text("民事一审")
    file(page, "complaint.pdf").locator("[data-view]").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator(".textLayer").first).to_contain_text("民事起诉状")
    file(page, "identity.jpg").locator("[data-picture]").click()
    picture = page.locator("img[src$='/show']")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert axe(page) == []

    # A message may be begun and cancelled, or sent.
    page.locator("textarea[name=text]").first.fill("请留意短信。")
    page.get_by_role("button", name="发送").first.click()
    site.message_with(serial, "留言")
    assert "请留意短信" in site.shown(serial)

    # The conclusion's button lights up when chosen, and works only after saving.
    dialog = open_review(page, serial)
    assert axe(page) == []
    choose(dialog, "approve")
    button = dialog.locator("[data-conclusion=approve]")
    expect(button).to_have_class(re.compile("lit"))
    expect(button).to_be_disabled()
    dialog.locator("[data-save]").click()
    expect(dialog.locator("textarea[name=opinion].is-invalid")).to_be_visible()  # what is missing is named
    expect(button).to_be_disabled()
    dialog.locator("textarea[name=opinion]").fill("符合起诉条件，予以立案。")
    dialog.locator("select[name=procedure]").select_option("ordinary")
    dialog.locator("input[name=prepaid_fee]").fill("1050.00")
    dialog.locator("[data-save]").click()
    expect(button).to_be_enabled()
    dialog.locator("textarea[name=opinion]").fill("符合起诉条件，同意立案。")
    expect(button).to_be_disabled()  # what was changed has to be saved again
    conclude(page, dialog, "approve")
    wait_until(lambda: "APPROVED" in site.shown(serial), "the approval")
    site.message_with(serial, "审查通过")
    find(page, serial)
    expect(row(page, serial).locator("td[data-state=APPROVED]")).to_contain_text("符")
    expect(row(page, serial).locator("a[data-review]")).to_have_count(0)
    expect(row(page, serial).locator("a[data-comment]")).to_have_count(1)

    # Docketing goes to the trial system; only its receipt with a case number makes it 立.
    row(page, serial).get_by_role("button", name="收案").click()
    page.locator("#ask [data-yes]").click()
    wait_until(lambda: "DOCKETED" in site.shown(serial), "the receipt")
    shown = site.shown(serial)
    number = re.search(r"案号：(（\d{4}）粤0199民初\d+号)", shown)
    assert number, shown
    site.message_with(serial, number[1])
    find(page, serial)
    expect(row(page, serial).locator("td[data-state=DOCKETED]")).to_contain_text("立")
    expect(row(page, serial)).to_contain_text(number[1])


def test_a_filing_is_returned_corrected_and_read_again(site: Site, new_page: Pages):
    serial = site.file()
    page = site.log_in(new_page, "reviewer_0199")
    dialog = open_review(page, serial)
    choose(dialog, "return_for_correction")
    dialog.locator("[data-for=return_for_correction] input[value=incomplete]").check()
    dialog.locator("input[name='corrections.0.item']").fill("起诉状")
    dialog.locator("[name='corrections.0.requirement']").fill("请在末页签名")
    dialog.locator("textarea[name=opinion]").fill("材料不全，请一次性补正。")
    conclude(page, dialog, "return_for_correction")
    wait_until(lambda: "RETURNED_FOR_CORRECTION" in site.shown(serial), "the return")
    shown = site.shown(serial)
    assert "请在末页签名" in shown
    assert "申请人" in shown
    site.message_with(serial, "补正")
    corrected = site.outside("resubmit", serial, "--files", str(site.papers))
    assert "第2次提交" in corrected
    assert serial in corrected
    find(page, serial)
    expect(row(page, serial).locator("td[data-state=SUBMITTED]")).to_contain_text("收")
    expect(row(page, serial).locator("a[data-review]")).to_have_count(1)


@pytest.mark.parametrize(
    ("decision", "fill", "state", "words"),
    [
        ("not_accept", {"ground": "insisted"}, "NOT_ACCEPTED", "不予受理"),
        ("redirect", {"redirect_ground": "arbitration"}, "REDIRECTED", "示例仲裁委员会"),
    ],
)
def test_a_filing_is_refused_or_sent_elsewhere(site: Site, new_page: Pages, decision, fill, state, words):
    serial = site.file()
    page = site.log_in(new_page, "reviewer2_0199")
    dialog = open_review(page, serial)
    choose(dialog, decision)
    own = dialog.locator(f"[data-for={decision}]")
    for name, value in fill.items():
        own.locator(f"select[name={name}]").select_option(value)
    own.locator("input[name=reasons]").first.check()
    if decision == "redirect":
        own.locator("[name=authority]").fill("示例仲裁委员会")
    dialog.locator("textarea[name=opinion]").fill("理由如下。")
    conclude(page, dialog, decision)
    wait_until(lambda: state in site.shown(serial), state)
    site.message_with(serial, words)


def test_an_applicant_takes_a_filing_back(site: Site, new_page: Pages):
    serial = site.file()
    assert "WITHDRAWN" in site.outside("withdraw", serial, "--reason", "已和解")
    page = site.log_in(new_page, "reviewer_0199")
    find(page, serial)
    expect(row(page, serial).locator("td[data-state=WITHDRAWN]")).to_contain_text("退")
    expect(row(page, serial).locator("a[data-review]")).to_have_count(0)
    # 留言 is possible in every state; cancelling sends nothing.
    row(page, serial).locator("a[data-comment]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea[name=text]").fill("不会发出")
    dialog.get_by_text("取消").click()
    page.locator("#ask [data-yes]").click()  # what was typed is not thrown away without a question
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert "不会发出" not in site.shown(serial)


def test_the_handling_judge_reviews_what_was_assigned_and_nothing_else(site: Site, new_page: Pages):
    mine, other = site.file(), site.file()
    page = site.log_in(new_page, "reviewer_0199")
    page.goto(f"/m/filing/{mine}")
    page.locator("details.assign summary").click()
    page.locator("form[action$='/assign'] select[name=handler]").select_option(index=1)
    page.locator("form[action$='/assign'] button").click()
    judge = site.log_in(new_page, "judge_0199")
    judge.goto("/m/filing/")
    expect(row(judge, mine)).to_have_count(1)
    expect(row(judge, other)).to_have_count(0)
    answer = judge.goto(f"/m/filing/{other}")
    assert answer is not None
    assert answer.status == 403
    expect(judge.locator("main")).to_contain_text("其他承办人")
    dialog = open_review(judge, mine)
    choose(dialog, "return_for_correction")
    expect(dialog.locator("fieldset[data-for=return_for_correction]")).to_be_visible()
