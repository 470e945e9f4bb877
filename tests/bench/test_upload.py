"""Uploads beside the same bytes written by hand: the table's targets, held with slack for a busy machine."""

from bench.works.upload import MB, measured


def test_an_upload_costs_little_more_than_its_bytes_and_no_memory(tmp_path):
    speed, memory = measured(tmp_path, 4 * MB, 40 * MB, 5)
    assert speed.got >= 0.2, speed.cells
    assert memory.got <= 10, memory.cells
