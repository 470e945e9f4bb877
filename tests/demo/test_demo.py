"""The demo: every state, true counts, nothing made twice, real files, notices that really leave."""

import hashlib
import http.client
import json
import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pypdfium2
import pytest
import sqlalchemy as sa
import typed_settings as ts
from attrs import evolve, frozen
from PIL import Image

from core.fields.problem import Refused
from core.law import identity
from core.law.causes import starter_causes, version_for
from core.law.dates import court_date
from core.loader import Modules, find_modules, load_modules
from core.records import (
    ApplicationFile,
    ApplicationRow,
    Audit,
    CaseRow,
    Comment,
    CourtSetting,
    Delivery,
    History,
    QueueCount,
)
from core.roles import Role
from core.settings import ROOT, Settings
from core.work.clients import client_of
from core.work.house import House
from core.work.login import log_in
from core.work.people import password_problem
from core.work.snapshots import by_id
from demo import matters, papers, parties, prepare, start_gateway, stop_gateway, write_demo_json
from demo.fates import FATES, choose
from demo.filings import open_desk
from demo.gateway import BODY_LIMIT, PATH, running_gateway
from demo.plans import PLANS
from demo.staff import FIRST, POSTS, SECOND, password
from demo.told import AccountTold, ClientTold, CourtTold
from host import build_house

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
URL = "http://127.0.0.1:8080"


@frozen
class Made:
    """A demo that was prepared once for all tests of a worker."""

    house: House
    folder: Path
    unfinished: tuple[str, ...] = ()
    """The stories that were not told to their end, and why."""


def new_house(folder: Path, modules: Modules | None = None) -> House:
    settings = Settings(data_dir=folder, secret_key=ts.SecretStr("a-secret-for-tests-of-32-characters"))
    house = build_house(settings, modules or load_modules(find_modules([ROOT / "plugins"])))
    return evolve(house, clock=lambda: NOW)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Give a demo with a few filings, every fate among them."""
    folder = tmp_path_factory.mktemp("demo")
    house = new_house(folder)
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matters.log, "info", lambda text, *more: said.append(text % more))
        prepare(house, folder, URL, filings=len(FATES) + 5)
    yield Made(house, folder, tuple(said))
    stop_gateway(folder)
    house.store.close()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the time that a password's digest takes, where nobody logs in."""
    monkeypatch.setattr("core.work.people.hash_password", lambda password: "none")


def rows(demo: Made, statement: "sa.Select[tuple[object, ...]]") -> list[tuple[object, ...]]:
    with demo.house.store.read() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def told(folder: Path) -> dict:
    return json.loads((folder / "demo.json").read_text(encoding="utf-8"))


# --- What is made


def test_every_state_of_a_filing_is_there(demo: Made):
    flow = demo.house.modules.flow("filing")
    there = {
        state
        for (state,) in rows(
            demo,
            sa.select(ApplicationRow.state).where(
                ApplicationRow.court_code == FIRST.code, ApplicationRow.kind == "filing"
            ),
        )
    }
    assert there == {state.code for state in flow.states}


def test_both_courts_have_filings_with_serial_numbers_of_their_own(demo: Made):
    held = Counter(
        court
        for (court,) in rows(
            demo, sa.select(ApplicationRow.court_code).where(ApplicationRow.kind == "filing")
        )
    )
    assert held == {FIRST.code: len(FATES) + 5, SECOND.code: (len(FATES) + 5) * 3 // 20}


@pytest.mark.parametrize("kind", PLANS)
def test_every_kind_has_requests_in_several_states_for_the_judge(demo: Made, kind: str):
    if demo.house.modules.flow(kind) is None:
        pytest.skip(f"{kind} is not installed")
    held = rows(
        demo,
        sa.select(ApplicationRow.state, ApplicationRow.handler_id).where(
            ApplicationRow.court_code == FIRST.code, ApplicationRow.kind == kind
        ),
    )
    assert 6 <= len(held) <= 16
    assert len({state for state, _ in held}) >= 3
    assert any(handler is not None for _, handler in held)


def test_every_story_is_told_to_its_end(demo: Made):
    assert demo.unfinished == ()


def test_counts_agree_with_the_filings(demo: Made):
    kept = {
        (court, kind, handler, state): count
        for court, kind, handler, state, count in rows(
            demo,
            sa.select(
                QueueCount.court_code,
                QueueCount.kind,
                QueueCount.handler_id,
                QueueCount.state,
                QueueCount.count,
            ).where(QueueCount.count != 0),
        )
    }
    counted: Counter[tuple[object, ...]] = Counter()
    columns = ("court_code", "kind", "handler_id", "state", "hidden_from")
    for court, kind, handler, state, hidden in rows(
        demo, sa.select(*(getattr(ApplicationRow, name) for name in columns))
    ):
        for one in {-(hidden or 0), handler or 0} - ({0} if hidden else set()):
            counted[court, kind, one, state] += 1
    assert kept == counted


def test_the_past_is_true_in_itself(demo: Made):
    histories = rows(
        demo,
        sa.select(History.application_id, History.at, History.from_state, History.to_state).order_by(
            History.id
        ),
    )
    state: dict[object, object] = {}
    before = NOW - timedelta(days=61)
    for application, at, came_from, went_to in histories:
        assert state.get(application) == came_from
        assert before <= at <= NOW
        state[application], before = went_to, at
    assert state == dict(rows(demo, sa.select(ApplicationRow.id, ApplicationRow.state)))
    assert all(at <= NOW for (at,) in rows(demo, sa.select(Audit.at)))


def test_some_are_resubmitted_assigned_written_about_near_and_overdue(demo: Made):
    assert rows(demo, sa.select(ApplicationRow.id).where(ApplicationRow.revision == 2))
    assert rows(demo, sa.select(ApplicationRow.id).where(ApplicationRow.handler_id.is_not(None)))
    assert rows(demo, sa.select(Comment.id).where(Comment.complaint.is_(True)))
    assert rows(demo, sa.select(Comment.id).where(Comment.from_court.is_(True)))
    due = [
        at
        for (at,) in rows(demo, sa.select(ApplicationRow.due_at).where(ApplicationRow.state == "SUBMITTED"))
    ]
    assert any(at <= NOW for at in due)
    assert any(NOW < at <= NOW + timedelta(days=2) for at in due)


def test_cases_are_docketed_on_their_day_and_have_a_judge(demo: Made):
    cases = rows(demo, sa.select(CaseRow.docketed_on, CaseRow.handler_id))
    assert cases
    assert all(handler and day <= court_date(NOW) for day, handler in cases)
    assert any(day < court_date(NOW) - timedelta(days=3) for day, _ in cases)


def test_the_demo_is_the_same_every_time(demo: Made, tmp_path: Path, quick_passwords: None):
    again = Made(new_house(tmp_path), tmp_path)
    try:
        prepare(again.house, tmp_path, URL, filings=len(FATES) + 5)
        facts = sa.select(
            ApplicationRow.serial_no,
            ApplicationRow.state,
            ApplicationRow.applicant,
            ApplicationRow.submitted_at,
            ApplicationRow.due_at,
        ).order_by(ApplicationRow.serial_no)
        assert rows(again, facts) == rows(demo, facts)
    finally:
        stop_gateway(tmp_path)
        again.house.store.close()


def test_every_fate_comes_first_and_the_rest_by_weight():
    chosen = choose(Random(1), 300)
    assert chosen[: len(FATES)] == list(FATES)
    assert len(chosen) == 300
    assert choose(Random(1), 4) == list(FATES[:4])


def test_causes_are_those_of_the_list_in_force_on_the_day(
    tmp_path: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(import_module("demo.prepare"), "PLANS", {})
    house = evolve(new_house(tmp_path), clock=lambda: datetime(2026, 1, 20, 6, tzinfo=UTC))
    try:
        prepare(house, tmp_path, URL, filings=len(FATES))
        codes = {(cause.version, cause.code): cause.name for cause in starter_causes()}
        versions = set()
        with house.store.read() as connection:
            for (key,) in connection.execute(
                sa.select(ApplicationRow.id).where(ApplicationRow.kind == "filing")
            ).all():
                filed = by_id(connection, house.modules, key)
                versions.add(version := version_for(court_date(filed.submitted_at)))
                assert codes[version, filed.fields.cause.code] == filed.fields.cause.name
        assert versions == {2020, 2025}
    finally:
        stop_gateway(tmp_path)
        house.store.close()


def test_a_year_whose_holidays_are_not_known_yet_stops_nothing(tmp_path: Path, quick_passwords: None):
    house = evolve(new_house(tmp_path), clock=lambda: datetime(2036, 3, 20, 6, tzinfo=UTC))
    try:
        prepare(house, tmp_path, URL, filings=len(FATES))
        states = {state for (state,) in rows(Made(house, tmp_path), sa.select(ApplicationRow.state))}
        assert {"SUBMITTED", "DOCKETED", "RETURNED_FOR_CORRECTION"} <= states
    finally:
        stop_gateway(tmp_path)
        house.store.close()


# --- demo.json


def test_demo_json_tells_everything_and_only_to_its_owner(demo: Made):
    path = demo.folder / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = told(demo.folder)
    assert set(content) == {"base_url", "courts", "accounts", "clients"}
    assert content["base_url"] == URL
    assert content["courts"] == [{"code": one.code, "name": one.name} for one in (FIRST, SECOND)]
    for court in (FIRST, SECOND):
        roles = {one["role"] for one in content["accounts"] if one["court"] == court.code}
        assert roles == {role.value for role in Role}
    held = Counter((one["court"], one["role"]) for one in content["accounts"])
    assert held[FIRST.code, "HANDLING_JUDGE"] == held[FIRST.code, "CENTRE_REVIEWER"] == 2
    assert all(set(one) == {"username", "password", "role", "court", "name"} for one in content["accounts"])
    assert [one["courts"] for one in content["clients"]] == [
        [FIRST.code],
        [SECOND.code],
        [FIRST.code, SECOND.code],
    ]


def test_the_passwords_and_tokens_of_demo_json_work(demo: Made):
    content = told(demo.folder)
    assert len({one["password"] for one in content["accounts"]}) == len(content["accounts"])
    assert all(password_problem(one["password"]) is None for one in content["accounts"])
    for one in content["accounts"][:2]:
        assert log_in(demo.house, one["username"], one["password"], "127.0.0.1")
    for one in content["clients"]:
        client = client_of(demo.house, one["token"])
        assert client is not None
        assert client.courts == set(one["courts"])


def test_passwords_are_readable_and_random():
    made = {password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[A-Z][a-z]{3}-[A-Z][a-z]{3}-[0-9]{4}", one) for one in made)


def test_the_people_of_a_court_have_names_of_their_own():
    for court in (FIRST, SECOND):
        posts = [post for post in POSTS if court.second or not post.second]
        assert len(posts) == len(set(court.surnames))
    assert not set(FIRST.surnames) & set(SECOND.surnames)


def test_demo_json_is_written_as_asked(tmp_path: Path):
    path = tmp_path / "demo.json"
    write_demo_json(
        path,
        URL,
        [CourtTold("粤0199", "院")],
        [AccountTold("a", "p", "CLERK", "粤0199", "某")],
        [ClientTold("c", "t", ("粤0199",))],
    )
    assert json.loads(path.read_text()) == {
        "base_url": URL, "courts": [{"code": "粤0199", "name": "院"}],
        "accounts": [{"username": "a", "password": "p", "role": "CLERK", "court": "粤0199", "name": "某"}],
        "clients": [{"name": "c", "token": "t", "courts": ["粤0199"]}],
    }  # fmt: skip


# --- A second start


def test_a_second_start_makes_nothing_and_refreshes_the_address(demo: Made):
    before, counts = told(demo.folder), _counts(demo)
    prepare(demo.house, demo.folder, "http://127.0.0.1:9999")
    assert told(demo.folder) == before | {"base_url": "http://127.0.0.1:9999"}
    assert stat.S_IMODE((demo.folder / "demo.json").stat().st_mode) == 0o600
    prepare(demo.house, demo.folder, URL)
    assert told(demo.folder) == before
    assert _counts(demo) == counts


def _counts(demo: Made) -> list[object]:
    return [
        rows(demo, sa.select(sa.func.count()).select_from(table))
        for table in (ApplicationRow, History, Audit, Delivery)
    ]


def test_a_demo_that_was_not_finished_is_refused_with_the_cure(tmp_path: Path, quick_passwords: None):
    house = new_house(tmp_path)
    try:
        prepare(house, tmp_path, URL, filings=0)
        (tmp_path / "demo.json").unlink()
        with pytest.raises(Refused) as refused:
            prepare(house, tmp_path, URL)
        assert "删除" in refused.value.message.zh
    finally:
        stop_gateway(tmp_path)
        house.store.close()


def test_without_any_module_there_are_still_courts_and_people(tmp_path: Path, quick_passwords: None):
    house = new_house(tmp_path, load_modules([]))
    try:
        assert start_gateway(house, tmp_path).startswith("http://127.0.0.1:")
        prepare(house, tmp_path, URL, filings=5)
        assert rows(Made(house, tmp_path), sa.select(ApplicationRow.id)) == []
        assert len(told(tmp_path)["accounts"]) == len(POSTS) * 2 - 2
    finally:
        stop_gateway(tmp_path)
        house.store.close()


# --- Files


def test_every_file_is_what_its_name_says_and_opens(demo: Made):
    files = rows(
        demo, sa.select(ApplicationFile.sha256, ApplicationFile.name, ApplicationFile.pages).distinct()
    )
    assert {Path(str(name)).suffix for _, name, _ in files} == {".pdf", ".jpg", ".png"}
    for sha256, name, pages in files:
        content = demo.house.blobs.path(str(sha256)).read_bytes()
        if str(name).endswith(".pdf"):
            with pypdfium2.PdfDocument(content) as document:
                assert len(document) == pages
                assert papers.MARK in text_of(document)
        else:
            with Image.open(BytesIO(content)) as picture:
                picture.verify()


def test_a_complaint_names_the_parties_of_its_filing(demo: Made):
    found = rows(
        demo,
        sa.select(ApplicationRow.applicant, ApplicationFile.sha256)
        .join(ApplicationFile, ApplicationFile.application_id == ApplicationRow.id)
        .where(ApplicationFile.category == "complaint", ApplicationRow.kind == "filing"),
    )
    for applicant, sha256 in found:
        with pypdfium2.PdfDocument(demo.house.blobs.path(str(sha256))) as document:
            assert len(document) >= 2
            assert str(applicant).split("、", 1)[0] in text_of(document).replace("\n", "").replace("\r", "")


def text_of(document: pypdfium2.PdfDocument) -> str:
    texts = []
    for page in document:
        held = page.get_textpage()
        texts.append(held.get_text_bounded())
        held.close()
        page.close()
    return "".join(texts)


def test_papers_are_the_same_byte_by_byte():
    one, two = papers.common_papers(), papers.common_papers()
    assert one == two
    assert len({hashlib.sha256(content).digest() for _, content in one.values()}) == len(one)


def test_the_font_is_missed_with_the_cure(monkeypatch: pytest.MonkeyPatch):
    papers.font.cache_clear()
    monkeypatch.setattr(papers, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="make install"):
        papers.font()


# --- People who do not exist


def test_numbers_are_well_formed_and_belong_to_nobody():
    dice = Random(3)
    for _ in range(50):
        one, two = parties.person(dice), parties.company(dice)
        assert identity.check_resident_id(one.number, today=NOW.date()).value == one.number
        assert one.number.startswith("440100")
        assert one.born.year < 1950
        assert identity.check_unified_code(two.number).value == two.number
        assert two.number[2:8] == "440199"
        agent = parties.lawyer(dice, one.name)
        assert identity.check_lawyer_licence(agent["licence_no"]).value.startswith("14499")
        assert all(held.startswith("1990000") for held in (one.phone, two.phone, agent["phone"]))


def test_a_court_with_an_unknown_list_of_causes_still_gets_filings():
    made = open_desk("某院").write(Random(1), {"某纠纷": "01.01.001"}, NOW.date())
    assert made.fields["cause"] == "01.01.001"
    assert "claim_amount" not in made.fields


# --- The gateway


def test_every_notice_of_the_first_court_left_through_the_gateway_once(demo: Made):
    lines = [
        json.loads(line) for line in (demo.folder / "sms.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    sent = rows(demo, sa.select(Delivery.key).where(Delivery.hook == "notify", Delivery.status == "done"))
    assert len(sent) > 20
    assert Counter(line["key"] for line in lines) == Counter(str(key) for (key,) in sent)
    assert all(
        line["content"].startswith(f"【{FIRST.name}】") and "12368" in line["content"] for line in lines
    )


def test_the_gateway_takes_each_message_once_and_keeps_its_port(tmp_path: Path):
    gateway = running_gateway(tmp_path)
    body = json.dumps({"to_phone": "19900000001", "content": "您好"}).encode()
    first, second = post(gateway.url, body, gateway.token), post(gateway.url, body, gateway.token)
    assert first == second
    assert first[0] == 200
    assert first[1]["accepted"] is True
    port = gateway.port
    stop_gateway(tmp_path)
    stop_gateway(tmp_path)
    again = running_gateway(tmp_path)
    assert (again.port, again.token) == (port, gateway.token)
    assert post(again.url, body, again.token) == first
    assert len(again.file.read_text().splitlines()) == 1
    stop_gateway(tmp_path)


def test_the_gateway_takes_another_port_when_its_own_is_taken(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    held = running_gateway(first)
    second.mkdir()
    (second / "gateway.json").write_text(json.dumps({"port": held.port, "token": "kept"}))
    moved = running_gateway(second)
    assert moved.port != held.port
    assert json.loads((second / "gateway.json").read_text()) == {"port": moved.port, "token": "kept"}
    stop_gateway(first)
    stop_gateway(second)


def test_a_moved_gateway_is_told_to_its_court(demo: Made):
    statement = sa.select(CourtSetting.value).where(
        CourtSetting.court_code == FIRST.code, CourtSetting.name == "url"
    )
    before = running_gateway(demo.folder)
    assert rows(demo, statement) == [(before.url,)]
    stop_gateway(demo.folder)
    other = running_gateway_on_port(demo.folder, before.port)
    try:
        assert start_gateway(demo.house, demo.folder) != before.url
        assert rows(demo, statement) == [(start_gateway(demo.house, demo.folder),)]
    finally:
        other()


def running_gateway_on_port(folder: Path, port: int):
    """Occupy a port with the gateway of another folder; return what lets it go."""
    other = folder / "other"
    other.mkdir()
    (other / "gateway.json").write_text(json.dumps({"port": port}))
    assert running_gateway(other).port == port
    return lambda: stop_gateway(other)


def test_the_gateway_refuses_what_is_no_message(tmp_path: Path):
    gateway = running_gateway(tmp_path)
    good = json.dumps({"to_phone": "1", "content": "x"}).encode()
    url = gateway.url
    assert post(url, good, "wrong")[0] == 401
    assert post(url.replace(PATH, "/other"), good, gateway.token)[0] == 404
    assert post(url, b"{", gateway.token)[0] == 400
    assert post(url, b"[]", gateway.token)[0] == 400
    assert post(url, b"x", gateway.token, length=str(BODY_LIMIT + 1))[0] == 413
    assert post(url, b"", gateway.token, length="many")[0] == 411
    assert not gateway.file.exists()
    stop_gateway(tmp_path)


def test_the_gateways_file_is_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("demo.gateway.FILE_LIMIT", 10)
    gateway = running_gateway(tmp_path)
    first, second = gateway.take("", {"content": "一"}), gateway.take("k", {"content": "二"})
    assert first != second
    assert (tmp_path / "sms.old.jsonl").exists()
    assert len(gateway.file.read_text().splitlines()) == 1
    stop_gateway(tmp_path)


def post(url: str, body: bytes, token: str, length: str = "") -> tuple[int, dict]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "key-1"}
    try:
        connection.request("POST", parts.path, body, headers | {"Content-Length": length or str(len(body))})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()
