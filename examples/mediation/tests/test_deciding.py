"""Referring, signing, extending, agreeing, ending: what is done, and what is refused."""


def test_it_is_referred_to_whom_both_chose_and_only_where_both_agree(court, outside, decide, read, referral):
    serial_no = outside.submit(
        "mediation", consent="not_asked", chosen_mediator="王调解", opponent="虚构乙公司"
    )
    form = read(f"{serial_no}/review")
    assert "对方当事人尚未同意调解" in form
    assert "双方共同选定的调解员：王调解" in form
    assert 'name="mediator" value="王调解"' in form
    refused = decide(serial_no, "refer", **referral | {"both_agree": "false"})
    assert refused.status == 422
    assert "第11、12条" in refused.text
    assert decide(serial_no, "refer", **referral).status == 303
    assert "已委派特邀调解员王调解" in read(serial_no)
    assert "（2026）粤0199委调1号" in court.paper(serial_no, "referral")
    assert "王调解（双方共同选定）" in court.paper(serial_no, "information")
    assert [one["code"] for one in outside.read(serial_no)["papers"]] == ["information"]


def test_the_receipt_begins_thirty_days_and_is_not_in_the_future(outside, referred, limits, read, decide):
    assert decide(referred, "sign", received_on="2026-11-24").status == 422
    assert decide(referred, "sign", received_on="2026-11-23").status == 303
    assert limits(referred)["SQ-2"] == ("2026-12-23", "running")
    page = read(referred)
    assert "调解期限至2026-12-23。" in page
    assert "调解期限还剩30天。" in page


def test_an_extension_is_later_wanted_by_both_and_ends_the_first_limit(mediating, decide, limits, read):
    for until, both in (("2026-12-23", "true"), ("2026-12-31", "false")):
        assert decide(mediating, "extend", extended_until=until, both_extend=both).status == 422
    assert decide(mediating, "extend", extended_until="2026-12-31", both_extend="true").status == 303
    assert (limits(mediating)["SQ-2"][1], limits(mediating)["SQ-3"]) == ("met", ("2026-12-31", "running"))
    assert "2026-12-31" in read("?view=with_mediator&ends_on_from=2026-12-30")
    assert mediating not in read("?ends_on_to=2026-12-30")
    assert decide(mediating, "extend", extended_until="2026-12-30", both_extend="true").status == 422


def test_an_agreement_is_not_of_before_the_receipt_and_may_be_confirmed_in_thirty_days(
    outside, mediating, decide, limits
):
    agreed = {"agreement_form": "written", "terms": "三日内付清货款。"}
    assert decide(mediating, "agree", agreed_on="2026-11-22", **agreed).status == 422
    assert decide(mediating, "agree", agreed_on="2026-11-23", **agreed).status == 303
    assert outside.read(mediating)["state"]["code"] == "AGREED"
    assert limits(mediating)["SQ-5"] == ("2026-12-23", "running")
    assert outside.withdraw(mediating).status == 409


def test_what_failed_is_passed_on_or_dropped(court, outside, mediating, decide, limits, read):
    assert decide(mediating, "fail", end_ground="sham").status == 303
    assert "因调解不能继续进行" in court.paper(mediating, "ended")  # a suspicion is not told
    assert limits(mediating)["SQ-4"] == ("2026-11-25", "running")
    assert mediating in read("?view=to_pass_on")
    assert decide(mediating, "drop", opinion="").status == 422
    assert "虚假" not in str(outside.read(mediating))
    assert decide(mediating, "pass_on").status == 303
    assert (outside.read(mediating)["state"]["code"], limits(mediating)["SQ-4"][1]) == ("PASSED_ON", "met")


def test_what_nobody_pursues_any_longer_is_closed(outside, referred, decide):
    assert decide(referred, "fail", end_ground="unreachable").status == 303  # before anybody signed for it
    assert decide(referred, "drop").status == 303
    assert outside.read(referred)["state"]["code"] == "CLOSED"
