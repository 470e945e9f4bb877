"""The pages as a judge meets them: dialogs, keys, the viewer, both languages, and no serious accessibility finding."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.acting import DIGEST
from tests.support.browser import Pages as Opener
from tests.support.houses import PASSWORD
from tests.web.pages import Pages

pytestmark = pytest.mark.browser
Axe = Callable[..., list[dict[str, Any]]]


def log_in(page: Page, name: str) -> Page:
    page.goto("/login")
    page.fill("#username", name)
    page.fill("#password", PASSWORD)
    page.click("button.btn-primary")
    expect(page.locator("main h1")).to_be_visible()
    return page


def test_the_review_dialog(pages: Pages, live: str, new_page: Opener) -> None:
    """① choose, ② write, ③ save, ④ press: the button lights up at once and works once the opinion is saved."""
    serial_no = pages.file()
    page = log_in(new_page(base_url=live), "judge")
    page.goto("/m/mediation/")
    page.locator(f'tr[data-serial="{serial_no}"]').get_by_text("审查", exact=True).click()
    dialog = page.locator("#dialog")
    button = dialog.locator("[data-conclusion=return]")
    expect(dialog).to_be_visible()
    dialog.locator(".choice", has_text="退回").click()
    expect(button).to_have_class("btn btn-sm conclusion lit")
    expect(button).to_be_disabled()
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.get_by_text("请填写审查意见及理由。")).to_be_visible()
    dialog.locator("#opinion").fill("材料不齐。")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.get_by_text("已保存")).to_be_visible()
    expect(button).to_be_enabled()
    dialog.locator("#opinion").fill("材料不齐，请补。")
    expect(button).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator("#ask")).to_contain_text("有未保存的内容")
    page.locator("#ask").get_by_role("button", name="返回").click()
    dialog.get_by_role("button", name="保存").click()
    expect(button).to_be_enabled()
    button.click()
    page.locator("#ask").get_by_role("button", name="确定").click()
    expect(dialog.get_by_text("已办理")).to_be_visible()
    dialog.get_by_role("button", name="关闭").click()
    expect(page.locator(f'tr[data-serial="{serial_no}"] td[data-state]')).to_have_attribute(
        "data-state", "RETURNED"
    )


def test_keys_and_the_message_dialog(pages: Pages, live: str, new_page: Opener) -> None:
    """J and k choose a row, Enter opens it, m writes a message, ? explains, / searches."""
    pages.file("甲某某")
    pages.fixture.clock.move(seconds=1)
    newest = pages.file("乙某某")
    page = log_in(new_page(base_url=live), "judge")
    page.goto("/m/mediation/")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.press("Escape")
    for key in "jjk":
        page.keyboard.press(key)
    page.keyboard.press("m")
    page.locator("#text").fill("请补充证据。")
    page.locator("#dialog").get_by_role("button", name="发送").click()
    expect(page.locator("#dialog")).to_contain_text("留言已发送")
    expect(page.locator("#dialog").get_by_role("button", name="关闭")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text(newest)
    expect(page.locator("#messages")).to_contain_text("请补充证据。")


@pytest.mark.parametrize(
    ("left", "told"), [(lambda whole: whole[:60].ljust(len(whole), b"\0"), "文件已损坏"), (lambda whole: whole[:60], "找不到这份材料")]
)  # fmt: skip
def test_a_damaged_pdf_is_told_as_such(
    pages: Pages, live: str, new_page: Opener, left: Callable[[bytes], bytes], told: str
) -> None:
    """One that was damaged where it lies, since no other is taken: the viewer says what is the matter and never just spins."""
    serial_no = pages.file()
    held = pages.house.blobs.path(DIGEST)
    held.chmod(0o600)
    held.write_bytes(left(held.read_bytes()))
    page = log_in(new_page(base_url=live), "judge")
    page.goto(f"/m/mediation/{serial_no}")
    page.locator("[data-view]").first.click()
    expect(page.frame_locator("[data-viewer] iframe").locator("#told")).to_contain_text(told)


def test_no_serious_accessibility_finding(pages: Pages, live: str, new_page: Opener, axe: Axe) -> None:
    """On every kind of page, in both languages."""
    serial_no = pages.file()
    page = new_page(base_url=live)
    page.goto("/login")
    assert axe(page) == []
    log_in(page, "judge")
    addresses = ["/", "/m/mediation/", f"/m/mediation/{serial_no}", f"/m/mediation/{serial_no}/review", f"/m/mediation/{serial_no}/comment", "/nothing"]  # fmt: skip
    for language in ("zh", "en"):
        for address in addresses:
            page.goto(address)
            assert axe(page) == [], (language, address)
        page.locator("button[name=language]").click()


def test_without_scripts_the_review_still_works(pages: Pages, live: str, new_page: Opener) -> None:
    """Page by page, by plain links and forms."""
    serial_no = pages.file()
    page = log_in(new_page(base_url=live, java_script_enabled=False), "judge")
    page.goto("/m/mediation/")
    page.locator(f'tr[data-serial="{serial_no}"]').get_by_text("审查", exact=True).click()
    page.locator("input[name=decision][value=accept]").check(force=True)
    page.get_by_role("button", name="保存").click()
    page.locator("[data-conclusion=accept]").click()
    expect(page.locator("[data-state=ACCEPTED]")).to_be_visible()
