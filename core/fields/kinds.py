"""The kinds of fields: how each one is read, checked, described, stored and shown."""

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import frozen

from core.fields.kind import Kind, Unfit, read_text
from core.fields.law_kinds import CauseOfAction, Checked, ChosenCause, ChosenPerson, Colleague, telephone
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec
from core.law import case_number, identity
from core.law.dates import SHANGHAI

__all__ = ["KINDS", "ChosenCause", "ChosenPerson", "Kind", "Unfit", "read_text"]


class LongText(Kind):
    name = "long_text"
    input = "long_text"


class OneChoice(Kind):
    name = "choice"
    input = "choice"
    tokens = "exact"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if any(raw == choice.value for choice in spec.choices):
            return raw
        offered = "、".join(choice.value for choice in spec.choices)
        raise Unfit("not_a_choice", f"只能取下列值之一：{offered}。", f"It must be one of: {offered}.")

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return spec.choice_label(value).in_(language)

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "enum": [choice.value for choice in spec.choices]}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return spec.choices[0].value


class ManyChoices(OneChoice):
    name = "choices"
    storage = "list"
    input = "choices"
    tokens = "exact"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if not isinstance(raw, list | tuple):
            raise Unfit("not_a_list", "应为列表。", "A list is expected here.")
        chosen = tuple(super(ManyChoices, self).read(one, spec, lookups) for one in raw)
        if len(set(chosen)) != len(chosen):
            raise Unfit("repeated", "有重复的选项。", "An option is given twice.")
        if not chosen:
            raise Unfit("empty", "请至少选择一项。", "Choose at least one.")
        return chosen

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        return [value for value in values if value] or None

    def to_json(self, value: Any) -> Any:
        return list(value)

    def to_store(self, value: Any) -> Any:
        return list(value)

    def from_store(self, stored: Any) -> Any:
        return tuple(stored)

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        glue = ", " if language == "en" else "、"
        return glue.join(spec.choice_label(one).in_(language) for one in value)

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "array", "items": super().schema(spec), "uniqueItems": True, "minItems": 1}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return [spec.choices[0].value]


class YesNo(Kind):
    name = "yes_no"
    storage = "flag"
    input = "yes_no"
    tokens = "exact"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if isinstance(raw, bool):
            return raw
        raise Unfit("not_yes_no", "应为“是”(true)或“否”(false)。", "It must be true or false.")

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        return {"true": True, "false": False}.get(values[-1] if values else "")

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return {"zh": ("否", "是"), "en": ("No", "Yes")}["en" if language == "en" else "zh"][bool(value)]

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "boolean"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return False


class Whole(Kind):
    name = "whole"
    storage = "whole"
    input = "whole"
    tokens = "exact"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        # JSON Schema counts 3.0 as an integer, so we do.
        number = isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)
        if not number or raw != int(raw):
            raise Unfit("not_whole", "应为整数。", "A whole number is expected here.")
        _within(int(raw), spec)
        return int(raw)

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        text = super().from_form(values, spec)
        return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,18}", text) else text

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        bounds = {"minimum": spec.minimum, "maximum": spec.maximum}
        return {"type": "integer"} | {name: bound for name, bound in bounds.items() if bound is not None}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return spec.minimum if spec.minimum is not None else 1


class Money(Kind):
    """Yuan with two decimals; JSON holds it as a string, since a float would lose fen."""

    name = "money"
    storage = "money"
    input = "money"
    tokens = ""
    pattern = re.compile(r"(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?")

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if not isinstance(raw, str) or not self.pattern.fullmatch(raw):
            raise Unfit(
                "not_money",
                '金额应写成文字形式的元，最多两位小数，例如 "128456.78"。',
                'Write yuan as a string with at most two decimals, such as "128456.78".',
            )
        try:
            amount = Decimal(raw).quantize(Decimal("0.01"))
        except InvalidOperation as error:  # pragma: no cover - the pattern admits none
            raise Unfit("not_money", "金额无法识别。", "The amount cannot be read.") from error
        _within(amount, spec)
        return amount

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        text = super().from_form(values, spec)
        return text.replace(",", "").replace("，", "") if text else None

    def to_json(self, value: Any) -> Any:
        return str(value)

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return f"{value:,.2f}"

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return "50000.00"


class Day(Kind):
    name = "day"
    storage = "day"
    input = "day"
    tokens = "days"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
                raise ValueError
            value = date.fromisoformat(raw)
        except (TypeError, ValueError):
            raise Unfit(
                "not_a_date", "日期应写成 2026-03-05 的形式。", "Write the date as 2026-03-05."
            ) from None
        _within(value, spec)
        if spec.past and value > lookups.today:
            raise Unfit("in_future", "不能晚于今天。", "It cannot lie after today.")
        return value

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return str(value.isoformat())

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return lookups.today.isoformat()


class Moment(Kind):
    name = "moment"
    storage = "moment"
    input = "moment"
    tokens = "days"
    pattern = re.compile(r"[0-9-]{10}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        try:
            if not self.pattern.fullmatch(raw):
                raise ValueError
            value = datetime.fromisoformat(raw)
        except (TypeError, ValueError):
            raise Unfit(
                "not_a_moment",
                "时间应带时区，写成 2026-03-05T09:30:00+08:00 的形式。",
                "Write the time with its zone, as 2026-03-05T09:30:00+08:00.",
            ) from None
        if (
            not 1 < value.year < 9999
        ):  # zones, and whatever is reckoned from it, need room at the ends of time
            raise Unfit("out_of_range", "没有这样的年份，请核对。", "There is no such year; please check.")
        return value

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        text = super().from_form(values, spec)
        # The browser's input has no zone: what a person types in a court is Shanghai time.
        return f"{text}:00+08:00" if text and re.fullmatch(r"[0-9-]{10}T[0-9:]{5}", text) else text

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return str(value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return datetime.combine(lookups.today, datetime.min.time(), SHANGHAI).isoformat()


class GroupOf(Kind):
    """Items of another declaration, repeated: parties, claims, assets."""

    name = "group"
    storage = "group"
    input = "group"
    tokens = ""


def _within(value: Any, spec: FieldSpec) -> None:
    if spec.minimum is not None and value < spec.minimum:
        raise Unfit("too_small", f"不能小于{spec.minimum}。", f"It cannot be less than {spec.minimum}.")
    if spec.maximum is not None and value > spec.maximum:
        raise Unfit("too_large", f"不能大于{spec.maximum}。", f"It cannot be more than {spec.maximum}.")


@frozen
class _Kinds:
    """One instance of each kind."""

    text: Kind = Kind()
    long_text: Kind = LongText()
    choice: Kind = OneChoice()
    choices: Kind = ManyChoices()
    yes_no: Kind = YesNo()
    whole: Kind = Whole()
    money: Kind = Money()
    day: Kind = Day()
    moment: Kind = Moment()
    cause: Kind = CauseOfAction()
    colleague: Kind = Colleague()
    group: Kind = GroupOf()
    case_number: Kind = Checked(
        "case_number", lambda text, today: str(case_number.parse(text)), "（2026）粤0199民初1号"
    )
    resident_id: Kind = Checked(
        "resident_id",
        lambda text, today: identity.check_resident_id(text, today=today).value,
        "440100190001010014",
    )
    credit_code: Kind = Checked(
        "credit_code", lambda text, today: identity.check_unified_code(text).value, "91440199TEXT000173"
    )
    licence: Kind = Checked(
        "licence", lambda text, today: identity.check_lawyer_licence(text).value, "14499201011000001"
    )
    mobile: Kind = Checked("mobile", lambda text, today: identity.check_mobile(text).value, "19900000000")
    telephone: Kind = Checked("telephone", lambda text, today: telephone(text), "19900000000")
    postcode: Kind = Checked("postcode", lambda text, today: identity.check_postcode(text).value, "510000")


KINDS = _Kinds()
