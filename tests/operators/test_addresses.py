"""``/healthz``, ``/readyz`` and ``/metrics``: right, bounded in time, and the figures not for the public."""

import json
import threading
from wsgiref.util import setup_testing_defaults

import pytest
import typed_settings as ts

from core.bounded import Bounded
from core.metrics.counted import REQUESTS
from core.metrics.shared import Share, clean
from core.web import operators
from core.web.server import whole_application
from tests.support.houses import COURT


class Outside:
    """The whole application, asked as a server would ask it."""

    def __init__(self, house):
        self.application = whole_application(house)

    def ask(self, path, method="GET", address="127.0.0.1", **headers):
        told = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": address}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        answer = self.application(environ, lambda status, head, error=None: told.append((status, dict(head))))
        status, head = told[0]
        return int(status[:3]), head, b"".join(answer).decode()


@pytest.fixture
def outside(new_house):
    return Outside(new_house().house)


def sample(text, start):
    """Return the value of the one sample whose line starts so."""
    (line,) = [line for line in text.splitlines() if line.startswith(start)]
    return float(line.rpartition(" ")[2])


def test_a_house_at_work_is_alive_and_ready(outside):
    assert outside.ask("/healthz")[::2] == (200, "alive\n")
    assert outside.ask("/readyz")[::2] == (200, "ready\n")


def test_what_is_not_ready_says_which_part(new_house):
    fixture = new_house()
    (fixture.house.blobs.folder / "incoming").rmdir()
    with fixture.house.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_core")
    status, _, text = Outside(fixture.house).ask("/readyz")
    assert status == 503
    assert "files: the folder cannot be written" in text
    assert "database: migrations are pending for core: run benchside migrate" in text


def test_a_part_that_hangs_is_told_within_the_time(new_house, monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(operators, "_files", lambda house: never.wait(30) and "")
    monkeypatch.setattr(operators, "READY_SECONDS", 1.5)
    status, _, text = Outside(new_house().house).ask("/readyz")
    assert (status, text) == (503, "files: no answer within 1.5 s\n")
    never.set()


def test_a_question_that_hangs_is_asked_once():
    asked, go = [], threading.Event()

    def question():
        asked.append(1)
        go.wait(30)
        return 7

    bounded = Bounded(question, 0.02)
    for _ in range(3):
        with pytest.raises(TimeoutError):
            bounded()
    go.set()
    assert asked == [1]


def test_requests_are_counted_by_pattern_and_never_by_address(outside):
    outside.ask("/healthz")
    before = sample(
        outside.ask("/metrics")[2], 'benchside_requests_total{method="GET",route="/healthz",status="2xx"}'
    )
    outside.ask("/healthz")
    outside.ask(f"/api/v1/courts/{COURT}/applications/LA44019920260101000001")
    text = outside.ask("/metrics")[2]
    assert sample(text, 'benchside_requests_total{method="GET",route="/healthz",status="2xx"}') == before + 1
    assert "LA44019920260101000001" not in text
    assert COURT + "/applications" not in text


@pytest.fixture
def counted_anew(new_house):
    with_one = Outside(new_house().house)
    with_one.ask("/healthz")
    return with_one


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"address": "10.0.0.9"}, 403),
        ({"x_forwarded_for": "127.0.0.1"}, 403),
        ({"address": "10.0.0.9", "x_forwarded_for": "127.0.0.1"}, 403),
        ({"address": "10.0.0.9", "authorization": "Bearer figures-for-prometheus"}, 200),
        ({"authorization": "Bearer another"}, 403),
        ({"address": "10.0.0.9", "authorization": "Bearer "}, 403),
    ],
    ids=str,
)
def test_figures_are_for_this_machine_or_for_who_has_the_token(new_house, asked, status):
    house = new_house(metrics_token=ts.SecretStr("figures-for-prometheus")).house
    assert Outside(house).ask("/metrics", **asked)[0] == status


def test_without_a_token_in_the_settings_none_opens(new_house):
    assert Outside(new_house().house).ask("/metrics", address="10.0.0.9", authorization="Bearer ")[0] == 403


def test_figures_tell_queues_outbox_and_sessions(outside):
    text = outside.ask("/metrics")[2]
    assert sample(text, "benchside_database_up") == 1
    assert sample(text, "benchside_sessions ") == 0
    assert sample(text, "benchside_outbox_age_seconds") == 0


def test_the_sum_is_over_all_workers_and_lasts_when_one_is_gone(tmp_path):
    share = Share(tmp_path)
    REQUESTS.add("/m/{module}/", "GET", "2xx")
    own = share.sums()[REQUESTS.name]["/m/{module}/", "GET", "2xx"][0]
    another = {REQUESTS.name: [[["/m/{module}/", "GET", "2xx"], [5]]]}
    (tmp_path / "1-dead.json").write_text(json.dumps(another))
    (tmp_path / "2-torn.json").write_text('{"half')
    assert share.sums()[REQUESTS.name]["/m/{module}/", "GET", "2xx"][0] == own + 5
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_get_is_answered(outside):
    assert outside.ask("/readyz", "POST")[0] == 405
    assert outside.ask("/healthz", "HEAD")[::2] == (200, "")
