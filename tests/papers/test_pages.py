"""Papers on the pages: the card, the files, the preview, and what strangers may verify."""

import re
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa

from core.papers.blocks import Square
from core.papers.markdown import read_blocks
from core.records import ApplicationRow, PaperRow, Person
from core.web.app import web_application
from core.work.review import decide
from core.work.switches import disable
from tests.papers.test_issuing import FORM, MODULES, NASTY, ask, give_to_judge, grant, issued, read, state_of
from tests.support.acting import rows
from tests.support.houses import OPERATOR, Fixture
from tests.web.further.asking import Browser


@pytest.fixture
def house(new_house) -> Fixture:
    made: Fixture = new_house("permit", folders=MODULES, public_url="https://court.example/")
    return made


@pytest.fixture
def web(house) -> Any:
    return web_application(house.house)


def stranger(web: Any) -> Browser:
    return Browser(web)


def code_of(house: Fixture) -> str:
    (row,) = rows(house, PaperRow, PaperRow.code == "permit")
    return str(row.verification)


# --- Inside


def test_the_page_of_a_request_offers_its_papers_and_they_can_be_read(house, web):
    serial_no = ask(house)
    grant(house, serial_no)
    browser = Browser(web).log_in("reviewer")
    page = browser.get(f"/m/permit/{serial_no}").text
    papers = issued(house, serial_no)
    assert re.findall(r'data-paper="(\w+)"', page) == ["receipt", "permit", "stub"]
    assert "（2026）粤0199许令1号" in page
    base = f"/m/permit/{serial_no}/papers/{papers['permit'].id}"
    pdf = browser.get(base)
    assert (pdf.status, pdf.headers["content-type"], pdf.body[:5]) == (200, "application/pdf", b"%PDF-")
    assert "attachment" in pdf.headers["content-disposition"]
    docx = browser.get(base, format="docx")
    assert docx.body[:2] == b"PK"
    viewer = browser.get(f"{base}/view")
    assert f'data-source="{base}"' in viewer.text
    assert viewer.headers["x-frame-options"] == "SAMEORIGIN"
    assert browser.get(base, format="exe").status == 404
    assert browser.get(f"/m/permit/{serial_no}/papers/x").status == 404


def test_papers_are_not_for_those_who_do_not_see_the_request(house, web):
    serial_no = ask(house)
    give_to_judge(house, serial_no)
    base = f"/m/permit/{serial_no}/papers/{issued(house, serial_no)['receipt'].id}"
    assert Browser(web).log_in("judge").get(base).status == 200
    assert Browser(web).log_in("judge2").get(base).status == 403
    assert Browser(web).log_in("other_reviewer").get(base).status == 404
    assert stranger(web).get(base).status == 303


def test_a_preview_comes_within_the_viewer_and_keeps_nothing(house, web):
    serial_no = ask(house)
    browser = Browser(web).log_in("reviewer")
    shown = browser.get(f"/m/permit/{serial_no}/review").text
    assert 'name="paper" value="permit"' in shown
    before = state_of(house)
    form = FORM | {"decision": ["grant"], "opinion": ["同意。"], "paper": ["permit"]}
    answer = browser.post(f"/m/permit/{serial_no}/papers/preview", form)
    found = re.search(r'<template id="paper">([A-Za-z0-9+/=]+)</template>', answer.text)
    assert found is not None
    import base64

    with pypdfium2.PdfDocument(base64.b64decode(found[1])) as book:
        assert "预" in book[0].get_textpage().get_text_range()
    after = state_of(house)
    assert [b - a for a, b in zip(before, after, strict=True) if b != a] in ([], [1]), (
        "at most the lock of the review"
    )
    assert issued(house, serial_no).keys() == {"receipt"}


def test_a_preview_says_what_is_still_missing(house, web):
    serial_no = ask(house)
    browser = Browser(web).log_in("reviewer")
    browser.get(f"/m/permit/{serial_no}/review")
    answer = browser.post(f"/m/permit/{serial_no}/papers/preview", {"decision": "grant", "paper": "permit"})
    assert answer.status == 422
    assert "请填写审查意见及理由。" in answer.text
    form = FORM | {"decision": ["grant"], "opinion": ["同意。"], "paper": ["urgent_note"]}
    answer = browser.post(f"/m/permit/{serial_no}/papers/preview", form)
    assert (answer.status, "不出具这份文书" in answer.text) == (409, True)


def test_the_form_of_a_direct_decision_offers_the_preview_too(house, web):
    serial_no = ask(house)
    browser = Browser(web).log_in("reviewer")
    assert 'name="paper" value="denial"' in browser.get(f"/m/permit/{serial_no}/decide", decision="deny").text
    answer = browser.post(
        f"/m/permit/{serial_no}/papers/preview",
        {"decision": "deny", "paper": "denial", "ground": "不符合条件"},
    )
    assert 'id="paper"' in answer.text


# --- Outside


def test_a_stranger_sees_court_number_validity_and_telephone_and_nothing_else(house, web):
    house.house.store.write(lambda connection: connection.execute(
        sa.update(Person).where(Person.username == "judge").values(telephone="020-11112222")))  # fmt: skip
    serial_no = ask(house)
    give_to_judge(house, serial_no)
    grant(house, serial_no, "judge")
    answer = stranger(web).get(f"/verify/{code_of(house)}")
    assert answer.status == 200
    for said in (
        "广东省虚构市第一人民法院",
        "（2026）粤0199许令1号",
        "有效",
        "2026-11-23 至 2026-12-10",
        "020-11112222",
    ):
        assert said in answer.text
    for hidden in (NASTY, "甲", "judge", serial_no, "证照", "许可令", "甲某某", "permit"):
        assert hidden not in answer.text
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "set-cookie" not in answer.headers


def test_the_page_speaks_english_and_takes_the_code_in_small_letters(house, web):
    grant(house, ask(house))
    text = stranger(web).get(f"/verify/{code_of(house).lower()}", lang="en").text
    for said in ("Fictional First People", "Valid", "2026-11-23 to 2026-12-10", "020-00000199"):
        assert said in text


def test_the_square_code_leads_to_the_public_address(house, web):
    serial_no = ask(house)
    grant(house, serial_no)
    (row,) = rows(house, PaperRow, PaperRow.code == "permit")
    (square,) = [block for block in read_blocks(row.content["text"]) if isinstance(block, Square)]
    assert square.content == f"https://court.example/verify/{row.verification}"
    assert len(row.verification) * 5 >= 128


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_over_or_taken_back_is_said_to_be(house, web, language):
    serial_no = ask(house)
    grant(house, serial_no)
    words = {"zh": ("有效", "已过有效期", "已失效"), "en": ("Valid", "Expired", "No longer valid")}[language]

    def standing() -> str:
        text = stranger(web).get(f"/verify/{code_of(house)}", lang=language).text
        (word,) = re.findall(r'class="state tone-\w+">([^<]+)<', text)
        return str(word)

    assert standing() == words[0]
    house.clock.move(days=17)
    assert standing() == words[0], "its last day is within"
    house.clock.move(days=1)
    assert standing() == words[1]
    house.clock.move(days=-2)
    decide(
        house.house, house.actor("reviewer"), "permit", serial_no, "revoke", read(house, serial_no).version
    )
    assert standing() == words[2]


@pytest.mark.parametrize("code", ["A" * 32, "short", "' or 1=1", "%00", "A" * 33, "../verify"])
def test_an_unknown_code_is_told_plainly(house, web, code):
    answer = stranger(web).get(f"/verify/{code}")
    if "/" in code:
        assert answer.status in (303, 404)
        return
    assert answer.status == 404
    assert "没有查到这个核验码对应的文书" in answer.text
    assert "登录" not in answer.text
    assert "noindex" in answer.headers["x-robots-tag"]


def test_a_module_that_is_off_verifies_nothing(house, web):
    grant(house, ask(house))
    disable(house.house, OPERATOR, "permit")
    assert stranger(web).get(f"/verify/{code_of(house)}").status == 404


def test_a_paper_without_verification_has_no_code(house, web):
    ask(house)
    assert [row.verification for row in rows(house, PaperRow)] == [None]
    assert rows(house, ApplicationRow)


def test_whoever_is_logged_in_sees_the_same_page_as_a_stranger(house, web):
    grant(house, ask(house))
    inside = Browser(web).log_in("reviewer").get(f"/verify/{code_of(house)}").text
    assert "reviewer" not in inside
