"""What an applicant fills in, corrects, and takes back."""

import pytest


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"opponent": None}, "fields.opponent"),
        ({"opponent": "长" * 101}, "fields.opponent"),
        ({"opponent_phone": "12"}, "fields.opponent_phone"),
        ({"claims": "长" * 3001}, "fields.claims"),
        ({"consent": "perhaps"}, "fields.consent"),
        ({"in_charge": "自选"}, "fields.in_charge"),
    ],
)
def test_what_is_wrong_is_named(outside, wrong, path):
    refused = outside.post("applications", outside.example("mediation", **wrong))
    assert (refused.status, list(refused.fields)) == (422, [path])


def test_the_complaint_or_the_request_must_come_with_it(outside):
    refused = outside.post("applications", outside.example("mediation") | {"attachments": []})
    assert (refused.status, refused.fields) == (422, {"attachments": "missing_attachment"})


def test_what_is_returned_says_what_is_missing_and_is_decided_anew_when_it_is_back(
    outside, decide, limits, clock, read
):
    serial_no = outside.submit("mediation")
    assert decide(serial_no, "return", return_ground="papers_missing").status == 422  # what is missing?
    assert decide(serial_no, "return", return_ground="papers_missing", missing="身份证明").status == 303
    assert "原因：材料不全" in read(serial_no)
    clock.move(days=1)
    assert outside.resubmit(serial_no, opponent="虚构丙公司").status == 201
    assert outside.read(serial_no)["state"]["code"] == "SUBMITTED"
    assert limits(serial_no)["SQ-1"] == ("2026-11-27", "running")  # three working days from Tuesday


def test_it_is_taken_back_while_it_is_mediated_and_not_once_it_ended(outside, mediating, decide):
    other = outside.submit("mediation")
    assert outside.withdraw(other).status == 201
    assert decide(mediating, "fail", end_ground="too_far_apart").status == 303
    assert outside.withdraw(mediating).status == 409
    assert outside.read(mediating)["state"]["code"] == "ENDED"
