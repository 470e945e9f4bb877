"""Searches stay within the table's target on few filings, in every order and with every condition beside them."""

import pytest

from bench.place import Place, fill
from bench.works.search import TARGET, lines

SLACK = 4


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_a_search_takes_the_database_a_few_milliseconds(request, tmp_path, brand):
    """Of a million rows the target is ten; the least of four times, and slack, for a machine that is busy."""
    url = "" if brand == "sqlite" else request.getfixturevalue("new_postgres")()
    place = Place(tmp_path / "place", 3_000, url)
    fill(place)
    found = list(lines(place, brand, rounds=4, of=min))
    place.house.store.close()
    assert len(found) == 5
    assert {row.work: row.got for row in found if row.got > SLACK * TARGET} == {}
