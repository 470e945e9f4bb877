"""That a module can be taken out of a court's database, and comes back empty and working."""

from collections.abc import Iterator
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.records import Base
from core.testing.conformance.checks import check
from core.testing.conformance.filing import file_all
from core.testing.conformance.subject import Subject
from core.testing.houses import OPERATOR, Fixture
from core.testing.outside import Outside
from core.work.migrate import migrate
from core.work.purge import purge
from core.work.switches import disable, enable


@check("purge", "After install, purge and install nothing of the first time is left, and the module works.")
def purged(subject: Subject) -> Iterator[str]:
    """File, purge, look for what is left, install again and file again."""
    for brand in subject.workshop.brands:
        with subject.trial(brand) as fixture:
            yield from (f"{brand}: {fault}" for fault in _twice(subject, fixture))


def _twice(subject: Subject, fixture: Fixture) -> Iterator[str]:
    store, name = fixture.house.store, subject.name
    before = _tables(fixture)
    subject.switch_on(fixture)
    outside = Outside(fixture.house, fixture.token)
    first = file_all(subject, outside)
    for _, module in fixture.house.modules.ordered():
        fixture.house.hooks.menu({module.name}, OPERATOR.court)
    disable(fixture.house, OPERATOR, name)
    others = set(fixture.house.modules.all) - {name}
    purge(store, name, others, subject.workshop.folder / "purged" / store.brand / name)
    theirs = {
        table.name for one in fixture.house.modules.all.values() if one.name != name for table in one.tables
    }
    theirs |= {f"alembic_{one}" for one in others}
    for table in sorted(_tables(fixture) - before - theirs):
        yield f"purge leaves the table {table}; a module's tables are declared, and begin with its name"
    with store.read() as connection:
        yield from _rows_left(connection, name)
    migrate(store, fixture.house.modules)
    enable(fixture.house, OPERATOR, name)
    again = file_all(subject, outside)
    if sorted(first) != sorted(again):
        yield f"installed again it takes {sorted(again)}, before it took {sorted(first)}"
    for kind, serial_no in first.items():
        if outside.get(f"applications/{quote(serial_no)}").status != 404:
            yield f"the {kind} {serial_no} of the first time is still there"


def _tables(fixture: Fixture) -> set[str]:
    with fixture.house.store.read() as connection:
        return set(sa.inspect(connection).get_table_names())


def _rows_left(connection: Connection, name: str) -> Iterator[str]:
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if "module" in table.c:
            count = connection.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.module == name)
            )
            if count:
                yield f"purge leaves {count} rows of the module in {table}"
