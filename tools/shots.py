"""Screenshots of every page, in both languages, on an office screen and a large one: var/shots, and docs/queue.png.

Starts a demo of its own on a free port and ends it afterwards.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support import browser as browsers  # noqa: E402 - found by the line above
from tests.support.ports import free_port  # noqa: E402

DATA, SHOTS, KEPT = ROOT / "var" / "shots-demo", ROOT / "var" / "shots", ROOT / "docs" / "queue.png"
SIZES = ((1366, 768), (1920, 1080))
QUEUE = "/m/filing/"
ITEM = f"{QUEUE}?state=SUBMITTED"
SERVICES = ("appeal", "postponement", "preservation", "investigation", "contact", "suggestion")
"""Each with its queue, its newest request and that request's dialogs, as the judge sees them."""
PAGES: dict[str, tuple[str, ...]] = {
    "REVIEWER": ("/", QUEUE, f"{QUEUE}?view=docketing", "/reminders/", "/search?q=纠纷", "/nothing"),
    "JUDGE": ("/", QUEUE, "/cases/", *(f"/m/{name}/" for name in SERVICES), "/m/contact/calendar"),
    "SUPERVISOR": ("/", "/m/suggestion/"),
    "SYSADMIN": (
        "/",
        "/admin/modules",
        "/admin/settings",
        "/admin/notices",
        "/admin/jobs",
        "/admin/clients",
        "/admin/deliveries",
        "/admin/trace",
    ),
    "SECADMIN": ("/admin/people", "/admin/permissions"),
    "AUDITADMIN": ("/admin/audit",),
}
"""By the first word of the demo's user names: what that person looks at."""


def main() -> None:
    port = free_port()
    command = [sys.executable, str(ROOT / "host.py"), "demo", "--port", str(port), "--data", str(DATA)]
    traced = os.environ | {"BENCHSIDE_TRACE": "1"}
    demo = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, env=traced)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, demo)
        SHOTS.mkdir(parents=True, exist_ok=True)
        with browsers.launched() as browser:
            for size in SIZES:
                for language in ("zh", "en"):
                    shoot(browsers.Pages(browser), address, size, language)
    finally:
        demo.terminate()
        demo.wait(20)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_bytes((SHOTS / "zh-1366-reviewer-m-filing.png").read_bytes())
    print(f"{len(list(SHOTS.glob('*.png')))} screenshots in {SHOTS.relative_to(ROOT)}")


def wait_for(address: str, demo: "subprocess.Popen[bytes]") -> None:
    """Return when the demo answers; the first start prepares its data, which takes a while."""
    until = time.monotonic() + 300
    while time.monotonic() < until and demo.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310 - our own address
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("the demo did not start")


def shoot(pages: browsers.Pages, address: str, size: tuple[int, int], language: str) -> None:
    accounts = json.loads((DATA / "demo.json").read_text(encoding="utf-8"))["accounts"]
    stem = f"{language}-{size[0]}"
    for who, paths in PAGES.items():
        account = next(one for one in accounts if one["username"].upper().startswith(who))
        page = pages(base_url=address, viewport=size, timeout=20)
        log_in(page, account, language, SHOTS / f"{stem}-login.png")
        for path in paths:
            page.goto(path)
            page.screenshot(path=SHOTS / f"{stem}-{who.lower()}-{name_of(path)}.png")
        if who == "REVIEWER":
            one_request(page, f"{stem}-{who.lower()}")
        if who == "JUDGE":
            for name in SERVICES:
                one_service(page, name, f"{stem}-{name}")
    pages.close()


def one_request(page: Any, stem: str) -> None:
    """The request itself, its papers, and the dialogs."""
    page.goto(ITEM)
    page.goto(page.locator("a.serial").first.get_attribute("href"))
    page.screenshot(path=SHOTS / f"{stem}-request.png", full_page=True)
    page.locator("[data-view]").first.click()
    page.frame_locator("[data-viewer] iframe").locator(".page canvas").first.wait_for()
    page.screenshot(path=SHOTS / f"{stem}-paper.png")
    for mark in ("review", "comment"):
        page.locator(f"[data-{mark}]").first.click()
        page.locator("#dialog[open]").wait_for()
        if mark == "review":
            page.locator("#dialog .choice").nth(1).click()
        page.screenshot(path=SHOTS / f"{stem}-{mark}.png")
        page.reload()


def one_service(page: Any, name: str, stem: str) -> None:
    """The newest request that waits, and every form that it offers; then one that is done, with its whole story."""
    for state, mark in (("waiting", "order=due"), ("done", "order=oldest")):
        page.goto(f"/m/{name}/?clear=1")
        page.goto(f"/m/{name}/?{mark}")
        first = page.locator("a.serial").first
        if not first.count():
            continue
        page.goto(first.get_attribute("href"))
        page.screenshot(path=SHOTS / f"{stem}-{state}.png", full_page=True)
        if state == "waiting":
            forms = page.locator("a[data-review], a[hx-get*='/decide?decision=']")
            for place in range(forms.count()):
                forms.nth(place).click()
                page.locator("#dialog[open]").wait_for()
                if page.locator("#dialog .choice").count():
                    page.locator("#dialog .choice").first.click()
                page.screenshot(path=SHOTS / f"{stem}-form-{place}.png")
                page.reload()


def log_in(page: Any, account: dict[str, str], language: str, shot: Path) -> None:
    page.goto("/login")
    if language == "en":
        page.locator("button[name=language]").click()
        page.locator("html[lang=en]").wait_for()
        page.goto("/login")
    page.screenshot(path=shot)
    page.fill("#username", account["username"])
    page.fill("#password", account["password"])
    page.locator("main button.btn-primary").click()
    page.locator("nav.side").wait_for()


def name_of(path: str) -> str:
    return (
        "-".join(part for part in path.partition("?")[0].split("/") if part)
        + ("-" + path.partition("=")[2] if "view=" in path else "")
        or "desk"
    )


if __name__ == "__main__":
    main()
