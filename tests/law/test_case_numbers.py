"""Case numbers: samples, every type at every kind of court, what is refused and what is only odd."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law.case_number import (
    CaseNumber,
    court_level,
    normalise,
    parse,
    parse_legacy,
    warnings,
)
from core.law.case_types import CASE_TYPES, CATEGORIES, DEFAULT_EXTRA_TYPES
from core.law.courts import starter_courts
from core.law.errors import LawError
from core.law.provinces import PROVINCES, court_digits

Samples = Callable[[str], list[dict[str, str]]]
ALL_TYPES = sorted(CASE_TYPES.keys() | DEFAULT_EXTRA_TYPES)
GRAMMAR = re.compile(
    rf"（20(1[6-9]|[2-9][0-9])）(最高法|[{''.join(PROVINCES)}]([0-9]{{4}}|[0-9]{{2}})?)(知)?"
    rf"({'|'.join(sorted(ALL_TYPES, key=len, reverse=True))})[1-9][0-9]{{0,7}}号(之[一二三四五六七八九十]{{1,3}})?"
)
LEGACY = [
    "（2013）陕民三终字第38号",
    "（2012）江宁开民初字第646号",
    "（2008）二中民终字第00453号",
    "（2015）台行初字第00024号",
    "（2015）穗天法民二初字第123号之一",
]


def refusal(text: str, *, strict: bool = True) -> LawError:
    with pytest.raises(LawError) as refused:
        parse(text, strict=strict)
    return refused.value


def test_valid_samples(samples: Samples) -> None:
    """Real numbers come back as they are, and nothing about them is odd."""
    for row in samples("case_numbers_valid.csv"):
        number = parse(row["case_number"])
        assert str(number) == row["case_number"]
        assert warnings(number, this_year=2026) == ()


def test_invalid_samples(samples: Samples) -> None:
    """Each wrong number is refused, strictly and leniently, in both languages."""
    for row in samples("case_numbers_invalid.csv"):
        for strict in (True, False):
            error = refusal(row["input"], strict=strict)
            assert error.message_zh.startswith("案号不正确")
            assert error.message_en.startswith("No case number")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "case_number_empty"),
        ("2020粤0113民初5564", "case_number_year_missing"),
        ("（25）粤0104民初1号", "case_number_year_missing"),
        ("〔2025〕粤0104民初123号", "case_number_bracket"),
        ("[2025]粤0104民初123号", "case_number_bracket"),
        ("【2025】粤0104民初123号", "case_number_bracket"),
        ("（2025]粤0104民初123号", "case_number_bracket"),
        ("穗劳人仲案〔2025〕123号", "case_number_bracket"),
        ("（2015）粤0104民初123号", "case_number_before_2016"),
        ("（2100）粤0104民初123号", "case_number_year"),
        ("（2025）粤0104民初123", "case_number_hao_missing"),
        ("（2025）0104民初123号", "case_number_court_missing"),
        ("（2025）民初123号", "case_number_court_missing"),
        ("（2025）号", "case_number_court_missing"),
        ("（2025）台01民初123号", "case_number_court_missing"),
        ("（2025）粤104民初123号", "case_number_court_digits"),
        ("（2025）粤01040民初123号", "case_number_court_digits"),
        ("（2025）最高法01民终1号", "case_number_supreme_digits"),
        ("（2025）粤0100民初1号", "court_prefix_zero"),
        ("（2025）粤00民初1号", "court_prefix_zero"),
        ("（2025）粤0104123号", "case_number_type_missing"),
        ("（2025）粤0104号", "case_number_type_missing"),
        ("（2025）粤0104初民123号", "case_number_type_unknown"),
        ("（2025）粤0104知123号", "case_number_type_unknown"),
        ("（2025）粤0104民初第123号", "case_number_di"),
        ("（2025）粤0104民初号", "case_number_seq_missing"),
        ("（2025）粤0104民初0号", "case_number_seq_zero"),
        ("（2025）粤0104民初0123号", "case_number_seq_zero"),
        ("（2025）粤0104民初123456789号", "case_number_seq_long"),
        ("（2025）粤0104民初12a号", "case_number_seq_chars"),
        ("（2025）粤0104民初１２３号", "case_number_wide_digit"),
        ("（2025）粤0104民初123号之1", "case_number_suffix"),
        ("（2025）粤0104民初123号。", "case_number_suffix"),
        ("（2025）粤0104 民初123号", "case_number_space"),
        ("（2025）粤0104\u200b民初123号", "case_number_invisible"),
    ],
)
def test_reasons(text: str, code: str) -> None:
    """The refusal names the first thing that is wrong."""
    assert refusal(text).code == code


def test_brackets_and_white_space() -> None:
    """Outer white space and half-width round brackets are mended; inner white space only for a search."""
    plain = "（2025）粤0104民初123号"
    assert str(parse(" \u3000(2025)粤0104民初123号\n")) == plain
    assert str(parse("(2025）粤0104民初123号")) == plain
    assert normalise("（2025） 粤 0104\u3000民初 123 号") == plain


COURTS = st.one_of(
    st.just("最高法"),
    st.sampled_from(sorted(PROVINCES)),
    st.builds("{}{:02d}".format, st.sampled_from(sorted(PROVINCES)), st.integers(1, 99)),
    st.builds(
        "{}{:02d}{:02d}".format, st.sampled_from(sorted(PROVINCES)), st.integers(0, 99), st.integers(1, 99)
    ),
)


@given(
    st.builds(
        CaseNumber,
        year=st.integers(2016, 2099),
        court=COURTS,
        special=st.sampled_from(["", "知"]),
        type=st.sampled_from(ALL_TYPES),
        seq=st.integers(1, 99_999_999),
        suffix=st.sampled_from(["", "之一", "之十", "之二十一"]),
    )
)
def test_every_well_formed_number_comes_back(number: CaseNumber) -> None:
    """Writing the parts and reading them again gives the parts."""
    assert GRAMMAR.fullmatch(str(number))
    assert parse(str(number)) == parse(str(number), strict=False) == number
    assert normalise(" ".join(str(number))) == str(number)


def test_every_type_at_every_level() -> None:
    """Each type, with and without 知, is read whole at each kind of court: 行审复 is never 行审."""
    for court in ("最高法", "粤", "粤73", "粤0104"):
        for type_ in ALL_TYPES:
            for special in ("", "知"):
                number = parse(f"（2025）{court}{special}{type_}7号")
                assert (number.court, number.special, number.type, number.seq) == (court, special, type_, 7)


@given(
    st.lists(
        st.sampled_from(
            ["（", "）", "2025", "粤", "01", "04", "最高法", "知", "民初", "执", "1", "0", "号", "之一", "第"]
        ),
        max_size=9,
    ).map("".join)
)
def test_reading_agrees_with_the_grammar(text: str) -> None:
    """Whatever is put together from pieces is accepted exactly when the grammar accepts it (codes in 00 aside)."""
    try:
        accepted = str(parse(text)) == text
    except LawError as error:
        if error.code == "court_prefix_zero":
            return
        accepted = False
    assert accepted == bool(GRAMMAR.fullmatch(text))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text breaks the reader."""
    for read in (parse, parse_legacy, normalise):
        with suppress(LawError):
            read(text)


def test_extra_types_are_configured() -> None:
    """A court's own type is read when configured, and only then."""
    text = "（2025）粤0104诉前试1号"
    assert refusal(text).code == "case_number_type_unknown"
    assert parse(text, extra_types=frozenset({"诉前试"})).type == "诉前试"
    assert parse("（2024）浙02民诉前调595号").type == "民诉前调"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("（2025）粤0104民终1号", ["appeal_at_basic_court"]),
        ("（2025）粤民诉前调1号", ["mediation_at_high_court"]),
        ("（2025）粤0104知民初1号", ["special_mark_at_ordinary_court"]),
        ("（2027）粤0104民初1号", ["year_in_future"]),
        ("（2019）粤73知民初1519号", []),
        ("（2021）最高法知民终2270号", []),
        ("（2025）粤01民终1号", []),
    ],
)
def test_warnings(text: str, codes: list[str]) -> None:
    """Odd numbers are accepted with a warning."""
    assert [warning.code for warning in warnings(parse(text), this_year=2026)] == codes


@pytest.mark.parametrize("text", LEGACY)
def test_legacy_numbers(text: str) -> None:
    """Numbers of 2015 and before are read by their own reader only, leading zeros kept."""
    assert str(parse_legacy(text)) == text
    assert refusal(text).code == "case_number_before_2016"


def test_legacy_brackets() -> None:
    """Half-width brackets become full-width also inside."""
    assert str(parse_legacy("(2014)杨民一(民)初字第4713号")) == "（2014）杨民一（民）初字第4713号"


@pytest.mark.parametrize(
    "text",
    ["（2015）粤0104民初123号", "（2016）陕民三终字第38号", "（1900）陕民终字第38号", "陕民三终字第38号", ""],
)
def test_legacy_refusals(text: str) -> None:
    """The present form, later years and fragments are no old numbers."""
    with pytest.raises(LawError):
        parse_legacy(text)


# --- Courts


def test_court_digits() -> None:
    """Every prefix has six digits of its own."""
    assert [court_digits(prefix) for prefix in ("粤0199", "粤01", "粤", "最高法", "浙01", "兵", "军")] == [
        "440199", "440100", "440000", "000000", "330100", "660000", "900000",
    ]  # fmt: skip
    prefixes = ["最高法"]
    for province in PROVINCES:
        prefixes.append(province)
        prefixes += [f"{province}{n:02d}" for n in range(1, 100)]
        prefixes += [f"{province}{n:04d}" for n in range(1, 10_000) if n % 100]
    digits = {court_digits(prefix) for prefix in prefixes}
    assert len(digits) == len(prefixes)
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in digits)


@pytest.mark.parametrize(
    "prefix", ["", "粤1", "粤010", "粤01045", "粤00", "粤0100", "最高法01", "台01", "粤０１", "粤01 ", "01"]
)
def test_wrong_prefixes(prefix: str) -> None:
    """What is no prefix has neither digits nor a level."""
    for question in (court_digits, court_level):
        with pytest.raises(LawError, match="法院代字"):
            question(prefix)


def test_court_levels() -> None:
    """The number of digits gives the level."""
    levels = {"最高法": "supreme", "粤": "high", "粤01": "intermediate", "粤0104": "basic", "军": "high"}
    assert {prefix: court_level(prefix) for prefix in levels} == levels


def test_starter_courts() -> None:
    """The starter table has valid prefixes without repeats, and no demo court."""
    courts = starter_courts()
    assert len({court_digits(court.prefix) for court in courts}) == len(courts) == 20
    assert "粤0199" not in {court.prefix for court in courts}


# --- Types


def test_type_table() -> None:
    """129 types in eleven categories; a code belongs to one type and begins with its category."""
    assert len(CASE_TYPES) == 129
    assert {case_type.category for case_type in CASE_TYPES.values()} == set(CATEGORIES)
    codes = [code for case_type in CASE_TYPES.values() for code in case_type.codes]
    assert len(set(codes)) == len(codes)
    for case_type in CASE_TYPES.values():
        assert all(code[:2] == case_type.category and len(code) == 4 for code in case_type.codes)
        assert bool(case_type.codes) == (case_type.category != "06")
    assert CASE_TYPES["民辖"].codes == ("0105", "0106", "0107", "0108")
    assert CASE_TYPES["刑辖"].codes == ("0102", "0103")
