"""The suite reads the plans of a queue on PostgreSQL, too, and counts its statements there."""

import pytest

from core.testing.conformance import Subject, queues
from core.testing.workshop import Workshop
from tests.support.houses import TEST_MODULES


@pytest.fixture
def subject(request, tmp_path):
    workshop = Workshop(tmp_path, lambda: request.getfixturevalue("postgres_server"))
    made = Subject(str(TEST_MODULES / "mediation"), workshop)
    yield made
    made.close()
    workshop.close()


def test_a_missing_index_and_statements_over_the_budget_are_found_on_postgresql(subject, monkeypatch):
    def settle(connection, given=queues.settle):
        for name in ("queue", "queue_state", "own", "own_state"):
            connection.exec_driver_sql(f"DROP INDEX ix_application_{name}")
        given(connection)

    monkeypatch.setattr(queues, "settle", settle)
    monkeypatch.setattr(queues, "BUDGET", 2)
    found = list(queues._on_postgresql(subject, list(subject.flows)))
    assert any("Seq Scan on application" in one for one in found), found
    assert any("statements, 2 are allowed" in one for one in found), found
