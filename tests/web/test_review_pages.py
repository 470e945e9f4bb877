"""Lists and review as the seed manual has them: choose, write, save, then press the conclusion."""

from urllib.parse import quote

import pytest

from tests.web.further.asking import row
from tests.web.pages import Pages, cookies


def version_in(text: str) -> str:
    return text.partition('name="version" value="')[2].partition('"')[0]


def test_the_queue_shows_what_i_handle(pages: Pages) -> None:
    """Rows, states and attributes that scripts hold on to; others' rows are not there."""
    mine = pages.file("甲某某")
    other = pages.file("乙某某")
    pages.give_to(other, "judge2")
    shown = pages.browser("judge").get("/m/mediation/")
    assert 'table class="table table-sm queue" data-queue="mediation"' in shown.text
    line = row(shown, f'data-serial="{mine}"')
    assert 'data-state="SUBMITTED"' in line
    assert "待处理" in line
    assert "视频" in line
    assert "审查" in line
    assert "留言" in line
    assert other not in shown.text


@pytest.mark.parametrize("state", ["待处理", "SUBMITTED", "To do"])
def test_states_are_asked_by_face_or_code(pages: Pages, state: str) -> None:
    """The word on the screen and the code mean the same."""
    mine = pages.file()
    judge = pages.browser("judge")
    assert mine in judge.get("/m/mediation/", state=state).text
    judge.get("/m/mediation/", clear="1")
    assert mine not in judge.get("/m/mediation/", state="退回").text


def test_the_last_search_is_remembered(pages: Pages) -> None:
    """A plain visit shows it again and offers to clear it."""
    mine = pages.file("甲某某")
    judge = pages.browser("judge")
    judge.get("/m/mediation/", channel="onsite")
    again = judge.get("/m/mediation/").text
    assert mine not in again
    assert "已恢复您上次的查询条件" in again
    assert judge.get("/m/mediation/", clear="1").headers["location"] == "/m/mediation/"
    assert mine in judge.get("/m/mediation/").text


def test_days_are_asked_for_from_and_to(pages: Pages) -> None:
    """Either end alone or both; each is remembered, in both languages; what is no day is named."""
    early, late = pages.file(preferred_on="2026-11-30"), pages.file(preferred_on="2026-12-03")
    without = pages.file()
    president = pages.browser("president")

    def found(**asked: str) -> set[str]:
        text = president.get("/m/mediation/", **asked).text
        return {one for one in (early, late, without) if f'data-serial="{one}"' in text}

    assert found(preferred_on_from="2026-12-01") == {late}
    assert found() == {late}
    assert found(preferred_on_to="2026-12-01") == {early}
    assert found(preferred_on_from="2026-11-30", preferred_on_to="2026-12-03") == {early, late}
    assert found(preferred_on_from="2027-01-01") == set()
    shown = president.get("/m/mediation/", preferred_on_from="2026-12-01").text
    assert 'type="date" name="preferred_on_from" value="2026-12-01"' in shown
    assert "希望日期从" in shown
    assert "Preferred date from" in president.english().get("/m/mediation/").text
    del president.cookies["benchside_language"]
    wrong = president.get("/m/mediation/", preferred_on_from="2026-12-32").text
    assert "日期应写成 2026-03-05 的形式。" in wrong
    assert found(preferred_on_from="2026-12-32") == {early, late, without}
    for name in ("preferred_on", "submitted"):
        backwards = {f"{name}_from": "2026-12-03", f"{name}_to": "2026-12-01"}
        assert "截止日期早于起始日期。" in president.get("/m/mediation/", **backwards).text
        assert found(**backwards) == set()


def test_days_at_the_ends_of_time_are_days(pages: Pages) -> None:
    """No date that can be typed is an error of ours."""
    mine = pages.file(preferred_on="2026-11-30")
    president = pages.browser("president")
    for name in ("submitted", "preferred_on"):
        shown = president.get("/m/mediation/", **{f"{name}_from": "0001-01-01", f"{name}_to": "9999-12-31"})
        assert mine in shown.text
        assert president.get("/m/mediation/", **{f"{name}_to": "0001-01-01"}).status == 200
        assert president.get("/m/mediation/", **{f"{name}_from": "9999-12-31"}).status == 200


def test_pages_lead_on_and_back(pages: Pages) -> None:
    """Each row stands on exactly one page, and back is the page before."""
    serials = []
    for _ in range(45):
        pages.fixture.clock.move(seconds=1)
        serials.append(pages.file())
    judge = pages.browser("judge")
    seen: list[list[str]] = []
    address = "/m/mediation/"
    addresses = []
    while address:
        addresses.append(address)
        shown = judge.get(address).text
        seen.append([serial for serial in reversed(serials) if f'data-serial="{serial}"' in shown])
        address = shown.partition('rel="next" href="')[2].partition('"')[0]
    assert [len(page) for page in seen] == [20, 20, 5]
    assert [serial for page in seen for serial in page] == serials[::-1]
    back = judge.get(addresses[2]).text.partition('rel="prev" href="')[2].partition('"')[0]
    assert seen[1][0] in judge.get(back).text
    first = judge.get(back).text.partition('rel="prev" href="')[2].partition('"')[0]
    assert seen[0][0] in judge.get(first).text


def test_a_review_from_opening_to_conclusion(pages: Pages) -> None:
    """The conclusion's button works once the opinion is saved."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    base = f"/m/mediation/{serial_no}"
    form = judge.get(f"{base}/review")
    assert 'data-conclusion="accept" disabled' in form.text
    version = version_in(form.text)
    early = judge.post(f"{base}/decide", {"decision": "return", "version": version})
    assert early.status == 409
    assert "先填写意见并保存" in early.text
    saved = judge.post(f"{base}/review", {"decision": "return", "opinion": "材料不齐", "version": version})
    assert saved.status == 303
    form = judge.get(f"{base}/review").text
    assert 'data-saved="yes"' in form
    assert "材料不齐" in form
    assert 'lit" name="decision" value="return" data-conclusion="return" data-ask' in form
    done = judge.post(f"{base}/decide", {"decision": "return", "version": version})
    assert done.headers["location"] == base
    detail = judge.get(base).text
    assert 'data-state="RETURNED"' in detail
    assert "材料不齐" in detail


def test_what_is_wrong_is_said_beside_what_was_typed(pages: Pages) -> None:
    """A return without an opinion: the form comes back, the choice stays."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    base = f"/m/mediation/{serial_no}"
    version = version_in(judge.get(f"{base}/review").text)
    answer = judge.post(f"{base}/review", {"decision": "return", "opinion": "", "version": version})
    assert answer.status == 422
    assert "请填写审查意见及理由" in answer.text
    assert 'value="return" checked' in answer.text


def test_an_outdated_page_loses_nothing(pages: Pages) -> None:
    """409 with my text back beside what changed; in another state as well."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    base = f"/m/mediation/{serial_no}"
    version = version_in(judge.get(f"{base}/review").text)
    stale = judge.post(
        f"{base}/review", {"decision": "return", "opinion": "我写了很久", "version": str(int(version) - 1)}
    )
    assert stale.status == 409
    assert "我写了很久" in stale.text
    assert "当前状态" in stale.text
    judge.post(f"{base}/review", {"decision": "accept", "opinion": "", "version": version})
    judge.post(f"{base}/decide", {"decision": "accept", "version": version})
    late = judge.post(f"{base}/review", {"decision": "return", "opinion": "我写了很久", "version": version})
    assert late.status == 409
    assert "我写了很久" in late.text


def test_the_lock_is_shown_and_can_be_taken_over(pages: Pages) -> None:
    """Who holds it is named; taking over keeps what was typed."""
    serial_no = pages.file()
    base = f"/m/mediation/{serial_no}"
    assistant, judge = pages.browser("assistant"), pages.browser("judge")
    assistant.get(f"{base}/review")
    form = judge.get(f"{base}/review")
    assert "assistant正在审查此件" in form.text
    version = version_in(form.text)
    refused = judge.post(f"{base}/review", {"decision": "accept", "opinion": "可以", "version": version})
    assert refused.status == 409
    assert "可以" in refused.text
    assert judge.post(f"{base}/take-over", {"version": version}).status == 303
    assert (
        judge.post(f"{base}/review", {"decision": "accept", "opinion": "可以", "version": version}).status
        == 303
    )


def test_an_assistant_drafts_and_the_judge_decides(pages: Pages) -> None:
    """The draft is shown to the judge; the assistant has no button to conclude."""
    serial_no = pages.file()
    base = f"/m/mediation/{serial_no}"
    assistant = pages.browser("assistant")
    form = assistant.get(f"{base}/review").text
    assert "data-conclusion" not in form
    assistant.post(f"{base}/review", {"decision": "return", "opinion": "拟退回", "version": version_in(form)})
    assert assistant.post(f"{base}/decide", {"decision": "return", "version": version_in(form)}).status == 403
    assert "拟退回" in pages.browser("judge").get(f"{base}/review").text


def test_a_message_in_every_state(pages: Pages) -> None:
    """Sent, shown, and refused where it is empty or too long, with the text kept."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    base = f"/m/mediation/{serial_no}"
    assert judge.post(f"{base}/comment", {"text": "请补充证据"}).status == 303
    assert "请补充证据" in judge.get(base).text
    long = judge.post(f"{base}/comment", {"text": "长" * 501})
    assert long.status == 422
    assert "长" * 501 in long.text
    assert judge.post(f"{base}/comment", {"text": "  "}).status == 422


def test_a_stranger_sees_a_sentence_or_nothing(pages: Pages) -> None:
    """Of my court but not mine: 403 with a sentence; of another court: 404."""
    serial_no = pages.file()
    address = f"/m/mediation/{serial_no}"
    answer = pages.browser("judge2").get(address)
    assert answer.status == 403
    assert "由其他承办人办理" in answer.text
    assert pages.browser("other_judge").get(address).status == 404


def test_files_are_downloaded_never_run(pages: Pages) -> None:
    """As an attachment with its name, in parts too; only pictures are shown in the page."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    detail = judge.get(f"/m/mediation/{serial_no}").text
    file = detail.partition("/files/")[2].partition("/")[0]
    base = f"/m/mediation/{serial_no}/files/{file}"
    whole = judge.get(base)
    assert whole.body.startswith(b"%PDF")
    assert whole.headers["content-disposition"].startswith("attachment; ")
    assert quote("申请书 1.pdf") in whole.headers["content-disposition"]
    assert "sandbox" in whole.headers["content-security-policy"]
    part = pages.raw("GET", base, HTTP_COOKIE=cookies(judge), HTTP_RANGE="bytes=1-3")
    assert (part.status, part.body) == (206, b"PDF")
    assert part.headers["content-range"] == f"bytes 1-3/{len(whole.body)}"
    end = pages.raw("GET", base, HTTP_COOKIE=cookies(judge), HTTP_RANGE="bytes=-5")
    assert end.body == whole.body[-5:]
    assert pages.raw("GET", base, HTTP_COOKIE=cookies(judge), HTTP_RANGE="bytes=9999-").status == 416
    assert judge.get(f"{base}/show").status == 404
    frame = judge.get(f"{base}/view")
    assert "frame-ancestors 'self'" in frame.headers["content-security-policy"]
    assert judge.get(f"/m/mediation/{serial_no}/files/0").status == 404
    for other in (f"/m/mediation/{serial_no}/files/0/view", "/m/mediation/none/files/1/view"):
        assert judge.get(other).status == 404


def test_the_pages_speak_english(pages: Pages) -> None:
    """By the switch in the top bar: declarations and templates alike."""
    serial_no = pages.file()
    judge = pages.browser("judge")
    answer = judge.post("/language", {"language": "en", "back": "/m/mediation/"})
    assert answer.headers["location"] == "/m/mediation/"
    shown = judge.get("/m/mediation/").text
    assert '<html lang="en">' in shown
    assert "Serial number" in shown
    assert "Video" in shown
    assert "Fictional First People's Court" in shown
    assert "Pre-action mediation" in judge.get(f"/m/mediation/{serial_no}").text
