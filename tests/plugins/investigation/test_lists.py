"""How orders are found and shown: columns, search, both languages, the API's own example, the switch."""

import copy
from datetime import date
from typing import Any

import pytest

from core.api.call import Call
from core.api.kinds import kinds
from core.fields.problem import Reason, Refused
from core.web.app import web_application
from core.work.clients import client_of
from core.work.detail import read_detail
from core.work.submit import submit
from core.work.switches import disable
from tests.plugins.investigation.desk import CASE, FIELDS, act, apply_for, chain, hand_in, ordered
from tests.support.acting import DIGEST, page, read, upload
from tests.support.cases import open_case
from tests.support.houses import COURT, OPERATOR, Fixture
from tests.web.further.asking import Browser


def seen(court: Fixture, name: str = "judge", **asked: str) -> list[str]:
    return [row.serial_no for row in page(court, court.actor(name), "investigation", **asked).rows]


def test_the_list_has_the_columns_a_judge_expects(court):
    ordered(court)
    (row,) = page(court, court.actor("judge"), "investigation").rows
    assert row.cells == {
        "respondent": "示例银行虚构支行", "evidence_names": "账户交易明细", "order_number": "（2026）粤0199调令1号",
        "valid_until": date(2026, 12, 8), "receipt_state": "awaited",
    }  # fmt: skip
    assert (row.case_number, row.applicant, row.state) == (CASE, "丙某某", "ISSUED")


def test_orders_are_found_by_all_that_the_manual_names_and_more(court):
    other = open_case(court, 2)
    first = ordered(court, 1)
    court.clock.move(days=2)
    second = apply_for(
        court, 2, case_number=other, fields={"respondent": "虚构市房地产登记中心", "stage": "enforcement"}
    )
    for asked, found in (
        ({"case_number": "民初1号"}, [first]), ({"q": "民初1号"}, [first]), ({"case_number": other}, [second]), ({"submitted_from": "2026-11-25"}, [second]),
        ({"submitted_to": "2026-11-24"}, [first]), ({"state": "待处理"}, [second]), ({"state": "已接收"}, [first]), ({"state": "退回"}, []),
        ({"respondent": "登记中心"}, [second]), ({"order_number": "调令1号"}, [first]), ({"lawyer_names": "丙某某"}, [second, first]),
        ({"valid_until_from": "2026-12-08", "valid_until_to": "2026-12-08"}, [first]), ({"valid_until_to": "2026-12-07"}, []),
        ({"receipt_state": "awaited"}, [first]), ({"stage": "enforcement"}, [second]), ({"evidence_names": "交易明细", "state": "已接收"}, [first]),
        ({"q": "登记中心"}, [second]),
    ):  # fmt: skip
        assert seen(court, **asked) == found, asked
    hand_in(court, first, "return_unfulfilled", outcome="not_presented", presented_on=None)
    assert (seen(court, state="已办结"), seen(court, receipt_state="returned")) == ([first], [first])


def test_nobody_but_those_of_the_case_and_those_who_oversee_see_it(court):
    serial = apply_for(court)
    assert [name for name in ("judge", "judge2", "clerk", "assistant", "president", "supervisor", "reviewer", "content") if serial in maybe(court, name)] == [
        "judge", "clerk", "assistant", "president", "supervisor",
    ]  # fmt: skip


def maybe(court: Fixture, name: str) -> list[str]:
    try:
        return seen(court, name)
    except Refused:
        return []


def test_the_decisions_offered_follow_the_chain(court):
    serial = apply_for(court)
    act(court, "judge", serial, "receive")

    def offered(name: str) -> list[str]:
        detail = read_detail(court.house, court.actor(name), "investigation", serial)
        return [one.code for one in detail.offered]

    assert (offered("judge"), offered("president")) == (["issue", "refuse"], [])
    chain(court, "division_head")
    assert (offered("judge"), offered("president")) == (["propose", "refuse"], [])
    act(court, "judge", serial, "propose")
    assert (offered("judge"), offered("president")) == ([], ["approve", "send_back"])


def test_both_languages_say_everything(court):
    serial = ordered(court)
    browser = Browser(web_application(court.house)).log_in("judge")
    shown = browser.get(f"/m/investigation/{serial}").text
    for words in (
        "调查令",
        "待证事实",
        "已签发",
        "承办人",
        "令号",
        "律师调查令",
        "撤销调查令",
        "调查令有效期",
        "电子数据",
        "待缴回",
        "核定的调查事项",
    ):
        assert words in shown, words
    shown = browser.english().get(f"/m/investigation/{serial}").text
    for words in (
        "Fact to be proved",
        "Issued",
        "Order number",
        "Revoke the order",
        "Validity of the order",
        "Electronic data",
        "Awaited",
    ):
        assert words in shown, words


@pytest.mark.parametrize("approval", ["judge", "division_head"])
def test_the_example_is_taken_as_it_stands_and_goes_to_its_end(court, approval):
    chain(court, approval)
    case = open_case(court, 3)
    body = example_of_api(court)
    assert (body["case_number"], body["submitter"]["role"]) == (case, "lawyer")
    upload(court)
    for one in body["attachments"]:
        one["sha256"] = DIGEST
    serial = submit(court.house, court.outside, court.client, body | {"submission_id": "example"}).serial_no
    assert read_detail(court.house, court.actor("judge"), "investigation", serial).hints == ()
    act(court, "judge", serial, "receive")
    if approval == "judge":
        act(court, "judge", serial, "issue")
    else:
        act(court, "judge", serial, "propose")
        act(court, "president", serial, "approve")
    assert read(court, serial).state == "ISSUED"


def example_of_api(court: Fixture) -> dict[str, Any]:
    client = client_of(court.house, court.token)
    assert client is not None
    call = Call(court.house, client, court.outside, COURT, {}, {})
    (kind,) = [one for one in kinds(call).body["kinds"] if one["kind"] == "investigation"]
    return copy.deepcopy(kind["examples"][0])


def test_switched_off_it_is_gone(court):
    serial = apply_for(court)
    disable(court.house, OPERATOR, "investigation")
    with pytest.raises(Refused) as refused:
        read_detail(court.house, court.actor("judge"), "investigation", serial)
    assert refused.value.reason is Reason.NOT_FOUND
    assert Browser(web_application(court.house)).log_in("judge").get("/m/investigation/").status == 404
    with pytest.raises(Refused):
        apply_for(court, 2, fields=FIELDS)
