"""A declaration with every kind of field, for the tests of this folder."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import core
from core import ChosenCause, field, request_fields

COLOURS = {"red": ("红", "Red"), "green": ("绿", "Green"), "blue": ("蓝", "Blue")}
TODAY = date(2026, 3, 5)


class Lookups:
    """A court with one cause of action."""

    today = TODAY

    def cause_name(self, code: str) -> str | None:
        return "买卖合同纠纷" if code == "04.10.095" else None

    def sample_cause(self) -> str:
        return "04.10.095"


@request_fields
class Line:
    what: str = core.text("事项", "What", max_length=20)
    kind: str | None = core.choice("类型", "Kind", COLOURS)
    amount: Decimal | None = core.money("金额", "Amount", required_when=field("kind") == "red")


@request_fields
class Everything:
    """Each kind under its own name."""

    text: str = core.text("文字", "Text", max_length=30)
    long_text: str | None = core.text("长文", "Long text", max_length=3000)
    choice: str = core.choice("选一", "One", COLOURS)
    choices: tuple[str, ...] | None = core.choices("多选", "Some", COLOURS)
    yes_no: bool = core.yes_no("是否", "Yes or no")
    whole: int = core.whole("整数", "Whole", minimum=1, maximum=9)
    money: Decimal | None = core.money("金额", "Money")
    day: date | None = core.day("日期", "Day")
    moment: datetime | None = core.moment("时间", "Moment")
    cause: ChosenCause | None = core.cause()
    case_number: str | None = core.case_number()
    resident_id: str | None = core.resident_id()
    credit_code: str | None = core.credit_code()
    licence: str | None = core.licence()
    mobile: str | None = core.mobile()
    telephone: str | None = core.telephone()
    postcode: str | None = core.postcode()
    lines: tuple[Line, ...] = core.group(Line, "条目", "Lines", maximum=3)
    why: str | None = core.text("理由", "Why", required_when=field("yes_no") == True)  # noqa: E712 - a condition
    extra: str | None = core.text("补充", "Extra", required_when=field("lines").some(field("kind") == "blue"))
    note: str | None = core.text(
        "备注", "Note", required_when=field("money").filled() & (field("choice") == "green")
    )
    proofs: tuple[Line, ...] | None = core.group(
        Line, "凭证", "Proofs", required_when=field("choice").is_in("blue")
    )
    colour: str = core.choice("默认", "Default", COLOURS, default="green")
    summary: str = core.derived(lambda one: f"{one.text}/{len(one.lines)}", "摘要", "Summary", max_length=12)


MINIMUM: dict[str, Any] = {"text": "甲", "choice": "red", "yes_no": False, "whole": 3}
