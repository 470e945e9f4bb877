"""Asking every module costs next to nothing: pages do it at each request."""

from bench.works.hooks import rows


def test_a_gated_isolated_traced_call_costs_little_more_than_the_bare_one():
    """The table's target is 10 µs; here only a ratio is held, with slack for a busy machine."""
    (row,) = rows()
    assert row.got < 3 * float(row.note.split()[-2])
