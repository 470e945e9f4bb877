"""Submissions over HTTP beside a bare handler with group commit: the table's targets, held with slack for a busy machine."""

from bench.works.submission import measured

SLACK = {"rate": 0.1, "p99": 8.0, "slowest client": 0.4, "a queue page": 6.0}


def test_eight_clients_are_served_alike_and_pages_do_not_wait_for_them(tmp_path):
    found = list(measured(tmp_path, 0.5, 2))
    assert len(found) == len(SLACK)
    for row, (name, least) in zip(found, SLACK.items(), strict=True):
        assert name in row.work
        assert row.got >= least if row.better == "higher" else row.got <= least, row.cells
