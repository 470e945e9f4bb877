"""A judge looks at a paper before issuing it, issues it, and reads it, in a real browser."""

import threading
from collections.abc import Iterator

import pytest
from cheroot import wsgi
from playwright.sync_api import expect

from core.records import PaperRow
from core.web.app import web_application
from tests.papers.test_issuing import MODULES, ask, issued, rows
from tests.support.browser import Pages as Opener
from tests.support.houses import PASSWORD, ROOT, TEST_MODULES, Fixture, make_house

pytestmark = pytest.mark.browser


@pytest.fixture
def house(tmp_path) -> Iterator[Fixture]:
    made = make_house(
        f"sqlite:///{tmp_path / 'pages.db'}", tmp_path, ["permit"], folders=[TEST_MODULES, *MODULES],
        assets_dir=ROOT / "var" / "assets",
    )  # fmt: skip
    yield made
    made.house.store.close()


@pytest.fixture
def live(house) -> Iterator[str]:
    server = wsgi.Server(("127.0.0.1", 0), web_application(house.house), numthreads=4)
    server.prepare()
    running = threading.Thread(target=server.serve, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}"
    server.stop()
    running.join(5)


def test_a_paper_is_previewed_issued_read_and_verified(house, live: str, new_page: Opener, axe) -> None:
    serial_no = ask(house)
    page = new_page(base_url=live)
    page.goto("/login")
    page.fill("#username", "reviewer")
    page.fill("#password", PASSWORD)
    page.click("button.btn-primary")
    page.goto(f"/m/permit/{serial_no}")
    expect(page.locator("#papers li")).to_have_count(1)
    page.locator("a[data-review]").click()
    dialog = page.locator("#dialog")
    dialog.locator("label:has(input[value=grant])").click()
    dialog.locator("#opinion").fill("同意签发。")
    preview = dialog.get_by_role("button", name="预览文书：许可令", exact=True)
    preview.click()
    frame = page.frame_locator("iframe[name=paper-preview]")
    expect(frame.get_by_role("heading", name="现在还不能预览")).to_be_visible()
    dialog.locator("input[name=valid_until]").fill("2026-12-10")
    preview.click()
    expect(frame.locator(".textLayer").first).to_contain_text("同意签发。")
    assert rows(house, PaperRow, PaperRow.code == "permit") == []
    assert axe(page) == []
    dialog.get_by_role("button", name="保存").click()
    dialog.locator("[data-conclusion=grant]").click()
    page.locator("#ask [data-yes]").click()
    expect(dialog.get_by_text("已办理")).to_be_visible()
    page.goto(f"/m/permit/{serial_no}")
    expect(page.locator("#papers li")).to_have_count(3)
    page.locator("#papers li[data-paper=permit]").get_by_role("button", name="查看").click()
    viewer = page.frame_locator("[data-viewer-place] iframe")
    expect(viewer.locator(".textLayer").first).to_contain_text("（2026）粤0199许令1号")
    assert axe(page) == []
    stranger = new_page(base_url=live, locale="en")
    stranger.goto(f"/verify/{issued(house, serial_no)['permit'].verification}?lang=en")
    expect(stranger.locator("[data-standing=valid]")).to_contain_text("（2026）粤0199许令1号")
    assert axe(stranger) == []
