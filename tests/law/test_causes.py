"""Causes of action: the official form of the list, its codes, its mistakes, and which version governs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.causes import VERSIONS, parse_official_list, starter_causes, version_for
from core.law.errors import LawError
from core.law.numerals import from_chinese, to_chinese

ROWS = [
    ("1", "四", "合同、准合同纠纷", ""),
    ("2", "十", "合同纠纷", "四"),
    ("3", "108", "借款合同纠纷", "十"),
    ("4", "3", "民间借贷纠纷", "108"),
    ("3", "109", "保证合同纠纷", "十"),
]


def test_codes_and_parents() -> None:
    """A code is the path of numbers; the parent is the code above."""
    causes = parse_official_list(ROWS, 2025)
    assert [cause.code for cause in causes] == ["04", "04.10", "04.10.108", "04.10.108.03", "04.10.109"]
    assert [cause.parent for cause in causes] == [None, "04", "04.10", "04.10.108", "04.10"]
    assert causes[3].number == "3"
    assert {cause.version for cause in causes} == {2025}


def test_numbers_may_be_whole_numbers() -> None:
    """Rows from a spreadsheet carry numbers as numbers."""
    rows: list[tuple[str | int, ...]] = [
        (1, "一", "人格权纠纷", ""),
        (2, "一", "人格权纠纷", "一"),
        (3, 1, "生命权纠纷", "一"),
    ]
    assert parse_official_list(rows, 2020)[2].code == "01.01.001"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("3", "108", "重复", "十"), "重复"),
        (("4", "3", "重复", "108"), "重复"),
        (("2", "十", "别处重复", "四"), "重复"),
        (("4", "1", "孤儿", "999"), "上级案由"),
        (("3", "110", "孤儿", "十一"), "上级案由"),
        (("2", "十一", "孤儿", ""), "上级案由"),
        (("1", "五", "有上级", "四"), "不应有上级"),
        (("5", "1", "级别", "3"), "级别"),
        (("", "1", "级别", "3"), "级别"),
        (("3", "110", " ", "十"), "缺少案由名称"),
        (("3", "0", "编号", "十"), "编号"),
        (("3", "0110", "编号", "十"), "编号"),
        (("3", "1000", "编号", "十"), "编号"),
        (("3", "一一", "编号", "十"), "编号"),
        (("3", "１１０", "编号", "十"), "编号"),
        (("4", "100", "编号", "108"), "编号"),
        (("2", "11", "编号", "四"), "编号"),
        (("2", "十十", "编号", "四"), "编号"),
        (("3", "110", "少一列"), "应有 4 列"),
    ],
)
def test_wrong_rows(row: tuple[str, ...], fault: str) -> None:
    """A wrong row is refused by its place and its fault."""
    with pytest.raises(LawError, match=fault) as refused:
        parse_official_list([*ROWS, row], 2025)
    assert "第 6 行" in refused.value.message_zh
    assert "Row 6" in refused.value.message_en


def test_level_four_numbers_start_anew() -> None:
    """The same number may stand under another cause of level 3."""
    causes = parse_official_list([*ROWS, ("4", "3", "别的", "109")], 2025)
    assert causes[-1].code == "04.10.109.03"


def test_starter_table() -> None:
    """Both versions hold the common causes with unique codes; 2020 and 2025 number them differently."""
    causes = starter_causes()
    assert len({(cause.version, cause.code) for cause in causes}) == len(causes)
    codes = {(cause.version, cause.name): cause.code for cause in causes if cause.level > 2}
    assert codes[2025, "民间借贷纠纷"] == "04.10.108.03"
    assert codes[2020, "民间借贷纠纷"] == "04.10.103.03"
    for name in (
        "离婚纠纷", "买卖合同纠纷", "机动车交通事故责任纠纷", "劳动合同纠纷", "房屋租赁合同纠纷", "物业服务合同纠纷",
        "金融借款合同纠纷", "信用卡纠纷", "建设工程施工合同纠纷", "法定继承纠纷", "名誉权纠纷", "产品责任纠纷",
        "执行异议之诉", "第三人撤销之诉", "信息网络买卖合同纠纷",
    ):  # fmt: skip
        assert (2020, name) in codes
        assert (2025, name) in codes
    for name in ("股权转让纠纷", "网络服务合同纠纷", "申请诉前财产保全", "新就业形态用工合同纠纷"):
        assert (2025, name) in codes
    levels = [
        sum(cause.version == version and cause.level > 2 for cause in causes) for version in (2020, 2025)
    ]
    assert levels[0] >= 40
    assert levels[1] >= 150


@pytest.mark.parametrize(
    ("day", "version"),
    [("2021-01-01", 2020), ("2025-12-31", 2020), ("2026-01-01", 2025), ("2040-01-01", 2025)],
)
def test_version_for(day: str, version: int) -> None:
    """Cases received before 2026 use the list of 2020, later ones that of 2025."""
    assert version_for(date.fromisoformat(day)) == version


def test_no_version_before_2021() -> None:
    """Earlier lists are not held, and the day is refused by name."""
    with pytest.raises(LawError, match="2020-12-31"):
        version_for(date(2020, 12, 31))
    assert sum(version.covers(date(2026, 1, 1)) for version in VERSIONS) == 1


@given(st.integers(1, 99))
def test_numerals_come_back(number: int) -> None:
    """Writing and reading a numeral gives the number."""
    assert from_chinese(to_chinese(number)) == number


def test_numerals() -> None:
    """Numerals are written as in headings; others are refused."""
    assert [to_chinese(number) for number in (1, 10, 12, 20, 59)] == ["一", "十", "十二", "二十", "五十九"]
    for text in ("", "零", "一十", "十十", "百"):
        with pytest.raises(ValueError, match="numeral"):
            from_chinese(text)
    for number in (0, 100):
        with pytest.raises(ValueError, match="between"):
            to_chinese(number)
