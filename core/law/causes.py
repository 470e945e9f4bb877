"""Civil causes of action (民事案件案由) and the version of the list that governs a case.

《民事案件案由规定》: four levels, 第×部分 > 一、 > 1. > (1). Levels 1 to 3 are numbered through the whole list,
level 4 anew under each cause of level 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from core.law.data_tables import table
from core.law.errors import LawError
from core.law.numerals import from_chinese

LEVELS = (1, 2, 3, 4)
_WIDTHS = {1: 2, 2: 2, 3: 3, 4: 2}
_CHINESE_LEVELS = (1, 2)


@attrs.frozen(slots=True)
class Version:
    """An edition of the list: the days on which cases were received under it, both included."""

    version: int
    first: date
    last: date | None
    source: str

    def covers(self, day: date) -> bool:
        """Return whether a case received on ``day`` falls under this edition."""
        return self.first <= day and (self.last is None or day <= self.last)


VERSIONS = (
    Version(2020, date(2021, 1, 1), date(2025, 12, 31), "法〔2020〕346号"),
    Version(2025, date(2026, 1, 1), None, "法〔2025〕226号"),
)


@attrs.frozen(slots=True)
class Cause:
    """A cause of action. ``code`` is unique in its version: 04.10.108.03; ``number`` is as in the list."""

    version: int
    code: str
    level: int
    number: str
    name: str
    parent: str | None


def version_for(received_on: date) -> int:
    """Return the version for a case received on that day; LawError before 2021-01-01, which has no list here."""
    for version in VERSIONS:
        if version.covers(received_on):
            return version.version
    raise LawError(
        "cause_version_unknown",
        f"{received_on} 收案适用的案由规定未收录（最早自 {VERSIONS[0].first} 起）；请核对收案日期。",
        f"No list of causes is held for cases received on {received_on} (the earliest from {VERSIONS[0].first}); "
        "check the date.",
    )


def parse_official_list(rows: Iterable[Sequence[str | int]], version: int) -> tuple[Cause, ...]:
    """Return the causes of the rows (level, number, name, parent number) in their order.

    A parent must come before its children; its number is that of the level above. Raises LawError naming the row
    (the first row is 1) for a wrong shape, level, number, an empty name, an unknown parent or a repeated cause.
    """
    seen: dict[tuple[int, str, str], str] = {}
    codes: dict[tuple[int, str], str] = {}
    causes: list[Cause] = []
    for place, row in enumerate(rows, start=1):
        level, number, name, parent_number = _read_row(place, row)
        parent = _parent_code(place, level, parent_number, codes)
        # Only level 4 is numbered anew under each parent.
        key = (level, number, parent_number if level == LEVELS[-1] else "")
        if key in seen:
            raise _row_error(
                place, f"与“{seen[key]}”的级别、编号重复", f'repeats the level and number of "{seen[key]}"'
            )
        seen[key] = name
        segment = f"{_value(place, level, number):0{_WIDTHS[level]}d}"
        code = segment if parent is None else f"{parent}.{segment}"
        codes[level, number] = code
        causes.append(Cause(version, code, level, number, name, parent))
    return tuple(causes)


def starter_causes() -> tuple[Cause, ...]:
    """Return the starter table of common causes, both versions; a court imports the official list over it."""
    rows: dict[int, list[Sequence[str]]] = {}
    for version, *row in table("causes_starter.csv"):
        rows.setdefault(int(version), []).append(row)
    return tuple(cause for version, part in rows.items() for cause in parse_official_list(part, version))


def _read_row(place: int, row: Sequence[str | int]) -> tuple[int, str, str, str]:
    if len(row) != 4:
        raise _row_error(place, f"应有 4 列，现在是 {len(row)} 列", f"has {len(row)} columns, not 4")
    level, number, name, parent_number = (str(cell).strip() for cell in row)
    if level not in map(str, LEVELS):
        raise _row_error(place, f"级别“{level}”应为 1 至 4", f'has level "{level}", not 1 to 4')
    if not name:
        raise _row_error(place, "缺少案由名称", "has no name")
    return int(level), number, name, parent_number


def _parent_code(place: int, level: int, parent_number: str, codes: dict[tuple[int, str], str]) -> str | None:
    if level == LEVELS[0]:
        if parent_number:
            raise _row_error(place, "一级案由不应有上级编号", "is of level 1 and cannot have a parent")
        return None
    parent = codes.get((level - 1, parent_number))
    if parent is None:
        raise _row_error(
            place,
            f"前面没有编号为“{parent_number}”的上级案由",
            f'has no parent numbered "{parent_number}" before it',
        )
    return parent


def _value(place: int, level: int, number: str) -> int:
    limit = 10 ** _WIDTHS[level]
    try:
        value = from_chinese(number) if level in _CHINESE_LEVELS else int(number) if number.isdecimal() else 0
    except ValueError:
        value = 0
    if not 0 < value < limit or (level not in _CHINESE_LEVELS and number != str(value)):
        raise _row_error(place, f"编号“{number}”不正确", f'has the wrong number "{number}"')
    return value


def _row_error(place: int, zh: str, en: str) -> LawError:
    return LawError(
        "cause_row", f"案由表第 {place} 行{zh}；请更正后重新导入。", f"Row {place} {en}; correct it."
    )
