"""Identity numbers: synthetic samples, every single mistake found, and which number a text is. All numbers are made up."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import resident_id, unified_code
from core.law.errors import LawError
from core.law.identity import (
    Checked,
    check_landline,
    check_lawyer_licence,
    check_mobile,
    check_postcode,
    check_resident_id,
    check_unified_code,
    identify,
    mask_id,
    mask_name,
    mask_phone,
)

TODAY = date(2026, 11, 23)
RESIDENTS = ["440100190001010014", "440100190001010022", "440100190102281235", "440100194910017895"]
CODES = [
    "91440199TEXT000173", "91440199MA9999X05E", "12440199000000019K", "11440199000000027H", "52440199MJ000000X0",
]  # fmt: skip
LICENCES = ["14499201011000001", "14499199820123456"]


def resident(text: str) -> Checked:
    return check_resident_id(text, today=TODAY)


def code_of(check: Callable[[str], Checked], text: str) -> str:
    with pytest.raises(LawError) as refused:
        check(text)
    return refused.value.code


@pytest.mark.parametrize("number", RESIDENTS)
def test_resident_samples(number: str) -> None:
    """Well-formed numbers pass without warnings, are recognised, and survive a lower-case x and white space."""
    assert resident(f" {number.lower()}\n") == Checked("resident_id", number)
    assert identify(number, today=TODAY).kind == "resident_id"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("440100190001010015", "resident_id_checksum"),
        ("44010019000101001x", "resident_id_checksum"),
        ("440100190002301234", "resident_id_birth_date"),
        ("440100000000000000", "resident_id_birth_date"),
        ("44010019000101001", "resident_id_length"),
        ("", "resident_id_length"),
        ("440100000101001", "resident_id_old"),
        ("4401001900010100１4", "resident_id_characters"),
        ("44010019000101X014", "resident_id_characters"),
    ],
)
def test_resident_refusals(text: str, code: str) -> None:
    """The refusal names what is wrong."""
    assert code_of(resident, text) == code


def test_unknown_region_and_great_age_are_warnings() -> None:
    """A region that cannot exist and an age above 130 do not make a number wrong."""
    odd = resident("440199199912319904")
    assert [warning.code for warning in odd.warnings] == ["region_unknown"]
    first = "99010018500101001"
    old = resident(first + resident_id.check_character(first))
    assert [warning.code for warning in old.warnings] == ["region_unknown", "resident_id_age"]
    for region in ("429004", "469021", "659001", "810000", "830000"):
        first = f"{region}19000101001"
        assert resident(first + resident_id.check_character(first)).warnings == ()


def test_birth_dates_up_to_today() -> None:
    """Born today passes, born tomorrow does not."""
    for day, passes in ((TODAY, True), (TODAY + timedelta(days=1), False)):
        first = f"440100{day:%Y%m%d}001"
        number = first + resident_id.check_character(first)
        if passes:
            assert resident(number).value == number
        else:
            assert code_of(resident, number) == "resident_id_future"


@given(st.dates(date(1900, 1, 1), date(1949, 12, 31)), st.integers(0, 999), st.integers(0, 17), st.data())
def test_resident_mutations_are_found(born: date, serial: int, place: int, data: st.DataObject) -> None:
    """Changing any one character of a good number, or swapping two neighbours, is refused."""
    first = f"440100{born:%Y%m%d}{serial:03d}"
    number = first + resident_id.check_character(first)
    assert resident(number).value == number
    other = data.draw(
        st.sampled_from([c for c in ("0123456789X" if place == 17 else "0123456789") if c != number[place]])
    )
    with pytest.raises(LawError):
        resident(number[:place] + other + number[place + 1 :])
    swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(LawError):
            resident(swapped)


@pytest.mark.parametrize("code", CODES)
def test_unified_code_samples(code: str) -> None:
    """Well-formed codes pass, in lower case too; their region 440199 cannot exist, which is a warning."""
    checked = check_unified_code(code.lower())
    assert (checked.kind, checked.value) == ("unified_code", code)
    assert [warning.code for warning in checked.warnings] == ["region_unknown"]
    assert identify(code, today=TODAY) == checked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91440199TEXT000174", "unified_code_checksum"),
        ("91440199TESTO00173", "unified_code_characters"),
        ("91440199TEXT00017", "unified_code_length"),
        ("9144O199TEXT000173", "unified_code_characters"),
        ("9144A199TEXT000173", "unified_code_region"),
        ("91440199TEXT000183", "unified_code_checksum"),
        ("91440199TEXT0001７3", "unified_code_characters"),
    ],
)
def test_unified_code_refusals(text: str, code: str) -> None:
    """The refusal names what is wrong, also when the kind is not told."""
    assert code_of(check_unified_code, text) == code
    if text.isascii():
        assert code_of(lambda value: identify(value, today=TODAY), text) == code


@given(st.text(unified_code.CHARACTERS, min_size=8, max_size=8), st.integers(0, 17), st.data())
def test_unified_code_mutations_are_found(subject: str, place: int, data: st.DataObject) -> None:
    """Changing any one character of a good code is refused: two check characters stand guard."""
    first = f"91440199{subject}{unified_code.subject_check_character(subject)}"
    code = first + unified_code.check_character(first)
    assert check_unified_code(code).value == code
    other = data.draw(
        st.sampled_from([character for character in unified_code.CHARACTERS if character != code[place]])
    )
    with pytest.raises(LawError):
        check_unified_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("licence", LICENCES)
def test_licence_samples(licence: str) -> None:
    """Well-formed licence numbers pass and are recognised."""
    assert (
        check_lawyer_licence(f" {licence} ")
        == identify(licence, today=TODAY)
        == Checked("lawyer_licence", licence)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24499201011000001", "lawyer_licence_digit"),
        ("14499180011000001", "lawyer_licence_digit"),
        ("14499201001000001", "lawyer_licence_digit"),
        ("14499201012000001", "lawyer_licence_digit"),
        ("1449920101100001", "lawyer_licence_shape"),
        ("1449920101100000１", "lawyer_licence_shape"),
    ],
)
def test_licence_refusals(text: str, code: str) -> None:
    """The refusal names the digit."""
    assert code_of(check_lawyer_licence, text) == code
    with pytest.raises(LawError):
        identify(text, today=TODAY)


def test_licence_of_an_unknown_province() -> None:
    """Province 99 is a warning."""
    assert [warning.code for warning in check_lawyer_licence("19999201011000001").warnings] == [
        "region_unknown"
    ]


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (
            check_mobile,
            ["13800000000", "19900000000"],
            ["12800000000", "1380000000", "１3800000000", "138000000000", ""],
        ),
        (
            check_landline,
            ["020-00000000", "02000000000", "0750-0000000-123", "010-0000000"],
            ["20-00000000", "020-000000", "020-00000000-", "020-00000000-1234567", "020 00000000"],
        ),
        (check_postcode, ["510000", "010000"], ["51000", "5100000", "51000a", "５10000"]),
    ],
)
def test_contact_numbers(check: Callable[[str], Checked], good: list[str], bad: list[str]) -> None:
    """Good ones pass and are recognised, bad ones are refused."""
    for text in good:
        assert check(f" {text} ") == identify(text, today=TODAY)
        assert check(text).value == text
    for text in bad:
        with pytest.raises(LawError):
            check(text)


@pytest.mark.parametrize(
    "text", ["", "张三", "440100190001010", "44010019000101001", "12345678", "0", "9" * 100]
)
def test_texts_that_are_nothing(text: str) -> None:
    """What is none of the numbers is refused with a sentence in both languages."""
    with pytest.raises(LawError) as refused:
        identify(text, today=TODAY)
    assert refused.value.message_zh
    assert refused.value.message_en


@given(st.text("0123456789-XAxı１ß ", max_size=20))
def test_any_text_is_identified_or_refused(text: str) -> None:
    """No text breaks the reader, and what passes is plain ASCII."""
    with suppress(LawError):
        assert identify(text, today=TODAY).value.isascii()


def test_masks() -> None:
    """Masks keep the length and hide at least four characters, or all but the first of a short text."""
    assert mask_id("440100190001010014") == "440100********0014"
    assert mask_id("12345") == "1****"
    assert mask_phone("13800000000") == "138****0000"
    assert mask_phone("020-00000000") == "020*****0000"
    assert mask_phone("0000000") == "0******"
    assert [mask_name(name) for name in ("张三", "欧阳某某", "张", "")] == ["张*", "欧***", "*", ""]


@given(st.text(max_size=30))
def test_masks_hide(text: str) -> None:
    """Whatever the text, something stays hidden and the length stays."""
    for mask in (mask_id, mask_phone, mask_name):
        masked = mask(text)
        assert len(masked) == len(text)
        assert not text or "*" in masked
