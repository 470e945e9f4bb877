"""Who may do what, and the guide that all of them read."""


def test_a_clerk_drafts_and_does_not_decide_and_a_judge_sees_nothing(
    court, outside, as_clerk, as_judge, referral
):
    serial_no = outside.submit("mediation")
    form = {"decision": "refer", "version": court.read(serial_no).version}
    assert as_clerk.post(f"/m/mediation/{serial_no}/review", form | referral).status == 303
    assert as_clerk.post(f"/m/mediation/{serial_no}/decide", form).status == 403
    assert as_judge.get(f"/m/mediation/{serial_no}").status == 404


def test_the_president_reads_and_the_supervisor_comments(court, outside, referral):
    serial_no = outside.submit("mediation")
    for person, said in (("president", 403), ("supervisor", 303)):
        browser = court.browser(person)
        assert browser.get(f"/m/mediation/{serial_no}").status == 200
        assert browser.post(f"/m/mediation/{serial_no}/comment", {"text": "请尽快处理。"}).status == said
        form = {"decision": "refer", "version": court.read(serial_no).version}
        assert browser.post(f"/m/mediation/{serial_no}/decide", form | referral).status == 403


def test_the_guide_stands_after_the_queue_in_both_languages(as_reviewer):
    menu = as_reviewer.get("/m/mediation/").text
    places = [menu.index(f'href="/m/{page}"') for page in ("mediation/", "mediation/guide", "filing/")]
    assert places == sorted(places)
    page = as_reviewer.get("/m/mediation/guide").text
    assert "<title>调解指引" in page
    assert "特邀调解规定第27条" in page
    as_reviewer.english()
    page = as_reviewer.get("/m/mediation/guide").text
    assert "Guide to mediation" in page
    assert "30 days; longer where both sides agree." in page
