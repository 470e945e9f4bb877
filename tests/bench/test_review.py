"""A decision costs a fraction of what the ORM takes for the same rows."""

from bench.place import Place, fill
from bench.works.review import measured


def test_a_decision_is_quicker_than_the_orms_unit_of_work(tmp_path):
    """The table's target is 3; the machine may be busy."""
    place = Place(tmp_path / "place", 100)
    fill(place)
    row = measured(place, 15)
    place.house.store.close()
    assert row.got > 1.5, row.cells
