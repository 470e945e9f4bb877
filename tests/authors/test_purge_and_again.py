"""Purge, then install: the module is there again, works, and is empty (acceptance 5); as a folder and as a package."""

import shutil
import sys

import pytest
import sqlalchemy as sa

from core.records.models import forget_tables
from core.testing.acting import file_one, rows
from core.testing.houses import Fixture
from host import build_house, load_settings
from tests.support.founding import founded, founded_url, new_house
from tests.support.houses import COURT, ROOT, Clock

__all__ = ["founded", "founded_url", "new_house"]
HOME = ROOT / "examples" / "mediation" / "mediation"
ON = ("--court", COURT)


@pytest.fixture(params=["folder", "package"])
def install(request, drop, tmp_path, monkeypatch):
    """Give (install, uninstall) of the example, in the one way or the other."""
    site = tmp_path / "site"
    info = site / "benchside_mediation-1.0.dist-info"
    place = (drop if request.param == "folder" else site) / "mediation"
    monkeypatch.syspath_prepend(str(site))

    def come():
        shutil.copytree(HOME, place, ignore=shutil.ignore_patterns("__pycache__"))
        if request.param == "package":
            info.mkdir()
            (info / "METADATA").write_text("Metadata-Version: 2.1\nName: benchside-mediation\nVersion: 1.0\n")
            (info / "entry_points.txt").write_text("[benchside.modules]\nmediation = mediation\n")

    def go():
        for one in (place, info):
            shutil.rmtree(one, ignore_errors=True)
        forget()

    yield come, go
    forget()


def forget():
    """Forget the module as a process does that ends."""
    from core.records.base import METADATA

    forget_tables([table for name, table in METADATA.tables.items() if name.startswith("mediation__")])
    for name in [
        name for name in sys.modules if name.partition(".")[0] in ("mediation", "benchside_drop_in_mediation")
    ]:
        del sys.modules[name]


def test_what_was_purged_and_installed_again_works_and_is_empty(operator, founded_url, install, tmp_path):
    url, base = founded_url
    run, (come, go) = operator(url), install
    come()
    assert "mediation: 0001_" in run("migrate").stdout
    for name in ("filing", "mediation"):  # it needs the one before it
        run("modules", "enable", name, *ON)
    first = filed(base)
    assert run("modules", "disable", "mediation", *ON).exit_code == 0
    go()
    assert "mediation" not in run("modules", "list", *ON).stdout
    purged = run("plugins", "purge", "mediation", "--export", tmp_path / "out", "--yes")
    assert purged.stdout.splitlines()[-1] == "mediation: dropped", purged.output
    assert first in (tmp_path / "out" / "application.jsonl").read_text(encoding="utf-8")
    come()
    assert "migrate" in run("modules", "enable", "mediation", *ON).stderr
    assert "mediation: 0001_" in run("migrate").stdout
    assert run("modules", "enable", "mediation", *ON).exit_code == 0
    house = build_house(load_settings())
    try:
        again = Fixture(house, Clock(), dict(base.people), base.client, base.token)
        for table in [
            table
            for side in house.modules.sides.values()
            if side.flow.kind == "mediation"
            for table in side.tables
        ]:
            assert rows(again, table) == []
        with house.store.read() as connection:
            left = connection.scalar(sa.text("SELECT count(*) FROM application WHERE module = 'mediation'"))
        assert left == 0
        assert filed(base)
    finally:
        house.store.close()


def filed(base):
    """File the very same request, and return its number."""
    house = build_house(load_settings())
    try:
        return file_one(
            Fixture(house, Clock(), dict(base.people), base.client, base.token), "mediation"
        ).serial_no
    finally:
        house.store.close()
