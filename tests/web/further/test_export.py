"""The export: the rows of the queue under its conditions, text that stays text, and a name in any script."""

import io
import tempfile
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest


def sheet(answer):
    assert answer.status == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.body)).active


def values(answer):
    return [[cell.value for cell in line] for line in sheet(answer).iter_rows()]


def test_the_sheet_has_the_rows_and_no_formula(court, ask):
    serial = court.file("wish", name="=1+1", wish='=HYPERLINK("http://x")')
    answer = ask("reviewer").get("/m/wish/export.xlsx")
    heads, line = values(answer)
    assert "流水号" in heads
    assert serial in line
    for cell in sheet(answer)[2]:
        assert cell.data_type != "f"
    assert "=1+1" in line
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert quote("许愿 2026-11-23.xlsx") in answer.headers["content-disposition"]
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_it_asks_what_the_queue_asks(court, ask):
    first, second = court.file("wish", wish="晴天"), court.file("wish", wish="雨天")
    reviewer = ask("reviewer")
    assert [line[1] for line in values(reviewer.get("/m/wish/export.xlsx", q="晴天"))[1:]] == [first]
    assert [line[1] for line in values(reviewer.get("/m/wish/export.xlsx", wish="雨天"))[1:]] == [second]
    assert values(reviewer.get("/m/wish/export.xlsx", state="DONE"))[1:] == []


def test_it_is_recorded_with_who_and_how_many(court, ask):
    court.file("wish"), court.file("wish")
    ask("reviewer").get("/m/wish/export.xlsx")
    (entry,) = court.audited("wish.export")
    assert (entry.actor, entry.data, entry.address) == ("reviewer", {"rows": 2}, "10.1.2.3")


def test_it_leaves_nothing_behind(court, ask, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    court.file("wish")
    sheet(ask("reviewer").get("/m/wish/export.xlsx"))
    assert list(Path(folder).iterdir()) == []


@pytest.mark.parametrize("query", [{"state": "NONSENSE"}, {"submitted_from": "yesterday"}])
def test_a_condition_that_cannot_be_read_is_refused(court, ask, query):
    assert ask("reviewer").get("/m/wish/export.xlsx", **query).status == 422
    assert court.audited("wish.export") == []


def test_it_is_for_those_who_see_the_queue(court, ask):
    assert ask("judge").get("/m/wish/export.xlsx").status == 404
    assert ask("reviewer").get("/m/nothing/export.xlsx").status == 404
    own = court.file("mediation", court.case(1))
    court.file("mediation", court.case(2, handler="judge2"))
    assert [line[1] for line in values(ask("judge").get("/m/mediation/export.xlsx"))[1:]] == [own]


def test_it_speaks_english(court, ask):
    court.file("wish")
    answer = ask("reviewer").english().get("/m/wish/export.xlsx")
    assert "Serial number" in values(answer)[0]
    assert quote("Wishing 2026-11-23.xlsx") in answer.headers["content-disposition"]
