"""Calls that a module adds to the API: the same token, court and gate as the host's own, and its failure is its own."""

from collections.abc import Iterator

import pytest
from openapi_spec_validator import validate

from core.testing.outside import Outside
from core.work import people
from core.work.clients import add_client
from core.work.grants import change_permission
from core.work.switches import disable, enable
from tests.support.acting import hash_once, write_module
from tests.support.houses import OPERATOR, OTHER, Fixture, make_house

CALLS = '''
import core
from core import ApiRoute, Label, Module, Permission, Reason, Refused

KEEP = Permission("lot.keep", ("留用", "Keep"), outside=True)
module = Module("lot", ("拍品", "Lots"), version="1.0", permissions=[KEEP])


@core.request_fields
class Bid:
    price: int = core.whole("价格", "Price", minimum=1)
    note: str | None = core.text("备注", "Note", max_length=5)


def see(request):
    """Answer what was asked, and by whom."""
    return {"path": dict(request.path), "query": dict(request.query), "client": request.client,
            "day": request.today.isoformat(), "rests": request.calendar.rests(request.today)}

def bid(request):
    return {"price": request.values.price}

def refuse(request):
    raise Refused(Reason.CONFLICT, "sold", Label("已售出。", "It is sold."))

def sick(request):
    raise SystemExit(3)

@core.hookimpl
def routes():
    return [
        ApiRoute("GET", "lots/{lot}", ("查看", "See"), see, query={"page": "[0-9]{1,3}"}, schema={"type": "object"}),
        ApiRoute("POST", "bids", ("出价", "Bid"), bid, body=Bid, permission=KEEP),
        ApiRoute("GET", "refused", ("拒绝", "Refused"), refuse),
        ApiRoute("GET", "sick", ("故障", "Sick"), sick),
        ApiRoute("GET", "odd", ("不可发送", "Odd"), lambda request: {"odd": object()}),
    ]
'''


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fixture]:
    folder = tmp_path_factory.mktemp("calls")
    write_module(folder / "drop", "lot", CALLS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hash_password", hash_once)
        made = make_house(f"sqlite:///{folder / 'a.db'}", folder, ["lot"], folders=[folder / "drop"])
    yield made
    made.house.store.close()


@pytest.fixture
def outside(court: Fixture) -> Outside:
    return Outside(court.house, court.token)


def test_a_call_is_told_who_asks_what_for_which_court_and_day(outside):
    reply = outside.get("m/lot/lots/7", page="2", other="x")
    told = {
        "path": {"lot": "7"},
        "query": {"page": "2"},
        "client": "outside",
        "day": "2026-11-23",
        "rests": False,
    }
    assert (reply.status, reply.body) == (200, told)


def test_what_a_call_sends_is_checked_as_declared_every_wrong_field_named(outside):
    assert outside.post("m/lot/bids", {"price": 7}).body == {"price": 7}
    wrong = outside.post("m/lot/bids", {"price": 0, "note": "长长长长长长", "other": 1})
    assert (wrong.status, set(wrong.fields)) == (422, {"price", "note", "other"})
    assert outside.post("m/lot/bids", [7]).status == 422
    assert outside.get("m/lot/lots/7", page="x").status == 400
    assert outside.call("DELETE", "m/lot/bids").status == 405


def test_without_a_token_or_in_another_court_nothing_is_answered(court, outside):
    assert outside.call("GET", "m/lot/lots/7", token="wrong").status == 401
    stranger = Outside(court.house, add_client(court.house, "stranger", [OTHER]))
    assert stranger.get("m/lot/lots/7").status == 403
    assert outside.get(f"/api/v1/courts/{OTHER}/m/lot/lots/7").status == 404


def test_off_is_off_from_the_next_call_on(court, outside):
    disable(court.house, OPERATOR, "lot")
    try:
        gone, never = outside.get("m/lot/lots/7"), outside.get("m/lot/never")
        assert (gone.status, never.status) == (404, 404)
        assert outside.post("m/lot/bids", {"price": 7}).status == 404
    finally:
        enable(court.house, OPERATOR, "lot")
    assert outside.get("m/lot/lots/7").status == 200


def test_a_court_withdraws_a_permission_from_the_outside_platform(court, outside):
    change_permission(court.house, OPERATOR, "lot.keep", ["CLERK"])
    try:
        refused = outside.post("m/lot/bids", {"price": 7})
        assert (refused.status, refused.body["code"]) == (403, "role")
    finally:
        change_permission(court.house, OPERATOR, "lot.keep", None)
    assert outside.post("m/lot/bids", {"price": 7}).status == 200


def test_a_refusal_is_told_as_the_hosts_are(outside):
    refused = outside.get("m/lot/refused")
    assert (refused.status, refused.body["code"], refused.body["detail"]) == (409, "sold", "已售出。")


@pytest.mark.parametrize("path", ["sick", "odd"])
def test_a_call_that_fails_is_one_failure_and_the_others_stand(outside, path, caplog):
    assert outside.get(f"m/lot/{path}").status == 500
    assert "failed" in caplog.text
    assert outside.get("m/lot/lots/7").status == 200


def test_a_call_is_in_the_trace_with_its_module(court, outside):
    outside.get("m/lot/sick")
    last = court.house.hooks.trace[-1]
    assert (last.hook, last.module, last.error) == ("routes", "lot", "SystemExit: 3")


def test_the_description_names_a_modules_calls_with_what_they_take_and_answer(outside):
    document = outside.get("/api/v1/openapi.json").body
    validate(document)
    bids = document["paths"]["/api/v1/courts/{court}/m/lot/bids"]["post"]
    sent = bids["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert document["components"]["schemas"][sent]["required"] == ["price"]
    asked = document["paths"]["/api/v1/courts/{court}/m/lot/lots/{lot}"]["get"]
    assert {one["name"] for one in asked["parameters"]} == {"court", "lot", "page"}
    assert asked["description"] == "Answer what was asked, and by whom."
