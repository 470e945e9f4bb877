"""The kinds of fields: how each one is read, checked, described, stored and shown."""

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import frozen

from core.fields.kind import Kind, Unfit, read_text, within
from core.fields.law_kinds import CauseOfAction, Checked, ChosenCause, ChosenPerson, Colleague, telephone
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec
from core.fields.time_kinds import Day, Moment
from core.law import case_number, identity

__all__ = ["KINDS", "ChosenCause", "ChosenPerson", "Kind", "Unfit", "read_text"]


class LongText(Kind):
    name = "long_text"
    input = "long_text"


class OneChoice(Kind):
    name = "choice"
    input = "choice"
    tokens = "exact"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        if isinstance(raw, str) and raw in spec.values:
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
        number = isinstance(raw, int) or (isinstance(raw, float) and math.isfinite(raw))
        if isinstance(raw, bool) or not number or raw != int(raw):
            raise Unfit("not_whole", "应为整数。", "A whole number is expected here.")
        within(int(raw), spec)
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
        within(amount, spec)
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


class GroupOf(Kind):
    """Items of another declaration, repeated: parties, claims, assets."""

    name = "group"
    storage = "group"
    input = "group"
    tokens = ""


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
        identifies=True,
    )
    credit_code: Kind = Checked(
        "credit_code", lambda text, today: identity.check_unified_code(text).value, "91440199TEXT000173"
    )
    licence: Kind = Checked(
        "licence", lambda text, today: identity.check_lawyer_licence(text).value, "14499201011000001"
    )
    mobile: Kind = Checked(
        "mobile", lambda text, today: identity.check_mobile(text).value, "19900000000", identifies=True
    )
    telephone: Kind = Checked(
        "telephone", lambda text, today: telephone(text), "19900000000", identifies=True
    )
    postcode: Kind = Checked("postcode", lambda text, today: identity.check_postcode(text).value, "510000")


KINDS = _Kinds()
