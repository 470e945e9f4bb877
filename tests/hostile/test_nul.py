"""NUL never comes to the database: PostgreSQL takes it in no text."""

import json
import secrets

NUL = "a\x00b"


def test_in_every_part_of_an_address_and_a_question(either):
    for path in (f"/m/{NUL}/", f"/m/filing/{NUL}", f"/m/filing/{NUL}/review", f"/m/filing/x/files/{NUL}", f"/verify/{NUL}", f"/cases/{NUL}"):  # fmt: skip
        assert either.get("reviewer", path).status == 400
    for path in ("/m/filing/", "/search", "/cases/", "/m/filing/export"):
        assert either.get("reviewer", path, {"q": NUL}).status == 400
        assert either.get("reviewer", path, {NUL: "q"}).status == 400
    for door in (
        f"applications/{NUL}",
        f"applications/x/papers/{NUL}",
        f"reconciliation/{NUL}",
        f"files/{NUL}",
    ):
        assert either.call("GET", door).status == 400


def test_in_every_field_of_a_form(either):
    browser = either.browser("reviewer")
    for path in ("/m/filing/batch", "/language", "/m/filing/x/comment", "/reminders/read", "/login"):
        assert browser.post(path, {"text": NUL, "back": NUL, "username": NUL}).status == 400


def test_in_a_submission_and_its_file_names(either):
    """Each is refused with its place; nothing of it is kept."""
    body = either.examples()["filing"]
    for change in (
        {"submission_id": NUL},
        {"kind": NUL},
        {"submitter": {**body["submitter"], "name": NUL}},
        {"attachments": [{**one, "name": f"{NUL}.pdf"} for one in body["attachments"]]},
        {NUL: "a"},
    ):
        sent = body | {"submission_id": secrets.token_hex(8)} | change
        reply = either.call("POST", "applications", sent)
        assert 400 <= reply.status < 500, (change, reply.status)
        assert json.loads(reply.body)["detail"]
