"""联系法官 as the outside platform sees it: an example that can be sent as it is, and what came of it."""

import io
import json
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from icalendar import Calendar

from core.api.app import api_application
from core.work.clients import add_client
from tests.plugins.contact.asking import ask, reply
from tests.support.houses import COURT, Fixture

ONE = f"/api/v1/courts/{COURT}"


class Outside:
    """The outside platform, calling the API without a network."""

    def __init__(self, court: Fixture, token: str = "") -> None:
        self.application = api_application(court.house)
        self.token = token or court.token

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, dict[str, str], bytes]:
        raw = json.dumps(body).encode() if body is not None else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": f"{ONE}/{path}".encode().decode("latin-1"), "wsgi.input": io.BytesIO(raw),
            "CONTENT_LENGTH": str(len(raw)), "HTTP_AUTHORIZATION": f"Bearer {self.token}",
        }  # fmt: skip
        if body is not None:
            environ["CONTENT_TYPE"] = "application/json"
        setup_testing_defaults(environ)
        told: list[Any] = []
        chunks = self.application(environ, lambda status, headers, error=None: told.append((status, dict(headers))))  # fmt: skip
        return int(told[0][0][:3]), told[0][1], b"".join(chunks)

    def get(self, path: str) -> dict[str, Any]:
        status, _, raw = self.call("GET", path)
        assert status == 200, raw
        return json.loads(raw)


@pytest.fixture
def outside(court: Fixture) -> Outside:
    return Outside(court)


def test_the_example_can_be_sent_as_it_is(court, outside):
    (kind,) = [one for one in outside.get("kinds")["kinds"] if one["kind"] == "contact"]
    (example,) = kind["examples"]
    assert example["fields"]["type"] == "appointment"
    status, _, raw = outside.call("POST", "applications", example | {"submission_id": "example-1"})
    assert status == 201, raw
    (due,) = json.loads(raw)["deadlines"]
    assert (due["rule"], due["ends_on"]) == ("LX-1", "2026-11-25")


def test_the_applicant_reads_the_reply_with_time_and_place_and_may_take_it_into_a_calendar(court, outside):
    serial = ask(court)
    assert outside.get(f"applications/{serial}")["appointment"] is None
    assert outside.call("GET", f"applications/{serial}/appointment")[0] == 404
    reply(court, serial, "agree", "请按时到院。")
    shown = outside.get(f"applications/{serial}")
    assert (shown["state"]["code"], shown["state"]["label_zh"]) == ("CLOSED", "已答复")
    assert (shown["decision"]["code"], shown["decision"]["opinion"]) == ("agree", "请按时到院。")
    details = {one["name"]: one["value"] for one in shown["decision"]["details"]}
    assert (details["meeting_at"], details["meeting_place"]) == ("2026-11-24 09:30", "第三会见室")
    assert shown["appointment"] == {
        "starts_at": "2026-11-24T01:30:00+00:00", "ends_at": "2026-11-24T02:00:00+00:00", "place": "第三会见室", "with": "judge",
    }  # fmt: skip
    status, headers, raw = outside.call("GET", f"applications/{serial}/appointment")
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["SUMMARY"]) == "会见 （2026）粤0199民初1号"


def test_a_calendar_file_is_for_whose_request_it_is(court):
    serial = ask(court)
    reply(court, serial, "agree")
    stranger = Outside(court, add_client(court.house, "stranger", [COURT]))
    assert stranger.call("GET", f"applications/{serial}/appointment")[0] == 404
    assert stranger.call("GET", f"applications/{quote('LX0')}/appointment")[0] == 404


def test_a_message_after_the_answer_asks_again(court, outside):
    serial = ask(court)
    reply(court, serial, "written")
    status, _, _ = outside.call("POST", f"applications/{serial}/messages", {"text": "需要带原件吗？"})
    assert status == 201
    assert outside.get(f"applications/{serial}")["state"]["code"] == "SUBMITTED"
    status, _, _ = outside.call("POST", f"applications/{serial}/withdrawal", {})
    assert status == 201
    assert outside.get(f"applications/{serial}")["state"]["code"] == "WITHDRAWN"


def test_the_platform_learns_when_and_where_people_are_met(court, outside):
    told = outside.get("m/contact/open-days")
    assert (told["place"], told["minutes"], told["opens"], told["closes"]) == ("诉讼服务中心法官会见室", 30, "08:30", "18:00")  # fmt: skip
    assert told["days"][:5] == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]
    assert len(told["days"]) == 10
