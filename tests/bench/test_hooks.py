"""Asking every module costs next to nothing: pages do it at each request."""

from bench.works.hooks import microseconds


def test_a_gated_isolated_traced_call_costs_little_more_than_the_bare_one():
    """The table's target is 10 µs; here only a ratio is held, with slack for a busy machine."""
    ours, bare = microseconds()
    assert ours < 3 * bare
