"""Export: the columns of any declaration, as a spreadsheet, as far as the person sees."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.fields.problem import Reason, Refused
from core.gate import enabled
from core.records import Audit
from core.work.conditions import Conditions
from core.work.export import export_queue
from core.work.queue import Queues
from core.work.queue_statements import columns_of
from tests.engine.test_flows import FIELDS, KINDS
from tests.support.acting import file_one, flow_of, rows
from tests.support.houses import Fixture

SEER = {"mediation": "president"}
"""Who sees the whole court's requests of a kind, where it is not the reviewer."""


@pytest.fixture
def house(new_house) -> Fixture:
    return new_house("mediation", "exchange", "register")


def exported(
    house: Fixture, who: str, kind: str, path: Path, language: str = "zh"
) -> list[dict[str, object]]:
    """Export a queue and return its rows by head."""
    with house.house.store.read() as connection:
        on = enabled(connection, "粤0199")
    queues = Queues(house.house)
    export_queue(
        house.house, queues, house.actor(who), on, flow_of(house, kind), Conditions(), path, language=language
    )
    heads, *lines = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_exports_the_columns_it_declares(house, tmp_path, kind, language):
    parent = flow_of(house, kind).parent
    serials: dict[str, str] = {}
    for one in [flow.kind for flow in (parent and parent.parent, parent) if flow] + [kind]:
        above = flow_of(house, one).parent
        more = {"parent": serials[above.kind]} if above else {}
        serials[one] = file_one(house, one, fields=FIELDS[one], **more).serial_no
    (row,) = exported(house, SEER.get(kind, "reviewer"), kind, tmp_path / "queue.xlsx", language)
    assert serials[kind] in row.values()
    assert {spec.label.in_(language) for spec in columns_of(flow_of(house, kind))} <= row.keys()
    assert any(isinstance(cell, datetime) for cell in row.values())
    assert len(rows(house, Audit, Audit.action == f"{kind}.export")) == 1


def test_what_looks_like_a_formula_stays_text(house, tmp_path):
    file_one(house, "exchange", fields=FIELDS["exchange"] | {"topic": "=1+1"})
    (row,) = exported(house, "reviewer", "exchange", tmp_path / "queue.xlsx")
    assert "=1+1" in row.values()


def test_nobody_exports_what_they_do_not_see(house, tmp_path):
    file_one(house, "mediation", fields=FIELDS["mediation"])
    assert exported(house, "judge", "mediation", tmp_path / "queue.xlsx") == []
    with pytest.raises(Refused) as refused:
        exported(house, "content", "mediation", tmp_path / "queue.xlsx")
    assert refused.value.reason is Reason.NOT_FOUND
