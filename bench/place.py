"""Where it is measured: one installation with many filings, made once with a fixed seed and kept under ``var/bench``."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
import typed_settings as ts
from attrs import frozen

from bench.bulk import Bulk
from core.records import ApplicationRow, QueueCount
from core.roles import Role
from core.settings import ROOT, Settings
from core.store.keys import first_key
from core.values import Actor
from core.web.session import SESSION_COOKIE, Signer
from core.work.clients import add_client
from core.work.courts import add_court
from core.work.house import House
from core.work.login import log_in
from core.work.migrate import migrate
from core.work.people import add_person
from core.work.switches import enable
from host import build_house
from tests.support.ports import answers, free_port, wait_until

COURTS = ("粤0199", "粤0198")
SECRET = "a-secret-of-the-benchmark-32-characters"
PASSWORD = "Fictional-Court-1"
PEOPLE = {
    "judge": (Role.HANDLING_JUDGE,),
    "reviewer": (Role.CENTRE_REVIEWER, Role.HANDLING_JUDGE),
}
ENABLED = ("filing", "appeal", "postponement", "preservation", "investigation", "contact", "suggestion")
_KEYS = "keys.json"  # inside, so that a copy of the folder is whole: nothing here is anybody's
_WHOLE = "whole.json"
"""Written last: a folder without it was not finished."""


@frozen
class Served:
    """A running ``benchside serve``."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """The first process; with several workers the one that watches over them."""
        return self.process.pid


@frozen(slots=False)
class Place:
    """An installation with ``rows`` filings: nine of ten in the first court, every module on."""

    folder: Path
    rows: int
    url: str = ""
    """Of the database; empty: SQLite in the folder."""

    @property
    def settings(self) -> Settings:
        """The settings: as they come, but for the log-ins, of which a benchmark needs many at once."""
        return Settings(
            database_url=self.url, data_dir=self.folder, keys_file=self.folder / _KEYS, secret_key=ts.SecretStr(SECRET), sessions_per_person=1000, session_idle_minutes=600,
        )  # fmt: skip

    @property
    def whole(self) -> bool:
        """Whether it is there, made to its end."""
        return (self.folder / _WHOLE).exists()

    @cached_property
    def house(self) -> House:
        """The house on it, in this process."""
        return build_house(self.settings)

    @cached_property
    def told(self) -> dict[str, object]:
        """What was noted when it was made: ``people`` (ids by name), ``token`` of the client that files."""
        held: dict[str, object] = json.loads((self.folder / _WHOLE).read_text())
        return held

    @cached_property
    def bulk(self) -> Bulk:
        """What the rows are, without asking the database."""
        return Bulk(self.house, COURTS, [self.person("judge")], self.rows)

    @property
    def token(self) -> str:
        """The token of the client that files in the first court."""
        return str(self.told["token"])

    def person(self, name: str) -> int:
        """Return the id of one of ``PEOPLE``."""
        people = self.told["people"]
        assert isinstance(people, dict)
        return int(people[name])

    def actor(self, name: str) -> Actor:
        """Return one of ``PEOPLE`` as who acts."""
        person = self.person(name)
        roles, handles = frozenset(PEOPLE[name]), frozenset({person})
        return Actor(court=COURTS[0], person=person, name=name, roles=roles, handles=handles)

    def cookie(self, name: str = "reviewer") -> str:
        """Log somebody in and return the header that says so."""
        session = log_in(self.house, name, PASSWORD, "127.0.0.1")
        return f"{SESSION_COOKIE}={Signer(SECRET.encode()).seal('session', session)}"

    def page(self, number: int) -> str:
        """Return the cursor (``after=``) of about page ``number`` of the first court's whole list, newest first."""
        place = max(0, int(self.rows - number * 20 / 0.9))
        return str(first_key(next(self.bulk.rows([place])).submitted_at))

    @contextmanager
    def serve(self, *arguments: str, **more: str) -> Iterator[Served]:
        """Run the real ``benchside serve`` on it; ``more`` are settings for its environment."""
        port = free_port()
        environment = os.environ | {
            "BENCHSIDE_DATABASE_URL": self.url, "BENCHSIDE_DATA_DIR": str(self.folder), "BENCHSIDE_KEYS_FILE": str(self.folder / _KEYS), "BENCHSIDE_SECRET_KEY": SECRET,
            "BENCHSIDE_SESSIONS_PER_PERSON": "1000", "BENCHSIDE_SESSION_IDLE_MINUTES": "600",
        } | {f"BENCHSIDE_{name.upper()}": value for name, value in more.items()}  # fmt: skip
        command = [sys.executable, str(ROOT / "host.py"), "serve", "--port", str(port), *arguments]
        with running(command, port, environment) as served:
            yield served


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Served]:
    """Run a server until it is no longer needed; it is there when its port answers."""
    with (
        tempfile.TemporaryFile() as said
    ):  # a line a request, as in a court; it is read where the start fails
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)

        def up() -> bool:
            if process.poll() is not None:
                said.seek(0)
                raise RuntimeError(
                    f"{command} ended with {process.returncode}: {said.read()[-2000:].decode()}"
                )
            return answers(port)

        try:
            wait_until(up, "the server", 60)
            yield Served(port, process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def place_of(rows: int, base: Path = ROOT / "var" / "bench", said: Callable[[str], None] = print, url: str = "") -> Place:  # fmt: skip
    """Return the installation with ``rows`` filings, making it where it is not there yet, at the newest schema."""
    place = Place(base / str(rows), rows, url)
    if place.whole:
        migrate(place.house.store, place.house.modules)
        return place
    said(f"making {rows:,} filings in {place.folder} (once)")
    shutil.rmtree(place.folder, ignore_errors=True)
    fill(place)
    return place


def fill(place: Place) -> None:
    """Make the courts, the people and the rows."""
    house = place.house
    migrate(house.store, house.modules)
    for code in COURTS:
        add_court(house, code, f"示例法院{code}", f"Fictional Court {code}", "12368")
    operator = Actor(court=COURTS[0], name="operator")
    for name in ENABLED:
        enable(house, operator, name)
    people = {
        name: add_person(house, operator, name, name, PASSWORD, roles) for name, roles in PEOPLE.items()
    }
    token = add_client(house, "bench", COURTS)
    bulk = Bulk(house, COURTS, [people["judge"]], place.rows)
    bulk.insert()
    house.store.write(count_anew)
    bulk.analyze()
    (place.folder / _WHOLE).write_text(json.dumps({"people": people, "token": token}))


def count_anew(connection: sa.Connection) -> None:
    """Write the counts of the queues as the system would have kept them: of the court (0) and of each handler."""
    row = ApplicationRow
    group = (row.court_code, row.module, row.kind, row.state)
    whole = sa.select(*group, sa.literal(0), sa.func.count()).group_by(*group)
    own = (
        sa.select(*group, row.handler_id, sa.func.count())
        .where(row.handler_id.is_not(None))
        .group_by(*group, row.handler_id)
    )
    names = ["court_code", "module", "kind", "state", "handler_id", "count"]
    connection.execute(sa.delete(QueueCount))
    for counted in (whole, own):
        connection.execute(sa.insert(QueueCount).from_select(names, counted))
