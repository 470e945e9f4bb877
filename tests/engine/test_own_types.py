"""What a module keeps in tables of its own comes back as it was, whichever database holds it."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from tests.support.acting import module_code, write_module

TABLES = """
from datetime import datetime
from decimal import Decimal
from sqlalchemy.orm import Mapped, mapped_column
import core
Base = core.plugin_base()

class Till(Base):
    __tablename__ = "till_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    paid: Mapped[Decimal | None]
"""
NOON = datetime(2026, 11, 26, 12, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def till(new_house, tmp_path):
    """A house with the module, and its table."""
    write_module(tmp_path / "drop", "till", module_code("till", "from . import tables\n"), tables=TABLES)
    house = new_house("till", folders=(tmp_path / "drop",)).house
    (table,) = [one for one in house.modules.all["till"].tables if one.name == "till_entry"]
    return house.store, table


def test_a_moment_is_aware_and_in_utc_and_money_is_exact(till):
    store, table = till
    for paid in (Decimal("0.10"), Decimal("12345678901.23"), None):
        store.write(
            lambda connection, paid=paid: connection.execute(sa.insert(table).values(at=NOON, paid=paid))
        )
    with store.read() as connection:
        rows = connection.execute(sa.select(table.c.at, table.c.paid).order_by(table.c.id)).all()
        (total,) = connection.execute(sa.select(sa.func.sum(table.c.paid))).one()
    assert [row.paid for row in rows] == [Decimal("0.10"), Decimal("12345678901.23"), None]
    assert total == Decimal("12345678901.33")
    assert {(row.at, row.at.tzinfo) for row in rows} == {(NOON, UTC)}


def test_a_moment_of_which_nobody_knows_the_place_is_refused(till):
    store, table = till
    with pytest.raises(StatementError, match="needs its zone"):
        store.write(
            lambda connection: connection.execute(sa.insert(table).values(at=NOON.replace(tzinfo=None)))
        )
