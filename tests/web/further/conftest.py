"""A court with three test modules on, its pages as an application, and a browser for each person."""

import hashlib
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.fields.example import example_of
from core.records import Audit, CaseAgent, CaseParty, CaseRow
from core.records.base import METADATA
from core.records.models import forget_tables
from core.store.blobs import Blobs
from core.store.engine import Store
from core.web.app import web_application
from core.work import files, login, people
from core.work.registers import Registers
from core.work.submit import submit
from core.work.times import court_day
from tests.support.acting import PDF, hash_once, load
from tests.support.houses import COURT, ROOT, TEST_MODULES, Clock, Fixture, make_house
from tests.web.further.asking import Browser

WISH = '''
"""A request type for the tests of the pages: settings of every sort, a state in the centre's queue."""

from core import Access, Decision, Module, RequestType, Role, Sight, State, request_fields, text, whole


@request_fields
class Wish:
    wish: str = text("愿望", "Wish", column=True, search=True)


@request_fields
class WishSettings:
    address: str | None = text("接口地址", "Address")
    token: str | None = text("接口令牌", "Token", secret=True)
    seconds: int = whole("超时（秒）", "Time-out", minimum=1, maximum=30, default=10)


CENTRE = {role: Access(Sight.COURT, review=True, comment=True) for role in (Role.CENTRE_REVIEWER, Role.SUPERVISOR)}
wish = RequestType(
    kind="wish", title=("许愿", "Wishing"), fields=Wish, access=CENTRE, case="optional",
    states=[State("SUBMITTED", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "SUBMITTED", "DONE", direct=True)],
)
module = Module("wish", ("许愿", "Wishing"), version="1.2", requests=[wish], settings=WishSettings)
'''
MORE = {
    "broken": "raise RuntimeError('it does not start')\n",
    "needing": 'from core import Module\nmodule = Module("needing", ("依赖者", "Needing"), version="1.0", requires="wish")\n',
    "guarded": 'from core import Module\nmodule = Module("guarded", ("受限者", "Guarded"), version="1.0", restricted=True)\n',
}


class Court:
    """The court of one test."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.house = fixture.house
        self.application = web_application(fixture.house)
        self.number = 0

    def browser(self, username: str) -> Browser:
        """Return the browser of somebody who has logged in."""
        return Browser(self.application).log_in(username)

    def file(self, kind: str = "wish", case: str = "", name: str = "甲某某", **fields: Any) -> str:
        """File a request and return its serial number."""
        self.number += 1
        flow = self.house.modules.flow(kind)
        with self.house.store.read() as connection:
            made = example_of(flow.fields, Registers(connection, COURT, court_day(self.fixture.clock())))
        digest = "" if not flow.attachments else self._upload()
        body: dict[str, Any] = {
            "kind": kind, "submission_id": f"page-{self.number}", "submitter": {"role": "party", "name": name, "phone": "19900000001"},
            "fields": made | fields,
            "attachments": [{"sha256": digest, "name": f"{one.category}.pdf", "category": one.category} for one in flow.attachments],
        }  # fmt: skip
        if case:
            body["case_number"] = case
        return submit(self.house, self.fixture.outside, self.fixture.client, body).serial_no

    def _upload(self) -> str:
        digest = hashlib.sha256(PDF).hexdigest()
        files.put_file(self.house, self.fixture.outside, self.fixture.client, digest, io.BytesIO(PDF))
        return digest

    def case(
        self, sequence: int = 1, *, handler: str = "judge", court: str = COURT, sealed: bool = False
    ) -> str:
        """Enter a case and return its number."""
        number = f"（2026）{court}民初{sequence}号"

        def work(connection: sa.Connection) -> None:
            key = connection.execute(
                sa.insert(CaseRow)
                .values(
                    court_code=court, case_number=number, year=2026, court_prefix=court, case_type="民初", sequence=sequence,
                    cause="买卖合同纠纷", title="甲某某诉乙某某", handler_id=self.fixture.people[handler],
                    docketed_on=date(2026, 3, 2), sealed=sealed,
                )
                .returning(CaseRow.id)
            ).scalar_one()  # fmt: skip
            connection.execute(
                sa.insert(CaseParty).values(case_id=key, court_code=court, standing="原告", name="甲某某")
            )
            connection.execute(
                sa.insert(CaseAgent).values(case_id=key, court_code=court, party_name="甲某某", name="丙某某")
            )

        self.house.store.write(work)
        return number

    def audited(self, action: str) -> list[Any]:
        """Return the audit entries of an action."""
        with self.house.store.read() as connection:
            return list(connection.execute(sa.select(Audit.__table__).where(Audit.action == action)))

    def rows(self, table: Any, *where: Any) -> list[Any]:
        """Return rows of a table."""
        with self.house.store.read() as connection:
            return list(connection.execute(sa.select(table.__table__).where(*where)))


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fixture, Path]:
    """A court with ``wish`` and ``mediation`` on, founded once; each test gets a copy of its database.

    Beside them are found: a module that fails, one that needs another, one that is restricted.
    """
    folder = tmp_path_factory.mktemp("founded")
    for name, code in {"wish": WISH, **MORE}.items():
        (folder / "modules" / name).mkdir(parents=True)
        (folder / "modules" / name / "__init__.py").write_text(code.lstrip(), encoding="utf-8")
    ours = TEST_MODULES / "mediation"
    shutil.copytree(ours, folder / "modules" / "mediation", ignore=shutil.ignore_patterns("__pycache__"))
    load(
        ROOT / "plugins"
    )  # the tables of the repository's own modules outlive a test: Python imports them once
    modules, tables = set(sys.modules), set(METADATA.tables)
    database = folder / "founded.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hash_password", hash_once)
        fixture = make_house(
            f"sqlite:///{database}", folder, ["wish", "mediation"], folders=[folder / "modules"], assets_dir=ROOT / "var" / "assets"
        )  # fmt: skip
    fixture.house.store.close()
    # What was loaded works on; nobody who loads modules of these names later finds anything of it.
    forget_tables([table for name, table in METADATA.tables.items() if name not in tables])
    for name in set(sys.modules) - modules:
        if name.startswith("benchside_drop_in_"):
            del sys.modules[name]
    return fixture, database


@pytest.fixture
def court(founded: tuple[Fixture, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Court]:
    """A court with ``wish`` and ``mediation`` on."""
    monkeypatch.setattr(people, "hash_password", hash_once)
    monkeypatch.setattr(login, "_matches", lambda held, password: held == hash_once(password))
    fixture, database = founded
    shutil.copyfile(database, tmp_path / "pages.sqlite3")
    clock = Clock()
    store = Store(f"sqlite:///{tmp_path / 'pages.sqlite3'}")
    house = evolve(fixture.house, store=store, blobs=Blobs(tmp_path / "files"), clock=clock)
    yield Court(evolve(fixture, house=house, clock=clock))
    store.close()


@pytest.fixture
def ask(court: Court) -> Callable[[str], Browser]:
    """Give the browser of a person who has logged in."""
    return court.browser
