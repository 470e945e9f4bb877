"""A page costs about the same however many filings there are and however far back it lies."""

from bench.place import Place, fill
from bench.works.flat import lines

SLACK = 4
"""The table's target is 1.2, with a thousand times as many; the machine may be busy."""


def test_pages_of_many_and_of_few_filings_cost_alike(tmp_path):
    many, few = Place(tmp_path / "many", 6_000), Place(tmp_path / "few", 600)
    fill(many)
    fill(few)
    found = list(lines(many, few, "SQLite", rounds=3))
    many.house.store.close()
    few.house.store.close()
    sizes, far, _ = (
        found  # the last: conditions are held to none by the bench alone, since here they hold few rows
    )
    assert {row.work: row.note for row in (sizes, far) if row.got > SLACK} == {}
