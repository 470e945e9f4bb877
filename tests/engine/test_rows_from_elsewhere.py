"""Rows that a module has from elsewhere: merged with what was filed here, searched, paged and kept for those who may see them."""

import pytest

from core.roles import Role
from core.work.people import add_person
from tests.support.acting import file_one, module_code, page, write_module
from tests.support.houses import OPERATOR

BODY = """
from datetime import UTC, datetime, timedelta

def row(number, applicant, wish, state="NEW", day=1, due=None, handler=None, kind="old", href="/m/old/read"):
    at = datetime(2026, 11, day, 1, tzinfo=UTC)
    return core.QueueRow(f"OLD{{number}}", "old", kind, state, applicant, f"（2026）粤0199民初{{number}}号", at,
        due and at + timedelta(days=due), {{"wish": wish}}, {{"handler_id": handler}}, href=href)

@core.hookimpl
def list_queue(query):
    return core.QueueRows([{rows}])
"""
THREE = 'row(1, "张三", "查档", day=20, due=2), row(2, "李四", "开具证明", "DONE", day=25), row(3, "王五", "查阅笔录", day=22, due=9)'


@pytest.fixture
def house_with(new_house, tmp_path):
    """A house whose module has these rows from elsewhere, its requests seen by ``access``."""

    def make(rows: str, *, access: str = "", name: str = "old"):
        code = module_code(name, BODY.format(rows=rows))
        write_module(
            tmp_path / "drop", name, code.replace("access=ALL", f"access={access}") if access else code
        )
        return new_house(name, folders=(tmp_path / "drop",))

    return make


def numbers(shown) -> list[str]:
    return [row.serial_no for row in shown.rows]


def test_they_stand_among_what_was_filed_here_in_every_order(house_with):
    court = house_with(THREE)
    here = file_one(court, "old").serial_no  # on the 23rd
    reviewer = court.actor("reviewer")
    assert numbers(page(court, reviewer, "old")) == ["OLD2", here, "OLD3", "OLD1"]
    assert numbers(page(court, reviewer, "old", order="oldest")) == ["OLD1", "OLD3", here, "OLD2"]
    assert numbers(page(court, reviewer, "old", order="due")) == ["OLD1", "OLD3", "OLD2", here]


def test_a_page_goes_on_where_the_one_before_ended(house_with):
    court = house_with(THREE)
    filed = [file_one(court, "old").serial_no for _ in range(3)]
    reviewer = court.actor("reviewer")
    for order in ("newest", "oldest", "due"):
        whole = numbers(page(court, reviewer, "old", order=order))
        assert set(whole) == {*filed, "OLD1", "OLD2", "OLD3"}
        walked, after = [], ""
        while True:
            shown = page(court, reviewer, "old", order=order, limit=2, **({"after": after} if after else {}))
            walked += numbers(shown)
            if not (after := shown.next):
                break
        assert walked == whole


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "DONE"}, ["OLD2"]),
        ({"q": "李四"}, ["OLD2"]),
        ({"q": "查"}, ["OLD3", "OLD1"]),
        ({"q": "查 笔录"}, ["OLD3"]),
        ({"q": "没有"}, []),
        ({"wish": "证明"}, ["OLD2"]),
        ({"serial_no": "OLD3"}, ["OLD3"]),
        ({"case_number": "（2026）粤0199民初1号"}, ["OLD1"]),
        ({"submitted_from": "2026-11-21", "submitted_to": "2026-11-22"}, ["OLD3"]),
        ({"due": "overdue"}, ["OLD1"]),
        ({"due": "near"}, []),
    ],
)
def test_they_are_searched_as_everything_is(house_with, asked, expected):
    court = house_with(THREE)
    assert numbers(page(court, court.actor("reviewer"), "old", **asked)) == expected


def test_whoever_sees_only_their_own_sees_only_their_own_of_them(house_with):
    court = house_with('row(1, "张三", "查档", handler=query.actor.person), row(2, "李四", "查档"), row(3, "王五", "查档", handler=10**6)',
                       access="core.CASE_BOUND")  # fmt: skip
    add_person(court.house, OPERATOR, "other", "他某", "Fictional-Court-1", [Role.HANDLING_JUDGE])
    assert numbers(page(court, court.actor("judge"), "old")) == ["OLD1"]


def test_those_of_another_kind_stand_in_its_own_queue(house_with):
    court = house_with('row(1, "张三", "查档", kind="other")')
    assert numbers(page(court, court.actor("reviewer"), "old")) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('row(1, "张三", "查档", href="")', "href '' is no page of old's own"),
        ('row(1, "张三", "查档", href="https://elsewhere.example")', "is no page of old's own"),
        ('row(1, "张三", "查档", state="LOST")', "old has no state 'LOST'"),
        ('*[row(1, "张三", "查档")] * 1001', "1001 rows from elsewhere"),
    ],
)
def test_rows_that_cannot_be_shown_are_named_and_the_others_stand(house_with, rows, said):
    court = house_with(rows)
    here = file_one(court, "old").serial_no
    shown = page(court, court.actor("reviewer"), "old")
    assert (numbers(shown), shown.failed) == ([here], ("old",))
    assert said in court.house.hooks.trace[-1].error
