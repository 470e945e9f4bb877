"""生效证明 from the outside: what is filed and what is handed in on paper stand in one queue, and each is answered where it is read."""

import re

import pytest

SLIP = {"applicant": "丁某某", "case_number": "（2025）粤0199民初88号", "document": "民事调解书", "purpose": "register", "copies": "2"}  # fmt: skip


@pytest.fixture
def register(as_reviewer, clock):
    """Register a slip at the counter, a minute after whatever was filed, and return the page it is read on."""

    def fill_in(**more):
        clock.move(minutes=1)
        as_reviewer.get("/m/certificate/counter")
        return as_reviewer.post("/m/certificate/counter", SLIP | more)

    return fill_in


def rows(page):
    return re.findall(r'<tr[^>]*data-serial="([^"]+)"', page.text)


def test_both_stand_in_one_queue_and_each_leads_to_where_it_is_read(outside, as_reviewer, register):
    filed = outside.submit("certificate", document="民事判决书")
    slip = register().headers["location"]
    queue = as_reviewer.get("/m/certificate/")
    assert rows(queue) == ["CK000001", filed]
    assert f'href="{slip}"' in queue.text
    shown = as_reviewer.get(slip).text
    assert "民事调解书" in shown
    assert "<dd>办理登记</dd>" in shown
    assert "<dd>A register</dd>" in as_reviewer.english().get(slip).text


def test_they_are_searched_together(outside, as_reviewer, register):
    filed = outside.submit("certificate", document="民事判决书")
    register()
    for asked, found in (
        ({"q": "丁某某"}, ["CK000001"]), ({"document": "判决"}, [filed]), ({"purpose": "register"}, ["CK000001"]),
        ({"state": "已出具"}, []), ({"q": "民事"}, ["CK000001", filed]),
    ):  # fmt: skip
        assert rows(as_reviewer.get("/m/certificate/", **asked)) == found, asked


def test_what_was_handed_out_is_issued(as_reviewer, register):
    slip = register().headers["location"]
    as_reviewer.get(slip)
    assert as_reviewer.post(slip).status == 303
    assert "登记已交付" not in as_reviewer.get(slip).text
    assert rows(as_reviewer.get("/m/certificate/", state="ISSUED")) == ["CK000001"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"case_number": "88号"}, "案号"), ({"applicant": " "}, "请填写申请人"), ({"copies": "0"}, "份数为1至20"), ({"purpose": "x"}, "请选择用途")],
)  # fmt: skip
def test_a_slip_with_something_wrong_is_shown_again_with_what_was_typed(register, as_reviewer, wrong, said):
    shown = register(**wrong)
    assert shown.status == 422
    assert said in shown.text
    assert SLIP["document"] in shown.text
    assert rows(as_reviewer.get("/m/certificate/")) == []


@pytest.mark.parametrize("number", ["7", "x", "", "9" * 30])
def test_a_slip_that_is_not_there_is_said_to_be(as_reviewer, number):
    shown = as_reviewer.get("/m/certificate/slip", no=number)
    assert (shown.status, "没有这张收件单" in shown.text) == (404, True)


def test_the_judge_who_sees_only_his_own_cases_does_not_see_the_counter(as_judge, register):
    slip = register().headers["location"]
    assert rows(as_judge.get("/m/certificate/")) == []
    assert as_judge.get(slip).status == 403


def test_a_certificate_is_issued_with_its_number(court, outside):
    serial_no = outside.submit("certificate", document="民事判决书")
    assert court.decide(serial_no, "issue").status == 303
    assert outside.read(serial_no)["state"]["code"] == "ISSUED"
    assert "民事判决书" in court.paper(serial_no, "certificate")
