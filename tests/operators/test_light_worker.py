"""A worker holds what it uses: what reads migrations, sets papers or colours tracebacks stays out of it."""

import subprocess
import sys

_BEGUN = """
import sys
from pathlib import Path
import typed_settings as ts
from core.settings import Settings
from core.web.server import whole_application
from core.work.migrate import pending
from host import build_house
house = build_house(Settings(data_dir=Path(sys.argv[1]), secret_key=ts.SecretStr("0" * 32)))
whole_application(house)
print(*pending(house.store, house.modules))
print(*{name.partition(".")[0] for name in sys.modules})
"""
HEAVY = {"alembic", "mako", "pygments", "rich", "typst", "pikepdf", "psycopg"}


def test_a_worker_that_knows_what_is_to_be_migrated_has_loaded_nothing_it_does_not_use(tmp_path):
    told = subprocess.run([sys.executable, "-c", _BEGUN, tmp_path / "data"], capture_output=True, text=True, check=True)  # fmt: skip
    pending, modules = (set(line.split()) for line in told.stdout.splitlines()[-2:])
    assert "core" in pending
    assert modules & HEAVY == set()
