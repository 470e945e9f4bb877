"""Chinese numerals below one hundred (一 to 九十九), as used in headings and suffixes."""

from __future__ import annotations

_DIGITS = "一二三四五六七八九"


def to_chinese(number: int) -> str:
    """Return the numeral of 1 to 99: 12 → 十二; ValueError outside."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else ""
    return head + (_DIGITS[ones - 1] if ones else "")


def from_chinese(text: str) -> int:
    """Return the number of a numeral 一 to 九十九; ValueError when ``text`` is none."""
    number = _NUMBERS.get(text)
    if number is None:
        raise ValueError(f'"{text}" is not a Chinese numeral between 一 and 九十九')
    return number


_NUMBERS = {to_chinese(number): number for number in range(1, 100)}
