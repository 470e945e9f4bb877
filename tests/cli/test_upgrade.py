"""``benchside upgrade``: tried on a copy, which alone is touched; done only where the try was good."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from core.store.engine import Store
from core.work.migrate import core_track
from tests.support.houses import KEYS
from tests.support.ports import wait_until

EARLIER = "0005_40012d"
BROKEN = '''"""broken

Revision: 0001_b, after:
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001_b", None


def upgrade():
    op.create_table("broken__broken", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE person SET no_such_column = '19900000001'")
'''


def go_back(url: str, revision: str) -> None:
    """Undo the host's migrations down to ``revision``, and leave personal data in clear, as that version did."""
    store, track = Store(url), core_track()

    def work(connection: sa.Connection) -> None:
        scripts = track.scripts()
        assert scripts is not None
        with Operations.context(track._context(connection)):
            for script in scripts.iterate_revisions(scripts.get_current_head(), revision):
                script.module.downgrade()
        track._stamp(connection, revision)
        connection.execute(sa.text("UPDATE person SET telephone = '19900000001'"))

    store.write(work)
    store.close()


def contents(url: str) -> dict[str, object]:
    """Return every table of a database with its rows."""
    store = Store(url)
    with store.read() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        held = {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in names
        }
    store.close()
    return held


def nothing_is_left_of_tries(url: str) -> None:
    """Wait until there is none: others who test at the same time have theirs on the same server, for a moment."""
    wait_until(lambda: databases(url) == [], "the databases of tries to be gone", 60)


def databases(url: str) -> list[str]:
    """Return the databases of the server that are left of tries."""
    if url.startswith("sqlite"):
        return []
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(sa.text("SELECT datname FROM pg_database WHERE datname LIKE 'benchside_try%'")).all()  # fmt: skip
    engine.dispose()
    return list(found)


@pytest.fixture
def earlier(run: Callable, founded_url) -> str:
    """Give a court's database as a version before sealing left it."""
    assert run("migrate").exit_code == 0
    go_back(founded_url[0], EARLIER)
    return founded_url[0]


def test_a_try_tells_what_would_be_done_and_leaves_the_house_as_it_was(run, earlier, tmp_path):
    before, keys = contents(earlier), KEYS.read_bytes()
    done = run("upgrade", "--try", "--to", tmp_path / "tried")
    assert done.exit_code == 0, done.output
    for said in ("core: 0006_", "core: 0007_", "seal_key: new, ", r"migrate \d+\.\d s", r"check \d+\.\d s", "values of personal data in clear"):  # fmt: skip
        assert re.search(said, done.stdout)
    assert contents(earlier) == before
    assert KEYS.read_bytes() == keys
    assert list((tmp_path / "tried").iterdir()) == []
    nothing_is_left_of_tries(earlier)
    assert run("serve").exit_code == 1, "the migrations are still pending"


def test_an_upgrade_backs_up_tries_migrates_seals_and_checks(run, earlier, tmp_path):
    assert run("upgrade").exit_code == 1
    done = run("upgrade", "--to", tmp_path / "kept", "--reseal")
    assert done.exit_code == 0, done.output
    assert "Nothing wrong was found" in done.stdout
    assert "person: " in done.stdout, "it was resealed"
    after = contents(earlier)
    assert "19900000001" not in repr(after["person"])
    assert {"seal_key", "audit_seal"} <= after.keys()
    assert "up to date" in run("upgrade").stdout
    assert len(list((tmp_path / "kept" / "snapshots").iterdir())) == 1


def break_a_module(folder: Path) -> None:
    """Drop in a module whose first migration fails half-way."""
    versions = folder / "broken" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "0001_broken.py").write_text(BROKEN)
    source = (Path(__file__).parent.parent / "modules" / "mediation" / "__init__.py").read_text()
    (folder / "broken" / "__init__.py").write_text(source.replace("mediation", "broken"))


def test_a_migration_that_fails_on_the_copy_is_not_done_to_the_house(run, earlier, drop, tmp_path):
    break_a_module(drop)
    before = contents(earlier)
    for arguments in (["--try"], ["--to", tmp_path / "kept"]):
        done = run("upgrade", *arguments)
        assert done.exit_code == 1
        assert "The migration fails: in the migrations of broken; " in done.stderr
        assert "19900000001" not in done.output, "what fails may be about somebody"
        assert "Traceback" not in done.output
        assert contents(earlier) == before
        nothing_is_left_of_tries(earlier)
    assert "as it was" in done.stderr


def test_what_the_check_finds_on_the_copy_stops_it_too(run, earlier, tmp_path):
    store = Store(earlier)
    store.write(lambda connection: connection.execute(sa.text(
        "INSERT INTO queue_count (court_code, module, handler_id, kind, state, count) VALUES ('粤0199', 'filing', 0, 'filing', 'SUBMITTED', 3)"
    )))  # fmt: skip
    store.close()
    done = run("upgrade", "--try")
    assert done.exit_code == 1
    assert "the count says 3, there are 0" in done.stderr


def test_a_role_that_may_make_no_database_is_told_how_it_may(run, earlier, request):
    if earlier.startswith("sqlite"):
        pytest.skip("SQLite needs nobody's leave for a file")
    engine = sa.create_engine(earlier, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("DROP ROLE IF EXISTS bounded"))
        connection.execute(sa.text("CREATE ROLE bounded LOGIN IN ROLE pg_read_all_data"))
    try:
        url = sa.make_url(earlier).set(username="bounded").render_as_string(hide_password=False)
        request.getfixturevalue("monkeypatch").setenv("BENCHSIDE_DATABASE_URL", url)
        done = run("upgrade", "--try")
        assert done.exit_code == 1
        assert "ALTER ROLE bounded CREATEDB" in done.stderr
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text("DROP ROLE bounded"))
        engine.dispose()
