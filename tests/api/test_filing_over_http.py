"""The outside platform's calls over real HTTP: what is taken, what is refused, and in which words."""

import hashlib
import http.client
import re
from datetime import timedelta

import jsonschema
import pytest
import sqlalchemy as sa
from openapi_spec_validator import validate

from core.api.own import own_routes
from core.api.table import ROUTES
from core.records import ApplicationRow, DeadlineRow, IdempotentAnswer
from core.work import comment
from core.work.clients import client_of
from tests.api.conftest import LIMIT_MB, PDF
from tests.support.houses import COURT, OTHER

ANYTHING = {
    "paper": "1",
    "step": "any",
    "name": "feed",
    "court": COURT,
    "serial_no": "LA44019920261123999999",
    "sha256": "0" * 64,
    "upload": "0" * 32,
    "number": "1",
    "date": "2026-11-23",
}


def rows(api, table, *where):
    with api.fixture.house.store.read() as connection:
        return connection.execute(sa.select(table.__table__).where(*where)).all()


def filed(api) -> int:
    """Return how many requests the client has filed."""
    return len(
        rows(api, ApplicationRow, ApplicationRow.client_id == client_of(api.fixture.house, api.token).id)
    )


def refused(api, body) -> dict[str, str]:
    """Return what is wrong with a submission, after making sure that nothing of it was kept."""
    reply = api.post("applications", body)
    assert reply.status == 422, reply.body
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert all(one["message_zh"] and one["message_en"] for one in reply.body["errors"])
    assert filed(api) == 0
    return reply.fields


# --- What the court takes


def test_the_example_completed_by_id_and_digests_is_filed(api):
    (kind,) = api.get("kinds").body["kinds"]
    assert (kind["kind"], kind["module"], kind["title_zh"], kind["title_en"]) == (
        "filing",
        "filing",
        "网上立案",
        "Online filing",
    )
    body = api.submission()
    jsonschema.validate(body, kind["schema"])
    reply = api.post("applications", body)
    assert reply.status == 201
    assert re.fullmatch(r"LA440199\d{14}", reply.body["serial_no"])
    assert reply.body["receipt"]["submitter"] == body["submitter"]["name"]
    assert len(reply.body["receipt"]["materials"]) == len(body["attachments"])
    assert reply.body["state"]["code"] == "SUBMITTED"
    shown = api.get(f"applications/{reply.body['serial_no']}").body
    assert [one["rule"] for one in shown["deadlines"]] == ["F-1"]


def test_a_court_offers_only_what_is_on_in_it(api):
    assert api.get("kinds", court=OTHER).body == {"kinds": []}
    reply = api.post("applications", api.submission(), court=OTHER)
    assert (reply.status, reply.body["code"]) == (404, "unknown_kind")
    api.switch("filing", on=False)
    try:
        assert api.get("kinds").body == {"kinds": []}
        assert api.post("applications", {"kind": "filing"}).status == 404
    finally:
        api.switch("filing", on=True)


def test_a_request_of_a_module_that_is_off_is_not_there(api):
    serial_no = api.file()
    api.switch("filing", on=False)
    try:
        assert api.get(f"applications/{serial_no}").status == 404
        assert api.post(f"applications/{serial_no}/withdrawal", {}).status == 404
        assert api.post(f"applications/{serial_no}/messages", {"text": "在吗"}).status == 404
    finally:
        api.switch("filing", on=True)
    assert api.get(f"applications/{serial_no}").status == 200


@pytest.mark.parametrize("kind", ["no_such", None, 7, ["filing"], "../filing"])
def test_an_unknown_kind_is_refused(api, kind):
    reply = api.post("applications", {"kind": kind})
    assert (reply.status, reply.body["code"]) == (404, "unknown_kind")


# --- The description


def test_the_description_is_valid_and_names_every_call(api):
    document = api.get("/api/v1/openapi.json").body
    validate(document)
    named = {(method.upper(), path) for path, calls in document["paths"].items() for method in calls}
    assert named == {(route.method, route.template) for route in (*ROUTES, *own_routes(api.fixture.house))}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
def test_every_call_refuses_as_the_description_says(api, stranger, route):
    operation = api.get("/api/v1/openapi.json").body["paths"][route.template][route.method.lower()]
    path = route.template.format(**{**ANYTHING, "court": "%E7%B2%A40199"})
    other = route.template.format(**{**ANYTHING, "court": "%E7%B2%A40198"})
    body = {"": None, "raw": b"x"}.get(route.body, {})
    statuses = {
        401: api.call(route.method, path, body, token="wrong").status,
        403: stranger.call(route.method, other, body).status,
        405: api.call("DELETE", path).status,
    }
    if route.body and route.body != "raw":
        statuses |= {
            400: api.call(route.method, path, b"{", Content_Type="application/json").status,
            413: api.call(
                route.method, path, b" " * (2 * 1024 * 1024 + 1), Content_Type="application/json"
            ).status,
            415: api.call(route.method, path, b"{}", Content_Type="text/plain").status,
        }
    assert statuses == {status: status for status in statuses}
    assert {str(status) for status in statuses} <= set(operation["responses"])


# --- Who calls


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Bearer wrong", "Basic abc"])
def test_without_a_valid_token_nothing_is_answered(api, header):
    reply = api.get("kinds", Authorization=header)
    assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_client_uses_its_own_courts_alone(stranger):
    assert stranger.get("kinds").status == 200
    reply = stranger.get("kinds", court=OTHER)
    assert (reply.status, reply.body["code"]) == (403, "other_court")
    assert stranger.get("kinds", court="粤9999").status == 403


def test_a_request_of_another_client_is_not_there(api, stranger):
    serial_no = api.file()
    assert stranger.get(f"applications/{serial_no}").status == 404
    assert stranger.post(f"applications/{serial_no}/withdrawal", {}).status == 404
    assert stranger.post(f"applications/{serial_no}/messages", {"text": "您好"}).status == 404
    assert stranger.post(f"applications/{serial_no}/resubmissions", {}).status == 404
    assert api.get(f"applications/{serial_no}").body["state"]["code"] == "SUBMITTED"


def test_a_wrong_method_is_told_the_right_ones(api):
    reply = api.call("PATCH", "applications/x")
    assert (reply.status, reply.headers["Allow"]) == (405, "GET")
    assert api.get("nothing").status == 404


# --- What is wrong with a body


@pytest.mark.parametrize(
    "raw", [b"{", b"", b"\xff{}", b'{"kind": NaN}', b'{"kind": Infinity}', b"[" * 100_000, b'{"a": 1} x'],
    ids=["cut", "empty", "no utf-8", "nan", "infinity", "deep", "more after it"],
)  # fmt: skip
def test_what_is_no_json_is_refused(api, raw):
    reply = api.call("POST", "applications", raw, Content_Type="application/json")
    assert (reply.status, reply.body["code"]) == (400, "bad_json")


@pytest.mark.parametrize("body", [[], "filing", 7, True, None])
def test_a_body_is_an_object(api, body):
    reply = api.call("POST", "applications", http_json(body), Content_Type="application/json")
    assert (reply.status, reply.body["code"]) == (422, "not_an_object")


def http_json(body: object) -> bytes:
    import json

    return json.dumps(body).encode()


def test_a_body_without_a_length_is_refused(api):
    connection = http.client.HTTPConnection("127.0.0.1", api.port, timeout=30)
    try:
        connection.putrequest("PUT", "/api/v1/courts/%E7%B2%A40199/files/" + "0" * 64)
        connection.putheader("Authorization", f"Bearer {api.token}")
        connection.endheaders()
        assert connection.getresponse().status == 411
    finally:
        connection.close()


def test_a_submission_of_nothing_is_told_everything_at_once(api):
    told = refused(api, {"kind": "filing"})
    assert {
        "submission_id",
        "submitter.role",
        "submitter.name",
        "submitter.phone",
        "fields.filing_type",
        "fields.cause",
        "fields.parties",
        "attachments",
    } <= set(told)


def test_every_wrong_field_is_named_at_once(api):
    body = api.submission()
    body["surplus"] = 1
    body["case_number"] = "（2026）粤0199民初1号"
    body["submitter"]["role"] = "king"
    body["fields"]["cause"] = "99.99"
    body["fields"]["shoe_size"] = 44
    body["fields"]["parties"][0]["phone"] = "12"
    body["fields"]["parties"][0]["resident_id"] = "440100190001010015"
    body["fields"]["parties"][1]["credit_code"] = "91440199TEXT000174"
    body["fields"]["claim_amount"] = 12.5
    del body["fields"]["facts"]
    body["attachments"][0]["category"] = "love_letter"
    body["attachments"][1]["pages"] = 0
    body["attachments"][1]["colour"] = "red"
    told = refused(api, body)
    assert {
        "surplus", "case_number", "submitter.role", "fields.cause", "fields.shoe_size", "fields.parties[0].phone",
        "fields.parties[0].resident_id", "fields.parties[1].credit_code", "fields.claim_amount", "fields.facts",
        "attachments[0].category", "attachments[1].pages", "attachments[1].colour",
    } <= set(told)  # fmt: skip
    assert told["fields.shoe_size"] == told["surplus"] == "unknown_field"


def test_what_does_not_hold_between_the_fields_is_named(api):
    body = api.submission()
    body["fields"]["parties"] = body["fields"]["parties"][1:]
    body["fields"]["agents"] = []
    assert refused(api, body)["fields.parties"] == "no_plaintiff"


@pytest.mark.parametrize("given", [None, "", " ", 7, "空格", "a" * 129, "a b"])
def test_a_submission_needs_its_id(api, given):
    assert "submission_id" in refused(api, api.submission(submission_id=given))


def test_a_missing_paper_is_named_with_its_category(api):
    body = api.submission()
    body["attachments"] = [one for one in body["attachments"] if one["category"] != "complaint"]
    reply = api.post("applications", body)
    assert reply.fields == {"attachments": "missing_attachment"}
    assert "complaint" in reply.body["errors"][0]["message_zh"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../complaint.pdf", "path_in_name"), ("a/b.pdf", "path_in_name"), ("..\\a.pdf", "path_in_name"), (".hidden.pdf", "path_in_name"),
        ("C:\\a.pdf", "path_in_name"), ("a\x00.pdf", "control_character"), ("a<b>.pdf", "bad_name"), ("a\n.pdf", "bad_name"),
        ("", "empty"), ("起" * 197 + ".pdf", "too_long"), (7, "not_text"), ("complaint.jpg", "type_differs"), ("complaint", "type_differs"),
        ("\ud800.pdf", "control_character"),
    ],
)  # fmt: skip
def test_a_trick_in_a_file_name_is_refused(api, name, code):
    body = api.submission()
    body["attachments"][0]["name"] = name
    reply = api.call("POST", "applications", http_json(body), Content_Type="application/json")
    assert reply.status == 422
    assert reply.fields["attachments[0].name"] == code


def test_a_file_belongs_to_the_client_and_court_that_brought_it(api, stranger):
    content = PDF + b"% of the stranger"
    digest = stranger.upload(content)
    body = api.submission()
    body["attachments"][0]["sha256"] = digest
    assert refused(api, body) == {"attachments[0].sha256": "unknown_file"}
    assert api.upload(content, court=OTHER) == digest
    assert refused(api, body) == {"attachments[0].sha256": "unknown_file"}
    assert api.upload(content) == digest
    assert api.post("applications", body).status == 201


# --- Files


def test_a_file_is_taken_once_and_known_again(api):
    content = PDF + b"%" + api.token.encode()
    digest = hashlib.sha256(content).hexdigest()
    first, again = api.put(f"files/{digest}", content), api.put(f"files/{digest}", content)
    assert (first.status, again.status) == (201, 200)
    assert first.body == {"sha256": digest, "size": len(content), "type": "application/pdf"}


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty_file"), (b"MZ\x90\x00" + b"\x00" * 100, 415, "file_type"), (b"<html><script>", 415, "file_type"),
        (b"PK\x03\x04 no archive", 415, "file_type"), (PDF + b" " * LIMIT_MB * 1024 * 1024, 413, "file_too_large"),
    ],
    ids=["empty", "a program", "a page", "a broken archive", "too large"],
)  # fmt: skip
def test_a_file_that_may_not_be_filed_is_refused_and_not_kept(api, content, status, code):
    digest = hashlib.sha256(content).hexdigest()
    reply = api.put(f"files/{digest}", content)
    assert reply.status == status
    assert code in {reply.body["code"], *reply.fields.values()}
    blobs = api.fixture.house.blobs
    assert not blobs.has(digest)
    assert list((blobs.folder / "incoming").iterdir()) == []


def test_a_file_whose_digest_differs_is_refused(api):
    reply = api.put("files/" + "a" * 64, PDF)
    assert (reply.status, reply.fields) == (422, {"sha256": "digest_differs"})
    assert not api.fixture.house.blobs.has("a" * 64)


@pytest.mark.parametrize("digest", ["x", "A" * 64, "a" * 63, "..%2F..%2Fetc"])
def test_a_digest_is_written_in_one_way(api, digest):
    assert api.put(f"files/{digest}", PDF).status in (404, 422)


def test_a_large_file_comes_in_parts(api):
    content = PDF + b"%" + api.token.encode() * 100
    digest = hashlib.sha256(content).hexdigest()
    begun = api.post("uploads", {"sha256": digest, "size": len(content)})
    assert begun.status == 201
    parts = f"uploads/{begun.body['id']}/parts"
    assert api.put(f"{parts}/2", content[1000:]).status == 200
    missing = api.post(f"uploads/{begun.body['id']}/complete")
    assert (missing.status, missing.fields) == (422, {"parts": "missing_part"})
    assert api.put(f"{parts}/1", b"wrong" * 200).status == 200
    differs = api.post(f"uploads/{begun.body['id']}/complete")
    assert (differs.status, differs.fields) == (422, {"sha256": "digest_differs"})
    assert api.put(f"{parts}/1", content[:1000]).status == 200
    done = api.post(f"uploads/{begun.body['id']}/complete")
    assert (done.status, done.body["sha256"]) == (201, digest)
    assert api.post(f"uploads/{begun.body['id']}/complete").status == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"sha256": "x", "size": 1}, {"sha256": "a" * 64, "size": True}, {"sha256": "a" * 64, "size": "1"}],
)
def test_an_upload_says_what_comes(api, body):
    assert api.post("uploads", body).status == 422


def test_an_upload_belongs_to_its_client(api, stranger):
    begun = api.post("uploads", {"sha256": "a" * 64, "size": 10})
    assert stranger.put(f"uploads/{begun.body['id']}/parts/1", b"x").status == 404
    assert api.put(f"uploads/{begun.body['id']}/parts/0", b"x").status == 404
    assert api.post("uploads", {"sha256": "a" * 64, "size": LIMIT_MB * 1024**2 * 10 + 1}).status == 413


# --- Said twice


def test_the_same_submission_is_answered_as_the_first_time(api):
    body = api.submission()
    first, again = api.post("applications", body), api.post("applications", body)
    assert (again.status, again.body["serial_no"], again.body["received_at"]) == (
        201,
        first.body["serial_no"],
        first.body["received_at"],
    )
    assert filed(api) == 1


def test_a_submission_id_is_never_used_for_other_content(api):
    body = api.submission()
    api.post("applications", body)
    body["fields"]["facts"] = "另一事实。"
    for key in ("", "fresh"):
        reply = api.post("applications", body, Idempotency_Key=key)
        assert (reply.status, reply.body["code"]) == (409, "submission_id_reused")
    assert filed(api) == 1


def test_a_key_gives_the_first_answer_again(api):
    serial_no = api.file()
    first = api.post(f"applications/{serial_no}/messages", {"text": "您好"}, Idempotency_Key="k1")
    again = api.post(f"applications/{serial_no}/messages", {"text": "您好"}, Idempotency_Key="k1")
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(api.get(f"applications/{serial_no}").body["messages"]) == 1


def test_a_key_is_never_used_for_two_things(api):
    serial_no = api.file()
    path = f"applications/{serial_no}/messages"
    assert api.post(path, {"text": "您好"}, Idempotency_Key="k2").status == 201
    for other, body in ((path, {"text": "再见"}), (f"applications/{serial_no}/withdrawal", {"text": "您好"})):
        reply = api.post(other, body, Idempotency_Key="k2")
        assert (reply.status, reply.body["code"]) == (409, "key_reused")


def test_a_key_of_a_refused_call_is_free_again(api):
    body = api.submission()
    wrong = body | {"fields": {}}
    assert api.post("applications", wrong, Idempotency_Key="k3").status == 422
    assert api.post("applications", body, Idempotency_Key="k3").status == 201


def test_a_key_whose_first_call_is_under_way_is_told_so(api):
    body = {"text": "您好"}
    serial_no = api.file()
    path = f"applications/{serial_no}/messages"
    assert api.post(path, body, Idempotency_Key="k4").status == 201
    house = api.fixture.house
    mine = (IdempotentAnswer.client_id == client_of(house, api.token).id, IdempotentAnswer.key == "k4")
    under_way = sa.update(IdempotentAnswer).where(*mine).values(status=0)
    house.store.write(lambda connection: connection.execute(under_way))
    reply = api.post(path, body, Idempotency_Key="k4")
    assert (reply.status, reply.body["code"], reply.headers["Retry-After"]) == (409, "under_way", "2")
    long_ago = under_way.values(at=house.clock() - timedelta(minutes=3))
    house.store.write(lambda connection: connection.execute(long_ago))
    assert api.post(path, body, Idempotency_Key="k4").status == 201


def test_a_key_is_short_and_plain(api):
    assert api.post("uploads", {}, Idempotency_Key="k" * 129).status == 400


# --- What the applicant does


def test_a_corrected_request_keeps_its_number_and_starts_its_time_anew(api):
    serial_no = api.file()
    api.ask_correction(serial_no)
    shown = api.get(f"applications/{serial_no}").body
    assert shown["state"]["label_zh"] == "需补正"
    assert {one["name"]: one["value"] for one in shown["decision"]["details"]}["corrections"][0] == {
        "item": "起诉状",
        "requirement": "补签名",
    }
    api.fixture.clock.move(days=1)
    body = api.resubmission("again")
    reply = api.post(f"applications/{serial_no}/resubmissions", body)
    assert (reply.status, reply.body["serial_no"], reply.body["revision"]) == (201, serial_no, 2)
    assert reply.body["state"]["code"] == "SUBMITTED"
    running = [one for one in reply.body["deadlines"] if one["status"] == "running"]
    assert [one["rule"] for one in running] == ["F-1"]
    assert all(one["revision"] == 2 for one in reply.body["attachments"])


def test_a_resubmission_is_checked_like_a_submission(api):
    serial_no = api.file()
    api.ask_correction(serial_no)
    reply = api.post(f"applications/{serial_no}/resubmissions", {"fields": {}, "kind": "filing"})
    assert reply.status == 422
    assert {"kind", "submission_id", "attachments", "fields.facts"} <= set(reply.fields)
    assert api.get(f"applications/{serial_no}").body["revision"] == 1


def test_a_request_can_be_taken_back_while_it_is_open(api):
    serial_no = api.file()
    reply = api.post(f"applications/{serial_no}/withdrawal", {"reason": "已和解"})
    assert (reply.status, reply.body["state"]["code"]) == (201, "WITHDRAWN")
    again = api.post(f"applications/{serial_no}/withdrawal", {})
    assert (again.status, again.body["code"]) == (409, "wrong_state")
    assert api.post(f"applications/{serial_no}/resubmissions", api.resubmission(2)).status == 409


@pytest.mark.parametrize("body", [{"reason": 7}, {"reason": "x" * 501}, {"why": "x"}])
def test_a_withdrawal_has_a_reason_and_nothing_else(api, body):
    serial_no = api.file()
    assert api.post(f"applications/{serial_no}/withdrawal", body).status == 422
    assert api.get(f"applications/{serial_no}").body["state"]["code"] == "SUBMITTED"


def test_a_message_is_kept_in_any_state(api):
    serial_no = api.file()
    api.post(f"applications/{serial_no}/withdrawal", {})
    reply = api.post(f"applications/{serial_no}/messages", {"text": " 请问何时退还材料？ "})
    assert reply.status == 201
    (message,) = reply.body["messages"]
    assert (message["from"], message["text"], message["complaint"]) == (
        "applicant",
        "请问何时退还材料？",
        False,
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "字" * 501},
        {"text": 7},
        {"text": "a", "complaint": "yes"},
        {"text": "a", "to": "x"},
    ],
)
def test_a_message_has_text_and_no_more(api, body):
    serial_no = api.file()
    assert api.post(f"applications/{serial_no}/messages", body).status == 422
    assert api.get(f"applications/{serial_no}").body["messages"] == []


def test_a_complaint_has_its_time_until_the_court_answers(api):
    serial_no = api.file()
    api.post(f"applications/{serial_no}/messages", {"text": "迟迟不立案", "complaint": True})

    def status() -> list[str]:
        key = rows(api, ApplicationRow, ApplicationRow.serial_no == serial_no)[0].id
        return [
            row.status
            for row in rows(api, DeadlineRow, DeadlineRow.application_id == key, DeadlineRow.rule == "F-11")
        ]

    assert status() == ["running"]
    comment.send_comment(
        api.fixture.house, api.fixture.actor("reviewer"), "filing", serial_no, "已安排审查。"
    )
    assert status() == ["met"]


# --- The feed and the day's list


def test_the_feed_gives_every_change_once_and_in_order(api):
    serial_no = api.file()
    first = api.get("changes").body
    assert [(one["serial_no"], one["what"]) for one in first["changes"]] == [
        (serial_no, "received"),
        (serial_no, "paper"),
    ]
    assert api.get(f"changes?after={first['next']}").body == {"changes": [], "next": first["next"]}
    api.post(f"applications/{serial_no}/messages", {"text": "您好"})
    api.post(f"applications/{serial_no}/withdrawal", {})
    then = api.get(f"changes?after={first['next']}").body
    assert [one["what"] for one in then["changes"]] == ["message", "state"]
    cursors = [one["cursor"] for one in api.get("changes").body["changes"]]
    assert cursors == sorted(set(cursors))


def test_the_feed_shows_a_client_its_own(api, stranger):
    api.file()
    assert stranger.get("changes").body == {"changes": [], "next": 0}
    assert api.get("changes", court=OTHER).body["changes"] == []


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "9" * 19, ""])
def test_a_cursor_is_a_number(api, cursor):
    assert api.get(f"changes?after={cursor}").status == 400


def test_what_changed_while_a_module_is_off_waits_for_it(api):
    api.file()
    api.switch("filing", on=False)
    try:
        held = api.get("changes").body
        assert held == {"changes": [], "next": 0}
    finally:
        api.switch("filing", on=True)
    assert [one["what"] for one in api.get("changes").body["changes"]] == ["received", "paper"]


def test_the_days_list_holds_what_was_received_and_sent(api):
    serial_no = api.file()
    api.post(f"applications/{serial_no}/withdrawal", {})
    day = (api.fixture.clock() + timedelta(hours=8)).date()
    listed = api.get(f"reconciliation/{day}").body
    assert [one["serial_no"] for one in listed["received"]] == [serial_no]
    assert [(one["serial_no"], one["what"]) for one in listed["sent"]] == [
        (serial_no, "received"),
        (serial_no, "paper"),
        (serial_no, "state"),
    ]
    assert listed["digest"] == api.get(f"reconciliation/{day}").body["digest"]
    assert api.get(f"reconciliation/{day - timedelta(days=1)}").body["received"] == []


@pytest.mark.parametrize("day", ["2026-02-30", "today", "20261123", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_not_there(api, day):
    assert api.get(f"reconciliation/{day}").status in (200, 404)
