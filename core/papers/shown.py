"""Values as a paper's template meets them: what is printed is the court's word, what is compared is the value."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from attrs import frozen

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of
from core.law.dates import SHANGHAI

_DIGITS = "〇一二三四五六七八九"
_LONGEST_BLANK = 60
_LONGEST_AMOUNT = 30


@frozen(eq=False)
class Shown:
    """One value: ``text`` is printed; tests, comparisons and the functions of templates take ``raw``."""

    text: str = ""
    raw: Any = None
    parts: tuple["Shown", ...] = ()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text) if self.raw is None else bool(self.raw)

    def __len__(self) -> int:
        return len(self.parts or self.text)

    def __iter__(self) -> Iterator["Shown"]:
        return iter(self.parts)

    def __contains__(self, wanted: object) -> bool:
        return any(part == wanted for part in self.parts) or (isinstance(wanted, str) and wanted in self.text)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shown):
            return self.raw == other.raw and self.text == other.text
        return other in (self.raw, self.text)

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: Any) -> bool:
        return _less(raw_of(self), raw_of(other))

    def __gt__(self, other: Any) -> bool:
        return _less(raw_of(other), raw_of(self))


class Asked(Mapping[str, Any]):
    """Values by name, each made when a template asks for it: most templates name few of what there is."""

    def __init__(self, names: Collection[str], make: Callable[[str], Any]) -> None:
        self._names = names
        self._make = make

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _less(one: Any, other: Any) -> bool:
    """Tell whether ``one`` is less; what cannot be compared is not."""
    try:
        return bool(one < other)
    except TypeError:
        return False


EMPTY = Shown()


def raw_of(value: Any) -> Any:
    """Return what lies behind a value of a template."""
    return value.raw if isinstance(value, Shown) and value.raw is not None else str(value) if isinstance(value, Shown) else value  # fmt: skip


def shown_field(spec: FieldSpec, value: Any) -> Any:
    """Return the typed ``value`` of a field; the items of a group come as a tuple of their fields."""
    if spec.kind is KINDS.group:
        return tuple(shown_fields(type(one), one) for one in value or ())
    if value is None or value == ():
        return EMPTY
    if isinstance(value, datetime):
        return Shown(moment(value), value)
    if isinstance(value, date):
        return Shown(day(value), value)
    text = spec.kind.show(value, spec, "zh")
    if spec.kind is KINDS.choices:
        return Shown(text, value, tuple(Shown(spec.kind.show((one,), spec, "zh"), one) for one in value))
    return Shown(text, value)


def shown_fields(cls: type, value: Any) -> Mapping[str, Any]:
    """Return every field of ``value``, an instance of the declaration ``cls``; of None each is empty."""
    specs = specs_of(cls)
    return Asked(
        specs, lambda name: shown_field(specs[name], None if value is None else getattr(value, name))
    )


def shown_plain(value: Any) -> Any:
    """Return a JSON-like value that no declaration speaks of."""
    if value is None:
        return EMPTY
    if type(value) is str or type(value) is int:
        return Shown(value, value) if type(value) is str else _number(value)
    if isinstance(value, Mapping):
        return {str(name): shown_plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(shown_plain(one) for one in value)
    if isinstance(value, bool):
        return Shown("是" if value else "否", value)
    if isinstance(value, datetime):
        return Shown(moment(value), value)
    if isinstance(value, date):
        return Shown(day(value), value)
    return Shown(str(value), value)


@lru_cache(maxsize=1024)
def _number(value: int) -> Shown:
    """Return a number as it is shown; most are small, and come by the dozen."""
    return Shown(str(value), value)


def day(value: Any) -> str:
    """Return a date as papers write it in the text: 2026年11月25日."""
    found = _date(value)
    if found is None:
        raw = raw_of(value)
        return raw if isinstance(raw, str) else ""
    return f"{found.year}年{found.month}月{found.day}日"


def moment(value: Any) -> str:
    """Return a moment as papers write it: 2026年11月25日9时30分, in the court's time."""
    raw = raw_of(value)
    try:
        found = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        return str(raw)
    if not isinstance(found, datetime):
        return day(found)
    local = found.astimezone(SHANGHAI)
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


@lru_cache(maxsize=16)
def signed_on(value: date) -> str:
    """Return a date as it stands below a paper: 二〇二六年十一月二十五日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{value.year:04d}")
    return f"{year}年{_small(value.month)}月{_small(value.day)}日"


def yuan(value: Any) -> str:
    """Return an amount: 128456.78元."""
    raw = raw_of(value)
    if raw in (None, ""):
        return ""
    try:
        amount = Decimal(str(raw))
    except InvalidOperation:
        return str(raw)
    return f"{amount:.2f}元" if abs(amount.adjusted()) < _LONGEST_AMOUNT else str(raw)


def blank(length: Any = 10) -> str:
    """Return a line to be filled in by hand."""
    return "_" * max(1, min(_LONGEST_BLANK, int(raw_of(length))))


def _date(value: Any) -> date | None:
    raw = raw_of(value)
    if isinstance(raw, str):
        try:
            raw = datetime.fromisoformat(raw) if "T" in raw else date.fromisoformat(raw)
        except ValueError:
            return None
    if isinstance(raw, datetime):
        return raw.astimezone(SHANGHAI).date()
    return raw if isinstance(raw, date) else None


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
