"""A court with mediation on, and its pages; nobody hashes a password twice."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cheroot import wsgi

from core.records.base import METADATA
from core.records.models import forget_tables
from core.work import people
from tests.support.acting import hash_once, load
from tests.support.houses import ROOT, TEST_MODULES, make_house
from tests.web.pages import Pages


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a court with mediation on."""
    monkeypatch.setattr(people, "hash_password", hash_once)
    load(
        ROOT / "plugins"
    )  # the tables of the repository's own modules outlive a test: Python imports them once
    modules, tables = set(sys.modules), set(METADATA.tables)
    fixture = make_house(
        f"sqlite:///{tmp_path / 'pages.db'}", tmp_path, ["mediation"], folders=[TEST_MODULES], assets_dir=ROOT / "var" / "assets"
    )  # fmt: skip
    yield Pages(fixture)
    fixture.house.store.close()
    for name in set(sys.modules) - modules:
        if name.startswith("benchside_drop_in_"):
            del sys.modules[name]
    forget_tables([table for name, table in METADATA.tables.items() if name not in tables])


@pytest.fixture
def live(pages: Pages) -> Iterator[str]:
    """The same pages behind a server, for a browser."""
    server = wsgi.Server(("127.0.0.1", 0), pages.application, numthreads=4)
    server.prepare()
    running = threading.Thread(target=server.serve, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}"
    server.stop()
    running.join(5)
