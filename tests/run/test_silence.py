"""A whole story over HTTP, with its failures; and then not one name, number, word or secret of it is in any log."""

import http.client
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import sqlalchemy as sa

from core.records import Delivery
from tests.held.running import SECRET, Serving
from tests.run.test_stopping import Opener, ended
from tests.support.acting import PDF
from tests.support.houses import COURT, PASSWORD
from tests.support.ports import wait_until

WRONG, NOBODY, SEARCHED, OPINION = (
    "Wrong-Password-77",
    "查无此人",
    "某某遗失的合同原件",
    "所附起诉状没有签名，请补正后再来",
)
MINE = re.compile(r"[\u3400-\u9fff]{2,}|\d{8,}")
"""What in a submission may be somebody's: Chinese words, and long numbers."""


class Teller:
    """Sends requests and keeps the id of each."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        self.ids: list[tuple[str, int]] = []

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.serving.port, timeout=30)
        try:
            wire.request(method, path, body, headers)
            answer = wire.getresponse()
            page = answer.read().decode("utf-8", "replace")
        finally:
            wire.close()
        self.ids.append((answer.headers["X-Request-ID"], answer.status))
        return answer.status, page, answer.headers.get("Set-Cookie", "").partition(";")[0]

    def api(self, method: str, what: str, body: Any = None, token: str = "") -> tuple[int, str]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        head = {
            "Authorization": f"Bearer {token or self.serving.fixture.token}",
            "Content-Type": "application/json",
        }
        return self.ask(method, f"/api/v1/courts/{quote(COURT)}/{what}", raw, **head)[:2]

    def form(self, path: str, cookie: str, **form: str) -> tuple[int, str, str]:
        head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self.ask("POST", path, urlencode(form).encode(), **head)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a body, however deep."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def story(teller: Teller) -> tuple[set[str], str]:
    """File, fail, guess, log in, search, look, decide; return what is nobody's to read in a log, and the serial number."""
    serving = teller.serving
    digest = serving.upload(PDF)
    body = serving.submission("silence", digest)
    status, told = teller.api("POST", "applications", body)
    assert status == 201, told
    serial = json.loads(told)["serial_no"]
    wrong = {**body, "submission_id": "silence-2", "fields": {**body["fields"], SEARCHED: OPINION}}
    assert teller.api("POST", "applications", wrong)[0] == 422 or teller.ids[-1][1] == 400
    assert teller.api("GET", "kinds", token="a-token-that-somebody-made-up")[0] == 401
    assert teller.ask("PUT", f"/api/v1/courts/{quote(COURT)}/files/{'0' * 64}", PDF)[0] in (400, 401)
    teller.form("/login", "", username=NOBODY, password=WRONG)
    teller.form("/login", "", username="reviewer", password=WRONG)
    cookie = teller.form("/login", "", username="reviewer", password=PASSWORD)[2]
    page = teller.ask("GET", f"/m/filing/?{urlencode({'q': SEARCHED})}", Cookie=cookie)[1]
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert csrf is not None
    assert teller.ask("GET", f"/m/filing/{serial}", Cookie=cookie)[0] == 200
    assert teller.ask("GET", f"/cases/{quote('（2026）粤0199民初77号')}", Cookie=cookie)[0] in (403, 404)
    review = {
        "decision": "return_for_correction", "opinion": OPINION, "version": "1", "reasons": "incomplete", "correction_days": "7",
        "corrections.0.item": "起诉状", "corrections.0.requirement": "补签名",
    }  # fmt: skip
    assert teller.form(f"/m/filing/{serial}/review", cookie, csrf=csrf[1], **review)[0] in (200, 303)
    own = {found for text in texts(body) for found in MINE.findall(text)}
    secret = {
        serving.fixture.token,
        SECRET,
        PASSWORD,
        WRONG,
        NOBODY,
        SEARCHED,
        OPINION,
        "补签名",
        cookie.partition("=")[2],
    }
    return own | secret | {"a-token-that-somebody-made-up", csrf[1]}, serial


def break_the_database(teller: Teller) -> None:
    """Have a submission fail in the middle, with all its values in the statement."""
    store = teller.serving.fixture.house.store
    store.write(lambda connection: connection.execute(sa.text("ALTER TABLE history RENAME TO history_away")))
    body = teller.serving.submission("silence-3", teller.serving.upload(PDF))
    assert teller.api("POST", "applications", body)[0] >= 500
    store.write(lambda connection: connection.execute(sa.text("ALTER TABLE history_away RENAME TO history")))


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_no_log_tells_of_anybody_and_every_answer_is_found_by_its_id(opened: Opener, brand: str) -> None:
    serving = opened(brand)
    serving.start(2)
    serving.learn()
    teller = Teller(serving)
    secrets, serial = story(teller)
    break_the_database(teller)
    with serving.fixture.house.store.read() as connection:
        tried = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.attempts > 0)
        wait_until(lambda: connection.rollback() or connection.scalar(tried), "the outbox to try")
    assert serving.process is not None
    serving.process.terminate()
    assert ended(serving, 30) == 0
    log = (serving.folder / "serve.log").read_text(encoding="utf-8")
    told = [json.loads(line) for line in log.splitlines()]
    assert len(secrets) > 20
    for one in (*secrets, serial, "张"):
        assert one not in log, one
        assert json.dumps(one)[1:-1] not in log, one
        assert quote(one) not in log, one
    assert any("exception" in one for one in told), "the failure is told, with its traceback"
    lines = {one["request_id"]: one["status"] for one in told if one["event"] == "request"}
    for number, status in teller.ids:
        assert lines[number] == status
