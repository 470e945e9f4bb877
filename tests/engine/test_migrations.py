"""Migrations: a track for the host and each module; what they make is what the declarations say, on both databases."""

import shutil
import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from core.fields.problem import Refused
from core.loader import Modules
from core.records import ApplicationRow, ModuleSwitch
from core.store.engine import Store
from core.store.migrations.tracks import DECLARED, of_brand
from core.work.migrate import core_track, make, migrate, module_track, pending, tracks
from core.work.purge import purge
from core.work.switches import disable, enable
from tests.support.acting import file_one, load, module_code, page, read, rows, write_module
from tests.support.houses import COURT, OPERATOR, ROOT, TEST_MODULES

HOST_ONLY = {"application_terms"}


@pytest.fixture
def store(database_url):
    made = Store(database_url)
    yield made
    made.close()


def tables(store: Store) -> set[str]:
    with store.read() as connection:
        return set(sa.inspect(connection).get_table_names())


def differences(store: Store, modules: Modules) -> list[object]:
    """Return how the database differs from what is declared; the search index is the store's own."""
    names = {table.name for track in tracks(modules) for table in track.tables}

    def ours(found, name, kind, *_):
        return name in names if kind == "table" else of_brand(found, store.brand)

    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        found = compare_metadata(context, core_track().tables[0].metadata)
        return [one for one in found if not _of_another(one, names)]


def _of_another(one: object, names: set[str]) -> bool:
    subject = one[1] if isinstance(one, tuple) else None
    return isinstance(subject, sa.Table) and subject.name not in names


def test_a_fresh_migration_makes_what_is_declared_and_a_second_does_nothing(store):
    modules = load(TEST_MODULES, ROOT / "plugins")
    assert set(pending(store, modules)) >= {"core", "filing", "register", "mediation", "exchange"}
    done = migrate(store, modules)
    assert done[0].startswith("core: ")
    assert differences(store, modules) == []
    assert pending(store, modules) == []
    before = tables(store)
    assert migrate(store, modules) == []
    assert tables(store) == before


def test_every_owner_of_tables_has_a_version_table_of_its_own(store):
    modules = load(TEST_MODULES, ROOT / "plugins")
    migrate(store, modules)
    versions = {name for name in tables(store) if name.startswith("alembic_")}
    owners = {name for name, one in modules.ready.items() if one.tables}
    assert owners >= {"filing", "register", "mediation", "exchange"}
    assert versions == {f"alembic_{name}" for name in {"core", *owners}}


def test_a_module_without_migrations_is_made_from_its_declaration(store):
    modules = load(TEST_MODULES)
    migrate(store, modules)
    assert {"exchange__exchange", "exchange__exchange__claims", "exchange__exchange_item"} <= tables(store)
    with store.read() as connection:
        assert module_track(modules.ready["exchange"]).current(connection).startswith(DECLARED)


def test_a_module_whose_code_is_gone_stops_nobody(new_house, tmp_path):
    drop = tmp_path / "drop"
    write_module(drop, "gone", module_code("gone"))
    write_module(drop, "stays", module_code("stays"))
    house = new_house("gone", "stays", folders=(drop,))
    lost, kept = file_one(house, "gone").serial_no, file_one(house, "stays").serial_no
    shutil.rmtree(drop / "gone")
    write_module(drop, "comes", module_code("comes"))
    later = new_house("comes", folders=(drop,))
    assert set(later.house.modules.ready) >= {"stays", "comes"}
    assert [row.serial_no for row in page(later, later.actor("reviewer"), "stays").rows] == [kept]
    with pytest.raises(Refused):
        read(later, lost)
    assert {row.serial_no for row in rows(later, ApplicationRow)} == {lost, kept}
    assert migrate(later.house.store, later.house.modules) == []


def test_make_writes_migrations_that_bring_a_database_with_rows_up_to_date(new_house, tmp_path):
    drop = tmp_path / "drop"
    first = module_code("grows")
    write_module(drop, "grows", first)
    (path,) = make(load(drop), "grows", "First tables")
    assert path == drop / "grows" / "migrations" / "versions" / "0001_first_tables.py"
    house = new_house("grows", folders=(drop,))
    serial = file_one(house, "grows").serial_no
    assert make(load(drop), "grows", "nothing") == []

    grown = first.replace("    wish:", '    money: str | None = core.money("金额", "Money")\n    wish:')
    write_module(drop, "grows", grown + "\n# grown\n")
    assert pending(house.house.store, load(drop)) == []
    (path,) = make(load(drop), "grows", "Add money!")
    assert path.name == "0002_add_money.py"
    assert "types.Money()" in path.read_text(encoding="utf-8")
    assert pending(house.house.store, load(drop)) == ["grows"]
    later = new_house(folders=(drop,))
    assert (read(later, serial).fields.wish, read(later, serial).fields.money) == ("示例", None)
    second = file_one(later, "grows", 2, fields={"money": "3.50"}).serial_no
    assert str(read(later, second).fields.money) == "3.50"
    assert pending(later.house.store, later.house.modules) == []


def test_a_module_that_began_without_migrations_joins_its_first_one(new_house, tmp_path):
    drop = tmp_path / "drop"
    write_module(drop, "joins", module_code("joins"))
    house = new_house("joins", folders=(drop,))
    serial = file_one(house, "joins").serial_no
    make(load(drop), "joins", "first")
    assert pending(house.house.store, load(drop)) == ["joins"]
    later = new_house(folders=(drop,))
    assert read(later, serial).serial_no == serial
    assert pending(later.house.store, later.house.modules) == []


def test_a_declaration_that_changed_before_its_first_migration_keeps_its_rows_and_gets_two(
    new_house, tmp_path
):
    """The first makes the tables that stand, with what is declared no more; the second what changed since."""
    drop = tmp_path / "drop"
    first = module_code("changes").replace(
        "    wish: str", '    old: str | None = core.text("旧", "Old")\n    wish: str'
    )
    write_module(drop, "changes", first)
    house = new_house("changes", folders=(drop,))
    serial = file_one(house, "changes").serial_no
    write_module(drop, "changes", module_code("changes").replace(
        "    wish: str",
        '    money: str | None = core.money("金额", "Money")\n    more: tuple[More, ...] = core.group(More, "项", "Items")\n    wish: str',
    ).replace("@core.request_fields", '@core.request_fields\nclass More:\n    word: str = core.text("词", "Word")\n\n@core.request_fields', 1))  # fmt: skip
    changed = load(drop)
    assert pending(house.house.store, changed) == ["changes"]
    (told,) = migrate(house.house.store, changed)
    assert told.endswith("run: benchside migrate --make changes")
    made = make(changed, "changes", "Count", store=house.house.store)
    assert [path.name for path in made] == ["0001_initial_tables.py", "0002_count.py"]
    assert "types.Money()" not in made[0].read_text(encoding="utf-8")
    later = new_house(folders=(drop,))
    assert pending(later.house.store, later.house.modules) == []
    assert differences(later.house.store, later.house.modules) == []
    assert read(later, serial).fields.money is None
    second = file_one(later, "changes", 2, fields={"money": "3.50", "more": [{"word": "一"}]}).serial_no
    assert read(later, second).fields.more[0].word == "一"
    assert make(load(drop), "changes", store=later.house.store) == []


def test_the_hosts_own_migrations_leave_nothing_to_make():
    assert make(load(ROOT / "plugins"), "core", "nothing") == []
    for name in ("filing", "register", "suggestion"):
        assert make(load(ROOT / "plugins"), name, "nothing") == []


def test_purge_exports_drops_and_lets_the_module_come_back_empty(new_house, tmp_path):
    house = new_house("mediation", "exchange")
    top = file_one(house, "exchange", fields={"claims": [{"what": "付款"}]}).serial_no
    file_one(house, "exchange_item", parent=top)
    other = file_one(house, "mediation").serial_no
    with pytest.raises(Refused, match=COURT):
        purge(house.house.store, "exchange", house.house.modules.all, tmp_path / "out")
    disable(house.house, OPERATOR, "exchange")
    told = purge(house.house.store, "exchange", house.house.modules.all, tmp_path / "out")
    assert "exchange__exchange: 1 rows exported" in told
    assert "application: 2 rows exported" in told
    exported = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    assert "付款" in exported["exchange__exchange__claims.jsonl"]
    assert {"application.jsonl", "exchange__exchange.jsonl", "exchange__exchange_item.jsonl"} <= set(exported)
    assert {name for name in tables(house.house.store) if "exchange" in name} == set()
    assert [row.serial_no for row in rows(house, ApplicationRow)] == [other]
    assert {row.module for row in rows(house, ModuleSwitch)} == {"mediation"}
    migrate(house.house.store, house.house.modules)
    enable(house.house, OPERATOR, "exchange")
    assert page(house, house.actor("reviewer"), "exchange").rows == ()
    again = file_one(house, "exchange").serial_no
    assert [row.serial_no for row in page(house, house.actor("reviewer"), "exchange").rows] == [again]
    assert page(house, house.actor("president"), "mediation", q=other[-6:]).rows[0].serial_no == other


def test_purge_leaves_a_module_of_a_longer_name_alone(new_house, tmp_path):
    drop = tmp_path / "drop"
    for name in ("note", "note_book"):
        write_module(drop, name, module_code(name))
    house = new_house("note", "note_book", folders=(drop,))
    kept = file_one(house, "note_book").serial_no
    disable(house.house, OPERATOR, "note")
    purge(house.house.store, "note", ["note", "note_book"], tmp_path / "out")
    assert "note_book__note_book" in tables(house.house.store)
    assert read(house, kept).serial_no == kept


@pytest.mark.parametrize(
    "name", ["../etc", 'x"; DROP TABLE court; --', "core", "alembic", "application", "nothing"]
)
def test_purge_of_what_is_no_module_touches_nothing(new_house, tmp_path, name):
    house = new_house("mediation")
    serial = file_one(house, "mediation").serial_no
    before = tables(house.house.store)
    with pytest.raises(Refused):
        purge(house.house.store, name, [], tmp_path / "out")
    assert tables(house.house.store) == before
    assert read(house, serial).serial_no == serial
    assert not (tmp_path / "out").exists()


def test_two_who_migrate_at_once_do_it_once(database_url, tmp_path):
    """Two operators run migrate at the same moment: one does it, the other finds it done."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from core.loader import *; from core.work.migrate import *; from core.store.engine import Store; from pathlib import Path\n"
        "store = Store(sys.argv[1]); print(len(migrate(store, load_modules(find_modules([Path(sys.argv[2]) / 'plugins'])))))\n"
        "store.close()\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, database_url, str(ROOT)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
        for _ in range(2)
    ]  # fmt: skip
    answers = [one.communicate(timeout=60) for one in running]
    assert [one.returncode for one in running] == [0, 0], answers
    assert min(int(out) for out, _ in answers) == 0
