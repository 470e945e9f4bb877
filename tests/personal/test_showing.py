"""Numbers are masked wherever a page shows them; one is shown to whoever may see the request and asks, and that is recorded."""

import re
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from core.records import Audit
from core.web.app import web_application
from tests.personal.numbers import CALLED, FIELDS, FILED_NUMBERS, FOLDERS, RELATIVE, RESIDENT, file_person
from tests.support.acting import conclude
from tests.support.houses import ROOT
from tests.web.further.asking import Browser


@pytest.fixture
def fixture(new_house):
    return new_house("person", folders=FOLDERS, assets_dir=ROOT / "var" / "assets")


@pytest.fixture
def browser(fixture):
    return Browser(web_application(fixture.house)).log_in("reviewer")


def shows(fixture):
    with fixture.house.store.read() as connection:
        select = sa.select(Audit.actor, Audit.target, Audit.data).where(Audit.action == "person.show")
        return [tuple(row) for row in connection.execute(select)]


def offered(text):
    return set(re.findall(r'name="field" value="([^"]+)"', text))


def test_no_page_shows_a_number_unasked(fixture, browser):
    serial = file_person(fixture)
    conclude(fixture, "reviewer", "person", serial, "call", called=CALLED)
    for path in (f"/m/person/{serial}", "/m/person/", "/", f"/search?q={quote('乙某某')}"):
        reply = browser.get(path)
        assert reply.status == 200
        assert [
            number for number in (*FILED_NUMBERS, CALLED, CALLED.replace("-", "")) if number in reply.text
        ] == [], path
    page = browser.get(f"/m/person/{serial}").text
    assert "440100********0014" in page
    assert offered(page) == {
        "fields.resident_id", "fields.passport", "fields.phone", "fields.mail", "fields.relatives.0.phone",
        "fields.relatives.0.id_no", "submitter.phone", "submitter.id_no", "step.1.called",
    }  # fmt: skip


def test_one_number_is_shown_when_asked_for_and_that_is_recorded_without_it(fixture, browser):
    serial = file_person(fixture)
    reply = browser.post(f"/m/person/{serial}/show", {"field": "fields.resident_id"})
    assert reply.status == 200
    assert RESIDENT in reply.text
    assert [number for number in FILED_NUMBERS if number in reply.text and number != RESIDENT] == []
    assert "fields.resident_id" not in offered(reply.text)
    part = browser.post(f"/m/person/{serial}/show", {"field": "fields.relatives.0.phone"}, part=True)
    assert re.sub(r"<[^>]+>", "", part.text).strip() == RELATIVE
    assert shows(fixture) == [
        ("reviewer", serial, {"field": "fields.resident_id"}),
        ("reviewer", serial, {"field": "fields.relatives.0.phone"}),
    ]


@pytest.mark.parametrize(
    "field", ["", "fields.name", "fields.secretly", "fields.relatives.7.phone", "submitter.__class__"]
)
def test_what_is_no_personal_data_cannot_be_asked_for(fixture, browser, field):
    serial = file_person(fixture)
    assert browser.post(f"/m/person/{serial}/show", {"field": field}).status == 404
    assert shows(fixture) == []


def test_who_may_not_see_the_request_is_shown_nothing(fixture):
    serial = file_person(fixture)
    for name, status in (("judge", 403), ("other_reviewer", 404), ("sysadmin", 404)):
        other = Browser(web_application(fixture.house)).log_in(name)
        reply = other.post(f"/m/person/{serial}/show", {"field": "fields.resident_id"})
        assert (reply.status, RESIDENT in reply.text) == (status, False), name
    assert shows(fixture) == []


def test_without_the_form_token_nothing_is_shown(fixture, browser):
    serial = file_person(fixture)
    reply = browser.post(f"/m/person/{serial}/show", {"field": "fields.resident_id"}, token="0" * 64)
    assert (reply.status, RESIDENT in reply.text, shows(fixture)) == (403, False, [])


def test_an_empty_field_offers_nothing(fixture, browser):
    serial = file_person(
        fixture, **{name: None for name in FIELDS if name in ("resident_id", "passport", "phone", "mail")}
    )
    assert not {one for one in offered(browser.get(f"/m/person/{serial}").text) if one.startswith("fields.p")}
