"""What an operator must be able to rely on with strangers' modules, each as one short story through the public doors.

Purge and install again, and folder against package, are in ``tests/authors``; what every module of the repository owes
in the same way is asked by the conformance suite.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve, field, frozen
from click.testing import CliRunner

from core.cli import commands
from core.gate import enabled
from core.loader import find_modules, load_modules
from core.records import ApplicationRow, CaseRow, Court, ModuleSwitch
from core.testing.outside import Outside
from core.web.server import whole_application
from core.work import login, people
from core.work.deliver import deliver_due
from core.work.house import House, open_house
from core.work.jobs import Jobs
from core.work.migrate import pending
from core.work.switches import disable, enable
from tests.support.acting import file_one, hash_once, module_code, write_module
from tests.support.houses import COURT, OPERATOR, OTHER, ROOT, Clock, Fixture, make_house
from tests.web.further.asking import Browser, row

HALL = """
@core.hookimpl
def menu(court):
    return [core.MenuItem(core.Label("大厅", "Hall"), "/m/hall/more", 500, "hall")]

@core.hookimpl
def pages():
    return [core.Page("more", core.Label("大厅更多", "More of the hall"), lambda visit: "<p>hall</p>")]

@core.hookimpl
def jobs():
    import datetime
    return [core.Job("count", ("计数", "Count"), lambda place: None, every=datetime.timedelta(minutes=5))]

@core.hookimpl
def routes():
    return [core.ApiRoute("GET", "seats", ("座位", "Seats"), lambda request: {"seats": 3})]
"""
CHANNEL = """
import core
module = core.Module("wire", ("电报", "Wire"), version="1.0")
SENT = []

@core.hookimpl
def notify(notice):
    SENT.append(notice.court)
    return core.Receipt(done=True)
"""
MODELS = """
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
Base = core.plugin_base()

class Thing(Base):
    __tablename__ = "{name}_thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    {line}
"""
BAD = {
    "x_syntax": ("def broken(:\n", "syntax error in __init__.py, line 1"),
    "x_exit": ("import sys\nsys.exit(3)\n", "tried to end the process"),
    "x_relation": (module_code("x_relation", MODELS.format(name="x_relation", line='other = relationship("Nobody")')), "Nobody"),
    "x_key": (
        module_code("x_key", MODELS.format(name="x_key", line='other: Mapped[int] = mapped_column(sa.ForeignKey("nothing.id"))')),
        "nothing",
    ),
    "x_typo": (module_code("x_typo", "@core.hookimpl\ndef list_qeue(query): ...\n"), "list_qeue"),
    "x_argument": (module_code("x_argument", "@core.hookimpl\ndef menu(court, moon): ...\n"), "moon"),
    "x_stamp": (module_code("x_stamp", permissions='core.Permission("hall.stamp", ("盖章", "Stamp"))'), "permission hall.stamp"),
    "x_prefix": (module_code("x_prefix").replace('prefix="xx"', 'prefix="hl"'), "serial prefix HL"),
    "x_newer": (module_code("x_newer", host='">=99"'), "made for Benchside >=99"),
}  # fmt: skip
STAMP = 'core.Permission("hall.stamp", ("盖章", "Stamp"))'


@frozen
class Site:
    """A house with modules of strangers in a folder; every call of ``worker()`` is another process's application."""

    fixture: Fixture
    folder: Path
    workers: list[House] = field(factory=list)

    def worker(self) -> House:
        """Load the modules anew, as another process does, and return its house."""
        loaded = load_modules(find_modules([self.folder / "drop", ROOT / "plugins"]))
        self.workers.append(evolve(open_house(self.fixture.house.settings, loaded), clock=self.fixture.clock))
        return self.workers[-1]

    def browser(self, name: str, house: Any = None) -> Browser:
        """Return somebody's browser at a house."""
        return Browser(whole_application(house or self.fixture.house)).log_in(name)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clean_loading: None) -> Iterator[Any]:
    """Give ``build(url, on, **modules)``: a site with these modules in its folder, those of ``on`` switched on."""
    monkeypatch.setattr(people, "hash_password", hash_once)
    monkeypatch.setattr(login, "_matches", lambda held, password: held == hash_once(password))
    made: list[Site] = []

    def new(url: str, on: list[str], **modules: str) -> Site:
        for name, code in modules.items():
            write_module(tmp_path / "drop", name, code)
        fixture = make_house(url, tmp_path / "data", on, folders=[tmp_path / "drop"], clock=Clock(), sessions_per_person=20, plugins_dir=tmp_path / "drop")  # fmt: skip
        made.append(Site(fixture, tmp_path))
        return made[-1]

    yield new
    for site in made:
        for house in (*site.workers, site.fixture.house):
            house.store.close()


def test_1_off_in_one_court_and_on_in_another_all_follows_at_once_in_every_worker(build, database_url):
    hall = module_code("hall", HALL).replace(", direct=True", "")  # so that there is a page of the review
    site = build(database_url, ["hall", "wire"], hall=hall, wire=CHANNEL)
    house, second = site.fixture.house, site.worker()
    other = evolve(OPERATOR, court=OTHER)
    for name in ("hall", "wire"):
        enable(house, other, name)
    serials = {
        court: file_one(site.fixture, "hall", place, court=court).serial_no
        for place, court in enumerate((COURT, OTHER))
    }
    doors = [
        (site.browser("reviewer", one), site.browser("other_reviewer", one), one) for one in (house, second)
    ]
    waiting = {COURT: file_one(site.fixture, "hall", "later").serial_no}

    def seen(browser: Browser, serial: str) -> tuple[bool, ...]:
        queue, detail = browser.get("/m/hall/"), browser.get(f"/m/hall/{serial}")
        review, own = browser.get(f"/m/hall/{serial}/review"), browser.get("/m/hall/more")
        menu = "/m/hall/more" in browser.get("/").text
        return (
            serial in queue.text,
            detail.status == 200,
            review.status in (200, 303),
            own.status == 200,
            menu,
        )

    def called(one: Any, court: str, serial: str) -> tuple[bool, ...]:
        api = Outside(one, site.fixture.token, court)
        kinds = [kind["kind"] for kind in api.get("kinds").body["kinds"]]
        document = api.get("/api/v1/openapi.json")
        assert document.status == 200
        return (
            "hall" in kinds,
            api.get(f"applications/{serial}").status == 200,
            api.get("m/hall/seats").status == 200,
        )

    for mine, others, one in doors:
        assert all(seen(mine, serials[COURT])), seen(mine, serials[COURT])
        assert all(called(one, COURT, serials[COURT]))
        assert all(seen(others, serials[OTHER]))
    assert {due.court for due in Jobs(second).due()} == {COURT, OTHER}
    disable(house, OPERATOR, "hall")
    for mine, others, one in doors:
        assert not any(seen(mine, serials[COURT])), seen(mine, serials[COURT])
        assert not any(called(one, COURT, serials[COURT]))
        assert all(seen(others, serials[OTHER]))
        assert all(called(one, OTHER, serials[OTHER]))
        assert {due.court for due in Jobs(one).due()} == {OTHER}
    for one in (house, second):
        deliver_due(one)
    sent = [court for one in (house, second) for court in one.modules.ready["wire"].plugin.SENT]
    assert set(sent) == {OTHER}
    enable(house, OPERATOR, "hall")
    assert waiting[COURT] in doors[1][0].get("/m/hall/").text
    site.fixture.clock.now += timedelta(hours=1)
    deliver_due(second)
    sent = [court for one in (house, second) for court in one.modules.ready["wire"].plugin.SENT]
    assert sent.count(COURT) == 2


def test_2_whatever_is_wrong_with_modules_the_host_starts_names_each_and_the_others_work(build, tmp_path):
    url = f"sqlite:///{tmp_path / 'bad.db'}"
    site = build(
        url,
        ["hall"],
        hall=module_code("hall", HALL, permissions=STAMP),
        **{name: code for name, (code, _) in BAD.items()},
    )
    admin = site.browser("sysadmin").get("/admin/modules")
    for name, (_, said) in BAD.items():
        line = row(admin, f'data-module="{name}"')
        assert "加载失败" in line, name
        assert said in line, (name, line)
    assert 'data-step="ready"' in row(admin, 'data-module="hall"')
    serial = file_one(site.fixture, "hall").serial_no
    assert serial in site.browser("reviewer").get("/m/hall/").text


def test_3_a_queue_that_fails_is_named_and_the_other_rows_stand(build, tmp_path):
    sick = module_code(
        "sick", "@core.hookimpl\ndef list_queue(query):\n    raise ValueError('out of order')\n"
    )
    site = build(f"sqlite:///{tmp_path / 'q.db'}", ["hall", "sick"], hall=module_code("hall"), sick=sick)
    serial = file_one(site.fixture, "hall").serial_no
    file_one(site.fixture, "sick")
    reviewer = site.browser("reviewer")
    desk, queue = reviewer.get("/"), reviewer.get("/m/sick/")
    assert serial in desk.text
    assert "sick" in desk.text
    assert "没有正常应答" in desk.text
    assert (queue.status, "没有正常应答" in queue.text) == (200, True)
    assert "data-failure" in row(site.browser("sysadmin").get("/admin/modules"), 'data-module="sick"')


def run(site: Site, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    """Run a command of the operator's on the site."""
    settings = site.fixture.house.settings
    for name in ("database_url", "data_dir", "plugins_dir"):
        monkeypatch.setenv(f"BENCHSIDE_{name.upper()}", str(getattr(settings, name)))
    if settings.keys_file:
        monkeypatch.setenv("BENCHSIDE_KEYS_FILE", str(settings.keys_file))
    monkeypatch.chdir(site.folder)
    from host import build_house

    houses: list[Any] = []

    def built(settings: Any) -> Any:
        houses.append(build_house(settings))
        return houses[-1]

    try:
        return CliRunner().invoke(commands, list(arguments), obj=built)
    finally:
        for house in houses:
            house.store.close()


def test_4_a_folder_that_is_gone_leaves_readable_cases_and_can_be_cleaned_up(
    build, database_url, monkeypatch, tmp_path
):
    site = build(database_url, ["hall", "well"], hall=module_code("hall"), well=module_code("well"))
    number = _case(site.fixture)
    serial = file_one(site.fixture, "hall", 1, case_number=number).serial_no
    kept = file_one(site.fixture, "well", 2, case_number=number).serial_no
    (tmp_path / "drop" / "hall").rename(tmp_path / "elsewhere")
    later = site.worker()
    president = site.browser("president", later)
    assert president.get("/").status == 200
    assert kept in president.get("/m/well/").text
    shown = row(president.get(f"/cases/{number}"), f'data-serial="{serial}"')
    assert "模块不可用" in shown
    opened = president.get(f"/m/hall/{serial}")
    assert (
        opened.status,
        "只读：模块“hall”不可用" in opened.text,
        "<form" in opened.text.partition("<main")[2],
    ) == (200, True, False)
    assert president.post(f"/m/hall/{serial}/decide", {"decision": "finish", "version": "1"}).status == 404
    assert site.browser("judge", later).get(f"/m/hall/{serial}").status == 200
    for stranger in ("judge2", "reviewer", "other_reviewer"):
        assert site.browser(stranger, later).get(f"/m/hall/{serial}").status == 404
    mine, its_case = ApplicationRow.serial_no == serial, CaseRow.case_number == number
    with changed(site.fixture, ApplicationRow, mine, hidden_from=site.fixture.people["president"]):
        assert president.get(f"/m/hall/{serial}").status == 404
    with changed(site.fixture, CaseRow, its_case, sealed=True):
        assert president.get(f"/m/hall/{serial}").status == 404
    assert president.get(f"/m/hall/{serial}").status == 200
    assert "its files are not there" in row(
        site.browser("sysadmin", later).get("/admin/modules"), 'data-module="hall"'
    )
    assert run(site, monkeypatch, "migrate").output.strip().endswith("up to date")
    assert run(site, monkeypatch, "plugins", "disable", "hall", "--court", COURT).exit_code == 0
    done = run(site, monkeypatch, "plugins", "purge", "hall", "--export", str(tmp_path / "out"), "--yes")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "hall: dropped")
    assert serial in (tmp_path / "out" / "application.jsonl").read_text(encoding="utf-8")
    assert kept in president.get("/m/well/").text


def test_7_enabling_with_a_pending_migration_refuses_and_prints_the_command(build, monkeypatch, tmp_path):
    site = build(f"sqlite:///{tmp_path / 'p.db'}", [], hall=module_code("hall"))
    write_module(tmp_path / "drop", "late", module_code("late"))
    refused = run(site, monkeypatch, "modules", "enable", "late", "--court", COURT)
    assert (refused.exit_code, "benchside migrate" in refused.output) == (1, True)
    later = site.worker()
    answer = site.browser("sysadmin", later)
    answer.get("/admin/modules")
    told = answer.post("/admin/modules", {"module": "late", "action": "enable"})
    assert (told.status, "benchside migrate" in told.text) == (409, True)
    assert pending(later.store, later.modules) == ["late"]
    assert run(site, monkeypatch, "migrate").exit_code == 0
    assert run(site, monkeypatch, "modules", "enable", "late", "--court", COURT).exit_code == 0


def test_8_disabling_what_others_need_is_refused_with_their_names(build, monkeypatch, tmp_path):
    needing = {name: f'import core\nmodule = core.Module("{name}", "{name}", version="1.0", requires="hall")\n' for name in ("north", "south")}  # fmt: skip
    site = build(
        f"sqlite:///{tmp_path / 'n.db'}", ["hall", "north", "south"], hall=module_code("hall"), **needing
    )
    admin = site.browser("sysadmin")
    page = row(admin.get("/admin/modules"), 'data-module="hall"')
    assert "north, south" in page
    told = admin.post("/admin/modules", {"module": "hall", "action": "disable"})
    assert (told.status, "north、south" in told.text) == (409, True)
    refused = run(site, monkeypatch, "modules", "disable", "hall", "--court", COURT)
    assert (refused.exit_code, "north, south" in refused.output) == (1, True)


MAPPERS = """
import sys
from pathlib import Path
from core.loader import find_modules, load_modules
from core.records.base import Base
import core.records
Base.registry.configure()
def told():
    return {mapper.class_.__name__: (sorted(mapper.attrs.keys()), sorted(column.name for column in mapper.local_table.c),
            sorted(str(key.target_fullname) for key in mapper.local_table.foreign_keys)) for mapper in Base.registry.mappers}
before = told()
loaded = load_modules(find_modules([Path(one) for one in sys.argv[1:]]), strict=True)
assert len(loaded.ready) >= 10, sorted(loaded.ready)
assert told() == before
print(len(before))
"""


def test_9_core_mappers_are_the_same_before_and_after_loading_all():
    """In a process of its own: nothing may have been loaded before."""
    folders = [str(ROOT / "plugins"), str(ROOT / "tests" / "modules")]
    done = subprocess.run([sys.executable, "-c", MAPPERS, *folders], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 20


COURTS, MODULES, CASES = 200, 12, 50_000


def test_10_the_gate_costs_less_than_a_millisecond_with_200_courts_12_modules_and_50000_cases(
    build, database_url
):
    house = build(database_url, []).fixture.house
    codes = [f"测{number:03}" for number in range(COURTS)]
    names = [f"module{number}" for number in range(MODULES)]
    now = house.clock()

    def fill(connection: sa.Connection) -> None:
        insert = connection.execute
        insert(
            sa.insert(Court),
            [{"code": code, "name": code, "name_en": code, "telephone": ""} for code in codes],
        )
        switches = [
            {"court_code": code, "module": name, "enabled": (place + other) % 3 > 0, "changed_at": now, "changed_by": "x"}
            for place, code in enumerate(codes) for other, name in enumerate(names)
        ]  # fmt: skip
        insert(sa.insert(ModuleSwitch), switches)
        insert(sa.insert(CaseRow), [
            {"court_code": codes[number % COURTS], "case_number": f"（2026）{codes[number % COURTS]}民初{number}号", "year": 2026,
             "court_prefix": codes[number % COURTS], "case_type": "民初", "sequence": number, "cause": "", "title": "", "sealed": False, "docketed_on": date(2026, 3, 2)}
            for number in range(CASES)
        ])  # fmt: skip

    house.store.write(fill)
    took = []
    with house.store.read() as connection:
        for place, code in enumerate(codes):
            begun = time.perf_counter()
            on = enabled(connection, code)
            took.append(time.perf_counter() - begun)
            assert on == {name for other, name in enumerate(names) if (place + other) % 3 > 0}
    assert sorted(took)[len(took) // 2] < 0.001


@contextmanager
def changed(fixture: Fixture, table: Any, where: Any, **values: Any) -> Iterator[None]:
    """Have a row say something else for a while."""

    def put(told: Mapping[str, Any]) -> None:
        fixture.house.store.write(
            lambda connection: connection.execute(sa.update(table).where(where).values(told))
        )

    with fixture.house.store.read() as connection:
        columns = [getattr(table, name) for name in values]
        before = dict(connection.execute(sa.select(*columns).where(where)).mappings().one())
    put(values)
    yield
    put(before)


def _case(fixture: Fixture) -> str:
    number = f"（2026）{COURT}民初7号"
    row = {
        "court_code": COURT, "case_number": number, "year": 2026, "court_prefix": COURT, "case_type": "民初", "sequence": 7,
        "cause": "买卖合同纠纷", "title": "甲某某诉乙某某", "handler_id": fixture.people["judge"], "sealed": False, "docketed_on": date(2026, 3, 2),
    }  # fmt: skip
    fixture.house.store.write(lambda connection: connection.execute(sa.insert(CaseRow), [row]))
    return number
