"""Cases and the search box: what each person sees, and what nobody is told of."""

import pytest

from core.records import ApplicationRow
from core.work.switches import disable
from tests.support.brought import NUMBER, bring, case, hearing
from tests.support.houses import OPERATOR, OTHER
from tests.web.further.asking import row


def test_the_list_shows_my_cases_and_finds_part_of_a_number(court, ask):
    court.case(1), court.case(12), court.case(7, handler="judge2")
    judge = ask("judge")
    listed = judge.get("/cases/").text
    assert 'data-case="（2026）粤0199民初12号"' in listed
    assert "民初7号" not in listed
    found = judge.get("/cases/", case_number="(2026) 粤0199民初1号").text
    assert "民初1号" in found
    assert "民初12号" not in found
    nothing = judge.get("/cases/", case_number="民初99%_").text
    assert "没有符合条件的案件。" in nothing
    assert 'value="民初99%_"' in nothing


def test_the_list_goes_on_by_key(court, ask):
    for sequence in range(1, 24):
        court.case(sequence)
    judge = ask("judge")
    first = judge.get("/cases/", case_number="粤0199").text
    assert first.count("data-case=") == 20
    address = first.split('rel="next" href="')[1].split('"')[0]
    second = judge.get(address).text
    assert second.count("data-case=") == 3
    assert "回到首页" in second


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditadmin"])
def test_administrators_have_no_cases(court, ask, name):
    court.case(1)
    assert ask(name).get("/cases/").status == 403


def test_a_case_shows_parties_agents_and_requests_with_links(court, ask):
    number = court.case(1)
    mine = court.file("mediation", number)
    centres = court.file("wish", number)
    page = ask("judge").get(f"/cases/{number}")
    for word in (number, "买卖合同纠纷", "原告", "甲某某", "丙某某", "2026-03-02"):
        assert word in page.text
    assert f'href="/m/mediation/{mine}"' in row(page, f'data-serial="{mine}"')
    # Of the case, but in a queue that the judge's role does not see: named, not linked.
    assert "href" not in row(page, f'data-serial="{centres}"')


def test_a_case_may_be_asked_for_with_half_width_brackets(court, ask):
    court.case(1)
    assert ask("judge").get("/cases/(2026)粤0199民初1号").status == 200


def test_another_judges_case_is_refused_with_a_sentence(court, ask):
    answer = ask("judge2").get(f"/cases/{court.case(1)}")
    assert answer.status == 403
    assert "此件由其他承办人办理" in answer.text


def test_what_is_not_to_be_known_of_is_not_found(court, ask):
    sealed = court.case(2, sealed=True)
    foreign = court.case(3, court=OTHER, handler="other_judge")
    president = ask("president")
    for number in (sealed, foreign, "（2026）粤0199民初99号", "无此案"):
        assert president.get(f"/cases/{number}").status == 404
    assert president.get("/cases/a\x00b").status == 400
    assert ask("judge").get(f"/cases/{sealed}").status == 200


def test_requests_of_a_module_that_is_gone_stay_those_of_one_that_is_off_do_not(court, ask):
    number = court.case(1)
    gone, off = court.file("mediation", number), court.file("wish", number)
    court.house.store.write(
        lambda connection: connection.execute(
            ApplicationRow.__table__.update()
            .where(ApplicationRow.serial_no == gone)
            .values(module="lost", kind="lost")
        )
    )
    disable(court.house, OPERATOR, "wish")
    page = ask("judge").get(f"/cases/{number}")
    shown = row(page, f'data-serial="{gone}"')
    assert "（模块不可用）" in shown
    assert "href" not in shown
    assert off not in page.text


def test_search_finds_cases_and_requests_of_what_i_see(court, ask):
    number = court.case(1)
    mine = court.file("mediation", number, name="寻找某")
    centres = court.file("wish", name="寻找某", wish="平安")
    judge, reviewer = ask("judge"), ask("reviewer")
    found = judge.get("/search", q="寻找某").text
    assert mine in found
    assert centres not in found
    assert centres in reviewer.get("/search", q="寻找某 平安").text
    assert number in judge.get("/search", q="粤0199民初1").text
    assert mine in judge.get("/search", q=mine[-6:]).text


def test_search_says_what_to_do(court, ask):
    judge = ask("judge").english()
    assert "Type a serial number" in judge.get("/search").text
    assert "Nothing was found" in judge.get("/search", q="不存在").text
    assert judge.get("/search", q="\x00").status == 400
    disable(court.house, OPERATOR, "mediation")
    assert ask("secadmin").get("/search", q="甲某某").status == 200


def test_search_leads_on_where_there_is_more(court, ask):
    for _ in range(11):
        court.file("wish", wish="同一愿望")
    page = ask("reviewer").get("/search", q="同一愿望").text
    assert page.count("data-serial=") == 10
    assert "/m/wish/?kind=wish&q=" in page


def test_what_is_typed_is_never_markup(court, ask):
    answer = ask("judge").get("/search", q="<script>alert(1)</script>")
    assert b"<script>alert" not in answer.body


def test_nobody_gets_in_without_logging_in(court):
    from tests.web.further.asking import Browser

    stranger = Browser(court.application)
    for path in ("/cases/", "/search", "/reminders/", "/admin/people", "/m/wish/export.xlsx"):
        answer = stranger.get(path)
        assert answer.status == 303
        assert answer.headers["location"].startswith("/login")


def test_a_case_shows_its_hearings_and_services_in_both_languages(court, ask):
    bring(court.fixture, case(
        hearings=[hearing("2026-12-10T09:00", state="moved", to="2026-12-20T14:30"), hearing("2026-12-20T14:30", "第二法庭")],
        services=[{"document": "判决书", "party": "甲某某", "served_on": "2026-11-20", "method": "电子送达"}],
    ))  # fmt: skip
    judge = ask("judge")
    page = judge.get(f"/cases/{NUMBER}")
    assert "2026-12-10 09:00" in row(page, 'data-hearing="moved"')
    assert "已改期" in row(page, 'data-hearing="moved"')
    for word in ("2026-12-20 14:30", "2026-12-20 16:30", "第二法庭", "judge", "已排期"):
        assert word in row(page, 'data-hearing="scheduled"')
    for word in ("判决书", "2026-11-20", "电子送达", "普通程序", "原告", "第三人"):
        assert word in page.text
    english = judge.english().get(f"/cases/{NUMBER}").text
    for word in ("Moved", "Scheduled", "Served on", "Plaintiff", "Ordinary"):
        assert word in english


def test_a_case_without_hearings_says_so(court, ask):
    assert "没有登记开庭。" in ask("judge").get(f"/cases/{court.case(1)}").text
