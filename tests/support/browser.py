"""Pages in a real browser, for tests that watch what they do."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from core.testing.chromium import launched, violations

HERE = {"127.0.0.1", "localhost", "::1"}
SERIOUS = {"serious", "critical"}
__all__ = ["Browser", "Page", "Pages", "axe", "launched"]


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
    """Return the serious and critical accessibility violations of a page, each with the elements it was found on."""
    return [
        {name: one[name] for name in ("id", "impact", "help")}
        | {"nodes": [node["html"] for node in one["nodes"]]}
        for one in violations(page, within)
        if one["impact"] in SERIOUS
    ]
