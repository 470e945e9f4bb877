"""What there is of the module ``mediation``, however it came here: run in the environment of an author, it prints JSON."""

import json
import re
import sys
from pathlib import Path

import sqlalchemy as sa

from core.loader import find_modules, load_modules
from core.settings import load_settings
from core.testing.acting import hash_once
from core.testing.browsing import Browser
from core.testing.houses import COURT, make_house
from core.testing.outside import Outside
from core.web.server import whole_application
from core.work import people
from core.work.migrate import module_track

NAME = "mediation"
ADDRESSES = (
    "/",
    "/m/mediation/",
    "/m/mediation/?view=with_mediator",
    "/m/mediation/guide",
    "/search",
    "/admin/settings/mediation",
)
TOKENS = re.compile(r"[0-9a-f]{32,}|\b\d\d:\d\d\b")
"""What differs from visit to visit: form tokens, the time of day."""


def probe(folder: Path) -> dict[str, object]:
    """Return pages, API, tables, migrations and papers of the module."""
    people.hash_password = hash_once
    loaded = load_modules(find_modules(load_settings().module_folders))
    one = loaded.all[NAME]
    assert one.ready, one.detail
    fixture = make_house(
        f"sqlite:///{folder / 'probe.db'}", folder, [NAME], loaded=loaded, keys=folder / "keys.json"
    )
    application, outside = whole_application(fixture.house), Outside(fixture.house, fixture.token)
    serial_no = outside.submit(NAME)
    reviewer = Browser(application).log_in("reviewer")
    pages = {
        path: reviewer.get(path)
        for path in (*ADDRESSES, f"/m/{NAME}/{serial_no}", f"/m/{NAME}/{serial_no}/review")
    }
    with fixture.house.store.read() as connection:
        found = sa.inspect(connection)
        tables = {
            name: [(column["name"], str(column["type"])) for column in found.get_columns(name)]
            for name in found.get_table_names() if name.startswith(NAME)
        }  # fmt: skip
        track = module_track(one)
        revisions = [track.current(connection), track.head(), track.pending(connection)]
    return {
        "origin": one.source.origin,
        "pages": {path: [page.status, TOKENS.sub("", page.text)] for path, page in pages.items()},
        "api": outside.kinds()[NAME],
        "document": outside.get("/api/v1/openapi.json").body,
        "request": {key: value for key, value in outside.read(serial_no).items() if key in ("serial_no", "state", "fields", "deadlines", "papers")},
        "tables": tables, "migrations": revisions, "court": COURT,
        "papers": {code: built.text for (_, code), built in one.papers.items()},
    }  # fmt: skip


sys.stdout.write(json.dumps(probe(Path(sys.argv[1])), ensure_ascii=False, default=str))
