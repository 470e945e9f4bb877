"""Looks at pages in a real browser without a server: they are handed to it as they were answered."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attrs import define, field

from core.testing.browsing import Reply
from core.testing.chromium import CURE, axe_file, launched, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ORIGIN = "http://court.invalid"
_LEFT = ("content-length", "set-cookie")
Ask = Callable[[str], Reply]


@define(eq=False, slots=False)
class Eyes:
    """One Chromium for all, started when first needed, in a thread of its own: a test may have Playwright's loop in its."""

    _thread: ThreadPoolExecutor = field(factory=lambda: ThreadPoolExecutor(1, "chromium"))
    _open: ExitStack = field(factory=ExitStack)
    _page: Any = None
    _lacking: str | None = None
    _ask: Ask | None = None
    _shown: tuple[str, Reply] = ("", Reply(0, {}, b""))
    _files: dict[str, Reply] = field(factory=dict)

    def lacking(self) -> str:
        """Return what is not here and how to get it, in a sentence; empty where the browser has started."""
        if self._lacking is None:
            self._lacking = self._thread.submit(self._start).result()
        return self._lacking

    def found(self, pages: Iterable[tuple[str, Reply]], ask: Ask) -> list[list[dict[str, Any]]]:
        """Return what axe finds on each of ``pages`` (address, answer); what they load is got by ``ask``."""
        assert not self.lacking()
        return self._thread.submit(self._look, list(pages), ask).result()

    def close(self) -> None:
        """End the browser."""
        self._thread.submit(self._open.close).result()
        self._thread.shutdown()

    def _start(self) -> str:
        if axe_file() is None:
            return f"axe-core is not here: {CURE}"
        try:
            browser = self._open.enter_context(launched())
        except Exception as error:  # noqa: BLE001 - whatever keeps a browser from starting, the other checks go on
            told = str(error).strip().partition("\n")[0]
            return f"no browser started ({told}): {CURE}"
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}, service_workers="block")  # fmt: skip
        self._page = context.new_page()
        self._page.route("**/*", self._serve)
        return ""

    def _look(self, pages: list[tuple[str, Reply]], ask: Ask) -> list[list[dict[str, Any]]]:
        page: Page = self._page
        self._ask, found = ask, []
        self._files.clear()
        for path, reply in pages:
            self._shown = path, reply
            page.goto(ORIGIN + path)
            found.append(violations(page))
        return found

    def _serve(self, route: "Route") -> None:
        if not route.request.url.startswith(f"{ORIGIN}/"):
            route.abort()
            return
        parts = urlsplit(route.request.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        shown, reply = self._shown
        if path != shown:
            assert self._ask is not None
            if path not in self._files:
                self._files[path] = self._ask(path)
            reply = self._files[path]
        headers = {name: value for name, value in reply.headers.items() if name not in _LEFT}
        route.fulfill(status=reply.status, headers=headers, body=reply.body)
