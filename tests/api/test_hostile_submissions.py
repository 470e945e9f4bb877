"""What is sent by mistake or in bad faith: every field of every kind, given what cannot be, is named in both languages."""

import copy
import io
import json
from typing import Any

import pytest

from core.api.app import api_application
from tests.support.acting import DIGEST, upload
from tests.support.brought import bring, case, hearing
from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)
from tests.support.houses import COURT, Fixture

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]

KINDS = ("appeal", "postponement", "preservation", "investigation", "contact", "suggestion")
EVERYWHERE = ["\x00", "a\x00b", "甲" * 10001, "\ud800", "", "   ", -1, 1.5, 10**30, [], {}, [[]], [None]]
"""What no field at all takes."""
ODD = ["1900-01-01", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+08:00", "100.123", "NaN", "1e400",
       "true", True, None]  # fmt: skip
"""What some fields take as text; whatever comes of it, it is an answer."""


@pytest.fixture
def house(new_house) -> Fixture:
    made = new_house(*KINDS, folders=())
    bring(made, case(hearings=[hearing("2026-12-10T09:00")]))
    upload(made)
    return made


class Asked:
    """The API of one house, called without a network between."""

    def __init__(self, fixture: Fixture) -> None:
        self.application, self.token, self.sent = api_application(fixture.house), fixture.token, 0

    def call(self, method: str, door: str, body: Any = None) -> tuple[int, Any]:
        raw = json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": f"/api/v1/courts/{COURT}/{door}".encode().decode("latin-1"), "QUERY_STRING": "",
            "SERVER_NAME": "test", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(raw), "CONTENT_LENGTH": str(len(raw)), "CONTENT_TYPE": "application/json",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
        }  # fmt: skip
        told: list[str] = []
        answer = b"".join(self.application(environ, lambda status, headers, error=None: told.append(status)))
        return int(told[-1][:3]), json.loads(answer)

    def example(self, kind: str) -> dict[str, Any]:
        (one,) = [one for one in self.call("GET", "kinds")[1]["kinds"] if one["kind"] == kind]
        body: dict[str, Any] = copy.deepcopy(one["examples"][0])
        for attachment in body["attachments"]:
            attachment["sha256"] = DIGEST
        return body

    def file(self, body: dict[str, Any]) -> tuple[int, Any]:
        self.sent += 1
        return self.call("POST", "applications", body | {"submission_id": f"hostile-{self.sent}"})


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every single value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inside for place in places(one, (*path, key))] or [path]


def laid(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(body)
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def named(path: tuple[Any, ...]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


def in_words(status: int, answer: Any) -> bool:
    """Tell whether it was taken, or refused in both languages with the fields named."""
    return status == 201 or (
        status == 422
        and bool(answer["errors"])
        and all(one["field"] and one["message_zh"] and one["message_en"] for one in answer["errors"])
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_field_takes_is_refused_under_the_name_of_the_field(house, kind):
    asked = Asked(house)
    body = asked.example(kind)
    for number, path in enumerate(one for one in places(body) if one != ("kind",)):
        for value in ([], {}, EVERYWHERE[number % len(EVERYWHERE)]):
            if value == [] and path == ("attachments",):  # an attachment nobody asked for may be left out
                continue
            status, answer = asked.file(laid(body, path, value))
            assert status == 422, (path, value, answer)
            assert named(path) in [one["field"] for one in answer["errors"]], (path, value, answer)
            assert in_words(status, answer)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_all_fields_are_given_at_once_the_answer_is_in_words(house, kind):
    asked = Asked(house)
    body = asked.example(kind)
    for value in [*EVERYWHERE, *ODD]:
        everything = copy.deepcopy(body)
        for path in places(body["fields"], ("fields",)):
            everything = laid(everything, path, value)
        assert in_words(*asked.file(everything)), value
        for whole in ("fields", "submitter", "attachments", "case_number"):
            assert in_words(*asked.file(body | {whole: value})), (whole, value)


def test_a_case_is_one_of_this_court_and_written_as_courts_write_it(house):
    asked = Asked(house)
    for kind in KINDS:
        body = asked.example(kind)
        for number in (
            "（2026）粤0199民初999号",
            "（2026）粤0198民初1号",
            " （2026） 粤0199民初1号",
            "x" * 5000,
            "\x00",
            "",
            5,
            [],
            {},
        ):
            status, answer = asked.file(body | {"case_number": number})
            assert status == 422, (kind, number)
            assert "case_number" in [one["field"] for one in answer["errors"]], (kind, number)
