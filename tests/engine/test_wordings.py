"""The wording of notices: a court says it in its own words; what they may name is checked, and off means off."""

import pytest

from core.fields.problem import Reason, Refused
from core.records import Audit, Delivery, NoticeTemplate
from core.values import Actor
from core.work.switches import disable, enable
from core.work.wordings import list_wordings, read_wording, save_wording
from tests.support.acting import file_one, rows, write_module
from tests.support.houses import COURT, OPERATOR, OTHER, Fixture

NEWS = """
from core import (CASE_BOUND, Access, Decision, Module, RequestType, Role, Sight, State, choice, group, request_fields, text)

@request_fields
class Item:
    name: str = text("名称", "Name")

@request_fields
class Reply:
    result: str = choice("结果", "Result", {"yes": ("可以", "Yes")})
    items: tuple[Item, ...] = group(Item, "清单", "List", maximum=3)

@request_fields
class Asked:
    wish: str = text("愿望", "Wish")

ALL = {Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)}
news = RequestType(
    kind="news", title=("来信", "Letters"), fields=Asked, access=ALL, keeps={"extra": ("附注", "Note")},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("reply", "答复", "Reply", "NEW", "DONE", direct=True, fields=Reply, notice=("已答复：{result}{extra}", "Replied: {result}")),
               Decision("quiet", "归档", "File", "NEW", "DONE", direct=True, quiet=True)])
module = Module("news", ("来信", "Letters"), version="1.0", requests=[news])
"""


@pytest.fixture
def court(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "news", NEWS)
    return new_house("news", "sms", folders=(tmp_path / "drop",))


def said(court: Fixture) -> list[str]:
    return [row.payload["text"] for row in rows(court, Delivery)]


def save(court: Fixture, code: str, text: str | None, seen: str = "") -> None:
    seen = seen or read_wording(court.house, OPERATOR, "news", code).digest
    save_wording(court.house, OPERATOR, "news", code, text, seen)


def test_a_court_says_it_in_its_own_words_until_it_goes_back(court):
    save(court, "submit", " 您好{name}：\n{kind}已收。 ")
    file_one(court, "news", 1)
    save(court, "submit", None)
    file_one(court, "news", 2)
    first, second = said(court)
    assert first == "您好甲某某： 来信已收。"
    assert "已于2026-11-23收到" in second
    saved, reset = (row for row in rows(court, Audit) if row.action.startswith("notice."))
    assert (saved.action, saved.target, saved.data["after"]) == ("notice.wording_save", "news.submit", "您好{name}： {kind}已收。")  # fmt: skip
    assert (reset.action, reset.data["before"]) == ("notice.wording_reset", "您好{name}： {kind}已收。")


def test_every_notice_of_the_modules_that_are_on_is_listed_with_what_it_may_name(court):
    lines = {one.wording.code: one for one in list_wordings(court.house, OPERATOR)}
    assert list(lines) == ["submit", "reply"], "a quiet step tells nobody"
    names = lines["reply"].wording.names
    assert {"court", "serial_no", "result", "items_count", "extra"} <= set(names)
    assert names["result"].zh == "结果"
    disable(court.house, OPERATOR, "news")
    assert list_wordings(court.house, OPERATOR) == []
    with pytest.raises(Refused):
        read_wording(court.house, OPERATOR, "news", "submit")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "请填写通知内容"),
        ("字" * 501, "最多500个字"),
        ("{wish}", "没有变量“{wish}”"),
        ("{court.__class__}", "没有变量"),
        ("{court!r}", "没有变量"),
        ("{serial_no:>90000}", "没有变量"),
        ("{0}{}", "没有变量"),
        ("{court", "花括号没有成对"),
    ],
)
def test_words_that_cannot_be_filled_in_are_refused_and_nothing_is_kept(court, text, why):
    with pytest.raises(Refused) as refused:
        save(court, "submit", text)
    assert refused.value.reason is Reason.INVALID
    assert why in "".join(one.message.zh for one in refused.value.problems)
    assert rows(court, NoticeTemplate) == []


def test_who_saves_over_anothers_words_is_told(court):
    seen = read_wording(court.house, OPERATOR, "news", "submit").digest
    save(court, "submit", "甲{name}")
    with pytest.raises(Refused) as refused:
        save(court, "submit", "乙{name}", seen)
    assert refused.value.reason is Reason.CONFLICT


def test_another_courts_words_are_its_own(court):
    save(court, "submit", "本院{name}")
    assert [row.court_code for row in rows(court, NoticeTemplate)] == [COURT]
    there = Actor(court=OTHER, name="operator")
    enable(court.house, there, "news")
    assert "本院" not in read_wording(court.house, there, "news", "submit").text


def test_words_that_a_newer_module_cannot_fill_give_way_to_the_built_in_ones(court):
    save(court, "submit", "您好{name}")
    row = {"text": "您好{gone}"}
    court.house.store.write(lambda connection: connection.execute(NoticeTemplate.__table__.update().values(**row)))  # fmt: skip
    file_one(court, "news", 1)
    assert "已于2026-11-23收到" in said(court)[0]
    assert not read_wording(court.house, OPERATOR, "news", "submit").works
