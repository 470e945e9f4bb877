"""Papers at the outside platform's door: listed with the request, fetched as PDF or DOCX, for its own client alone."""

import json
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from openapi_spec_validator import validate

from core.api.app import api_application
from core.work.clients import add_client
from core.work.paper_files import DOCX, TYPES
from tests.papers.test_issuing import MODULES, ask, grant, issued
from tests.support.houses import COURT, OTHER, Fixture
from tests.support.papers import docx_text, pdf_text


@pytest.fixture
def house(new_house) -> Fixture:
    made: Fixture = new_house("permit", folders=MODULES)
    return made


def get(
    house: Fixture, path: str, *, token: str = "", query: str = "", accept: str = "", court: str = COURT
) -> tuple[int, dict[str, str], bytes]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_AUTHORIZATION": f"Bearer {token or house.token}",
        "PATH_INFO": f"/api/v1/courts/{court}/{path}".encode().decode("latin-1"),
    }  # fmt: skip
    if accept:
        environ["HTTP_ACCEPT"] = accept
    setup_testing_defaults(environ)
    told: list[Any] = []
    body = b"".join(
        api_application(house.house)(
            environ, lambda status, headers, error=None: told.append((status, headers))
        )
    )
    status, headers = told[-1]
    return int(status[:3]), {name.lower(): value for name, value in headers}, body


def place(house: Fixture, serial_no: str, code: str) -> str:
    return f"applications/{serial_no}/papers/{issued(house, serial_no)[code].id}"


def test_a_request_lists_its_papers_and_each_can_be_fetched(house):
    serial_no = ask(house)
    grant(house, serial_no)
    _, _, body = get(house, f"applications/{serial_no}")
    listed = json.loads(body)["papers"]
    assert [(one["code"], one["number"], one["title_en"]) for one in listed] == [
        ("receipt", "", "Receipt"), ("permit", "（2026）粤0199许令1号", "Permit"),
    ]  # fmt: skip
    status, headers, pdf = get(house, f"applications/{serial_no}/papers/{listed[1]['id']}")
    assert (status, headers["content-type"], headers["content-length"]) == (
        200,
        "application/pdf",
        str(len(pdf)),
    )
    assert "许可令" in pdf_text(pdf)
    for how in ({"query": "format=docx"}, {"accept": TYPES[DOCX]}):
        status, headers, docx = get(house, place(house, serial_no, "permit"), **how)
        assert (status, headers["content-type"]) == (200, TYPES[DOCX])
        assert "许可令" in docx_text(docx)


def test_what_is_not_offered_to_the_client_is_not_there(house):
    serial_no = ask(house)
    grant(house, serial_no)
    other = add_client(house.house, "second", [COURT, OTHER])
    assert get(house, place(house, serial_no, "stub"))[0] == 404
    assert get(house, place(house, serial_no, "receipt"), token=other)[0] == 404
    assert get(house, place(house, serial_no, "receipt"), court=OTHER)[0] == 404
    for strange in ("0", "x", "1" * 30, quote("１")):
        assert get(house, f"applications/{serial_no}/papers/{strange}")[0] == 404


def test_an_unknown_form_is_refused(house):
    serial_no = ask(house)
    status, _, body = get(house, place(house, serial_no, "receipt"), query="format=exe")
    assert (status, json.loads(body)["code"]) == (400, "bad_argument")


def test_the_description_says_that_a_file_comes_back(house):
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/openapi.json"}
    setup_testing_defaults(environ)
    document = json.loads(b"".join(api_application(house.house)(environ, lambda *_: None)))
    validate(document)
    call = document["paths"]["/api/v1/courts/{court}/applications/{serial_no}/papers/{paper}"]["get"]
    assert set(call["responses"]["200"]["content"]) == set(TYPES.values())
    (asked,) = [one for one in call["parameters"] if one["in"] == "query"]
    assert asked["schema"]["enum"] == ["pdf", "docx"]
