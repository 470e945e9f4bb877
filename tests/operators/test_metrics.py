"""What operators read: whether it lives, whether it can serve, what it counted; and who may read that."""

import re
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
import typed_settings as ts
from prometheus_client.parser import text_string_to_metric_families

from core.bounded import Bounded
from core.metrics import counted, shared
from core.metrics.instruments import SECONDS, Counter, Histogram
from core.records import Delivery, SessionRow
from core.web.server import whole_application
from core.work.migrate import core_track
from core.work.standing import standing
from core.work.submit import submit
from tests.operators.watching import ask
from tests.support.houses import COURT, PASSWORD, ROOT

PAGE = ROOT / "docs" / "operators.md"
TOKEN = "a-token-of-the-scraper"


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Return every sample by its name and label values, in the order of the labels' names."""
    return {
        (one.name, *(one.labels[label] for label in sorted(one.labels))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@pytest.fixture
def house(new_house):
    return new_house("mediation", metrics_token=ts.SecretStr(TOKEN)).house


def test_it_lives_and_is_ready_and_says_so_to_anybody(house):
    application = whole_application(house)
    assert ask(application, "/healthz", peer="203.0.113.9").text == "alive\n"
    answer = ask(application, "/readyz", peer="203.0.113.9")
    assert (answer.status, answer.text) == (200, "ready\n")
    assert ask(application, "/readyz", method="POST").status == 405


def test_a_schema_behind_the_code_is_not_ready_and_is_called_that(house):
    with house.store.engine.begin() as connection:
        connection.execute(sa.text(f"DELETE FROM {core_track().version_table}"))
    answer = ask(whole_application(house), "/readyz")
    assert answer.status == 503
    assert answer.text == "database: migrations are pending for core: run benchside migrate\n"


def test_a_database_that_is_gone_is_not_ready_but_alive(house, monkeypatch):
    def gone(*_):
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("postgresql://user:secret@host"))

    monkeypatch.setattr("core.web.operators.pending", gone)
    application = whole_application(house)
    answer = ask(application, "/readyz")
    assert (answer.status, answer.text) == (
        503,
        "database: it cannot be reached or read (OperationalError)\n",
    )
    assert ask(application, "/healthz").status == 200


def test_a_database_that_hangs_is_called_that_in_time_and_is_asked_once(house, monkeypatch):
    """Probes come every few seconds: a hundred of them must not leave a hundred threads behind."""
    answered, asked = threading.Event(), []

    def hang(*_):
        asked.append(1)
        answered.wait(30)
        return []

    monkeypatch.setattr("core.web.operators.pending", hang)
    monkeypatch.setattr("core.web.operators.READY_SECONDS", 0.05)
    application = whole_application(house)
    for _ in range(3):
        assert ask(application, "/readyz").text == "database: no answer within 0.05 s\n"
    assert asked == [1]
    answered.set()


def test_a_folder_that_takes_no_file_is_not_ready(house):
    (house.blobs.folder / "incoming").rmdir()
    (house.blobs.folder / "incoming").write_text("in the way of the folder")
    answer = ask(whole_application(house), "/readyz")
    assert (answer.status, answer.text) == (503, "files: the folder cannot be written (Not a directory)\n")


def test_a_question_that_fails_raises_and_may_be_asked_again():
    answers = iter([ValueError("no"), None])

    def question():
        answer = next(answers)
        if answer:
            raise answer
        return "yes"

    bounded = Bounded(question, 5)
    with pytest.raises(ValueError, match="no"):
        bounded()
    assert bounded() == "yes"


# --- Who may read


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("203.0.113.9", {}, 403),
        ("203.0.113.9", {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
        ("203.0.113.9", {"HTTP_AUTHORIZATION": "Bearer another"}, 403),
        ("203.0.113.9", {"HTTP_AUTHORIZATION": "Bearer "}, 403),
        ("203.0.113.9", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, 403),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ("127.0.0.1", {"HTTP_AUTHORIZATION": "Bearer another"}, 403),
    ],
)
def test_figures_are_for_this_machine_or_the_token_and_never_for_what_a_proxy_hands_on(
    house, peer, headers, status
):
    assert ask(whole_application(house), "/metrics", peer=peer, **headers).status == status


def test_without_a_token_set_no_bearer_opens(new_house):
    application = whole_application(new_house().house)
    assert ask(application, "/metrics", peer="203.0.113.9", HTTP_AUTHORIZATION="Bearer ").status == 403


# --- What is told


def test_queues_outbox_and_sessions_are_told_from_the_database(house):
    application = whole_application(house)
    now = house.clock()

    def fill(connection):
        for number, (status, module) in enumerate(
            [("waiting", "mediation"), ("waiting", "switched_off"), ("given_up", "mediation"), ("done", "mediation")]
        ):  # fmt: skip
            age = timedelta(seconds=90 if module == "mediation" else 900)
            connection.execute(
                sa.insert(Delivery).values(
                    key=f"k{number}",
                    court_code=COURT,
                    module=module,
                    hook="notify",
                    channel="",
                    payload={},
                    status=status,
                    next_at=now,
                    created_at=now - age,
                )
            )
        person = connection.scalar(sa.text("SELECT min(id) FROM person"))
        for digest, idle in (("new", 1), ("old", 1000)):
            seen = now - timedelta(minutes=idle)
            connection.execute(
                sa.insert(SessionRow).values(digest=digest, person_id=person, created_at=seen, seen_at=seen, memory={})
            )  # fmt: skip

    house.store.write(fill)
    told = samples(ask(application, "/metrics").text)
    assert told["benchside_outbox_depth", "waiting"] == 2
    assert told["benchside_outbox_depth", "given_up"] == 1
    assert ("benchside_outbox_depth", "done") not in told
    assert told["benchside_outbox_age_seconds",] == 90, "what a switched-off module holds back is not late"
    assert told["benchside_sessions",] == 1
    assert told["benchside_database_up",] == 1


def test_the_queue_depth_is_the_count_of_the_court(new_house):
    from tests.support.acting import DIGEST, PDF, SUBMITTER

    fixture = new_house("mediation")
    from io import BytesIO

    from core.work import files

    files.put_file(fixture.house, fixture.outside, fixture.client, DIGEST, BytesIO(PDF))
    for number in range(3):
        submit(fixture.house, fixture.outside, fixture.client, {
            "kind": "mediation", "submission_id": f"m{number}", "submitter": SUBMITTER, "fields": {"wish": "愿意", "channel": "video"},
            "attachments": [{"sha256": DIGEST, "name": "a.pdf", "category": "petition"}],
        })  # fmt: skip
    text = ask(whole_application(fixture.house), "/metrics").text
    assert samples(text)["benchside_queue_depth", COURT, "mediation", "SUBMITTED"] == 3
    assert SUBMITTER["name"] not in text


def test_figures_are_asked_for_now_and_then_and_a_database_that_hangs_costs_only_them(house, monkeypatch):
    asked, answered = [], threading.Event()

    def counting(house):
        asked.append(1)
        return standing(house)

    monkeypatch.setattr("core.web.operators.standing", counting)
    application = whole_application(house)
    for _ in range(3):
        assert samples(ask(application, "/metrics").text)["benchside_database_up",] == 1
    assert asked == [1]
    monkeypatch.setattr("core.web.operators.FIGURES_SECONDS", 0.05)
    monkeypatch.setattr("core.web.operators.standing", lambda _house: answered.wait(30))
    told = samples(ask(whole_application(house), "/metrics").text)
    answered.set()
    assert told["benchside_database_up",] == 0
    assert ("benchside_sessions",) not in told, "old figures would look like a court at rest"
    assert ("benchside_worker_restarts_total",) in told


def test_requests_are_counted_by_their_pattern_and_nothing_of_the_address(house):
    application = whole_application(house)
    before = samples(ask(application, "/metrics").text)
    for path in (
        "/login",
        "/login",
        "/m/mediation/SECRET-SERIAL",
        "/nowhere/SECRET",
        "/api/v1/courts/SECRET/kinds",
    ):
        ask(application, path)
    ask(application, "/login", method="SECRET")
    text = ask(application, "/metrics").text
    after = samples(text)

    def more(*key):
        return after.get(key, 0) - before.get(key, 0)

    assert more("benchside_requests_total", "GET", "/login", "2xx") == 2
    assert more("benchside_requests_total", "other", "/login", "4xx") == 1
    assert more("benchside_requests_total", "GET", "/m/{module}/{serial_no}", "3xx") == 1
    assert more("benchside_requests_total", "GET", "/api/v1/courts/{court}/kinds", "4xx") == 1
    assert more("benchside_requests_total", "GET", "none", "3xx") == 1
    assert more("benchside_request_seconds_count", "/login") == 3
    assert "SECRET" not in text


def test_refused_log_ins_are_counted_by_reason(house):
    from core.fields.problem import Refused
    from core.work.login import log_in

    before = counted.LOGIN_FAILURES.held().get(("wrong_login",), [0])[0]
    for name in ("judge", "nobody"):
        with pytest.raises(Refused):
            log_in(house, name, PASSWORD + "x", "203.0.113.9")
    assert counted.LOGIN_FAILURES.held()["wrong_login",][0] == before + 2


# --- Several processes


def test_the_sum_is_over_all_processes_also_those_that_died_and_never_goes_down(tmp_path, monkeypatch):
    one, two = Counter("things", "Things.", ["kind"]), Counter("things", "Things.", ["kind"])
    first, second = shared.Share(tmp_path), shared.Share(tmp_path)

    def sums(share, counter):
        monkeypatch.setattr(shared, "COUNTED", (counter,))
        return share.sums()["things"]

    one.add("a", by=3)
    assert sums(first, one) == {("a",): [3]}
    two.add("a")
    two.add("b", by=2)
    assert sums(second, two) == {("a",): [4], ("b",): [2]}
    one.add("a")
    assert sums(first, one) == {("a",): [5], ("b",): [2]}
    again = shared.Share(tmp_path)  # the second process died; another took its place
    assert sums(again, Counter("things", "Things.", ["kind"])) == {("a",): [5], ("b",): [2]}
    shared.clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_half_written_or_a_folder_that_is_full_costs_only_its_own_counts(
    tmp_path, monkeypatch
):
    counter = Counter("things", "Things.")
    monkeypatch.setattr(shared, "COUNTED", (counter,))
    counter.add(by=2)
    (tmp_path / "1-x.json").write_text('{"things":[[[],[4')
    assert shared.Share(tmp_path).sums()["things"] == {(): [2]}
    assert shared.Share(tmp_path / "1-x.json").sums()["things"] == {(): [2]}, "no folder can be made there"


def test_a_bucket_counts_what_is_not_longer_than_its_bound():
    timed = Histogram("t", "T.")
    for seconds in (SECONDS[0], SECONDS[0] * 1.01, SECONDS[-1] + 1):
        timed.observe(seconds)
    row = timed.held()[()]
    assert (row[0], row[1], row[-2]) == (1, 1, 1)
    assert row[-1] == pytest.approx(sum((SECONDS[0], SECONDS[0] * 1.01, SECONDS[-1] + 1)))


def test_the_operators_page_tells_of_each_figure_and_of_no_other(house):
    told = set(re.findall(r"^# TYPE (\w+) ", ask(whole_application(house), "/metrics").text, re.MULTILINE))
    listed = set(re.findall(r"^\| `(benchside_\w+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == told


def test_every_alert_of_the_page_asks_for_figures_that_there_are(house):
    text = PAGE.read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(benchside_\w+)`", text, re.MULTILINE))
    asked = set(re.findall(r"\b(benchside_\w+)", "".join(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))))
    assert asked
    for name in asked:
        assert name in listed or re.sub(r"_(bucket|count|sum)$", "", name) in listed, name
