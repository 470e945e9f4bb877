"""The demo's court without a past, served whole — pages, API, worker, SMS gateway — and the example client beside it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typed_settings as ts
from attrs import frozen

from core.loader import find_modules, load_modules
from core.settings import ROOT, Settings
from core.web.server import Server
from core.work.house import House
from demo import prepare, stop_gateway
from host import build_house
from tests.support.browser import Page, Pages
from tests.support.ports import wait_until

COURT = "粤0199"


@frozen
class Site:
    """A served court, and those outside and inside it."""

    house: House
    folder: Path
    url: str
    papers: Path

    def account(self, username: str) -> dict[str, Any]:
        told = json.loads((self.folder / "demo.json").read_text(encoding="utf-8"))
        return next(one for one in told["accounts"] if one["username"] == username)

    def log_in(self, pages: Pages, username: str, **how: Any) -> Page:
        """Return a page on which this person has logged in by the form."""
        page = pages(base_url=self.url, **how)
        page.goto("/login")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", self.account(username)["password"])
        page.click("main button[type=submit], main button.btn-primary")
        page.wait_for_url("**/")
        return page

    def outside(self, *arguments: str) -> str:
        """Run the example client and return what it printed; it knows nothing of the project."""
        done = subprocess.run(
            [
                sys.executable, "-P", str(ROOT / "examples" / "outside_client.py"), "--demo",
                str(self.folder / "demo.json"), "--court", COURT, *arguments,
            ],
            capture_output=True, encoding="utf-8", timeout=120, check=False, cwd=self.folder,
            env={**{k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def file(self, *arguments: str) -> str:
        """File a request from outside and return its serial number."""
        told = self.outside("file", "--files", str(self.papers), *arguments)
        return told.split("流水号 ")[1].split("，")[0]

    def shown(self, serial_no: str) -> str:
        """Return what the applicant's side shows."""
        return self.outside("show", serial_no)

    def messages(self, serial_no: str) -> list[str]:
        """Return the 12368 messages about a request that really reached the gateway."""
        taken = self.folder / "sms.jsonl"
        lines = taken.read_text(encoding="utf-8").splitlines() if taken.exists() else []
        return [one["content"] for one in map(json.loads, lines) if one["biz_id"] == serial_no]

    def message_with(self, serial_no: str, words: str) -> None:
        """Wait until a message with these words has left."""
        wait_until(
            lambda: any(words in one for one in self.messages(serial_no)), f"a message with {words}", 20
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    settings = Settings(
        data_dir=folder, secret_key=ts.SecretStr("a-secret-for-tests-of-32-characters"), delivery_seconds=0.1,
        sessions_per_person=20,
    )  # fmt: skip
    house = build_house(settings, load_modules(find_modules([ROOT / "plugins"])))
    server = Server(house, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.prepare()}"
    prepare(house, folder, url, filings=0)
    serving = threading.Thread(target=server.run)
    serving.start()
    papers = folder / "papers"
    subprocess.run(
        [sys.executable, ROOT / "examples" / "make_files.py", papers, "--megabytes", "20"],
        check=True,
        capture_output=True,
    )
    yield Site(house, folder, url, papers)
    server.stop()
    serving.join(30)
    stop_gateway(folder)
    house.store.close()
