"""What the command line prints: the bare result on the first line, then the reasons."""

import pickle
from datetime import date

import pytest

from core.law.calendar import CourtCalendar
from core.law.cli_text import case_number_text, fee_text, identity_text, period_text, read_start
from core.law.errors import LawError, YearUnknown
from core.law.periods import Unit

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "length", "unit", "before", "bare"),
    [
        ("2026-02-03", 15, "days", False, "2026-02-24"),
        ("2025-07-03", 3, "months", False, "2025-10-09"),
        ("2026-02-13T16:20", 48, "hours", False, "2026-02-15T17:00+08:00"),
        ("2026-02-13 16:20:30", 48, "hours", False, "2026-02-15T17:00+08:00"),
        ("2026-02-13T08:20Z", 48, "hours", False, "2026-02-15T17:00+08:00"),
        ("2026-02-13T08:20+00:00", 48, "hours", True, "2026-02-11T16:00+08:00"),
        ("2026-03-10", 3, "days", True, "2026-03-06"),
        ("2026-02-13", 1, "workdays", False, "2026-02-14"),
    ],
)
def test_period(
    start: str, length: int, unit: Unit, before: bool, bare: str, calendar: CourtCalendar
) -> None:
    """The first line is the end alone, the last cites the article."""
    lines = period_text(start, length, unit, calendar, before=before)
    assert lines[0] == bare
    assert "届满" in lines[1]
    assert lines[-1] == "依据：民事诉讼法第85条、民诉法解释第125条"


def test_period_in_an_unknown_year(calendar: CourtCalendar) -> None:
    """What cannot be known is refused, not guessed."""
    with pytest.raises(YearUnknown, match="2027年的节假日安排尚未录入"):
        period_text("2026-12-25", 15, "days", calendar)


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "2026-2-3", "20260203", "2026-02-03T25:00", "２026-02-03", "2026-02-03T10", "昨天"],
)
def test_unreadable_starts(text: str) -> None:
    """Only full dates, and times of day to the minute or second, are read."""
    with pytest.raises(LawError) as refused:
        read_start(text)
    assert refused.value.code == "start_unreadable"


def test_case_number() -> None:
    """The canonical number comes first, then its parts, then what is odd."""
    lines = case_number_text("(2025)粤0104民初123号", this_year=2026)
    assert lines[0] == "（2025）粤0104民初123号"
    assert "基层法院，代码 440104" in lines[1]
    assert "民初（民事案件）" in lines[1]
    odd = case_number_text("（2027）最高法知民诉前调1号之二", this_year=2026)
    assert "专门审判代字 知，类型代字 民诉前调（扩展类型），编号 1，后缀 之二" in odd[1]
    assert odd[-1] == "提示：收案年度晚于今年，请核对。"
    with pytest.raises(LawError, match="中间有空格"):
        case_number_text("（2025）粤0104 民初123号", this_year=2026)


def test_fee() -> None:
    """The fee comes first, with two places; - stands for no amount."""
    lines = fee_text("prop", "128456.78")
    assert lines[0] == "2869.14"
    assert "28456.78 元 × 2% = 569.1356 元" in lines[1]
    assert lines[2] == "依据：《诉讼费用交纳办法》第13条第(一)项"
    assert fee_text("divorce", "-")[0] == fee_text("divorce", None)[0] == "300.00"


def test_identity() -> None:
    """The normal form comes first, then what it is, then what is odd."""
    assert identity_text(" 440100190001010014 ", today=TODAY) == [
        "440100190001010014",
        "公民身份号码（GB 11643）",
    ]
    assert (
        identity_text("440199199912319904", today=TODAY)[-1] == "提示：行政区划代码 440199 不存在，请核对。"
    )


@pytest.mark.parametrize("error", [LawError("code", "中文。", "English."), YearUnknown(2027)])
def test_errors_cross_processes(error: LawError) -> None:
    """An error keeps its parts when it is sent to another process, and speaks both languages."""
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (copy.code, copy.message(), copy.message("en")) == (error.code, error.message_zh, error.message_en)
    assert str(copy) == error.message_zh
