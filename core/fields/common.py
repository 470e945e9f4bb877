"""What several kinds of request ask in the same words: kinds of persons, standings, fees, relief, electronic service."""

from collections.abc import Mapping

from core.fields.condition import field
from core.fields.declare import choice, mobile, request_fields, text, yes_no
from core.fields.label import Label
from core.law.fee_kinds import KINDS

PERSONS = {
    "natural": ("自然人", "Natural person"),
    "legal": ("法人", "Legal person"),
    "organisation": ("非法人组织", "Unincorporated organisation"),
}
STANDINGS = {
    "plaintiff": ("原告", "Plaintiff"),
    "defendant": ("被告", "Defendant"),
    "third_party": ("第三人", "Third party"),
}
RELIEF = {"defer": ("缓交", "Deferral"), "reduce": ("减交", "Reduction"), "exempt": ("免交", "Exemption")}
"""诉讼费用交纳办法第44至49条."""
_CONSENTS = field("e_service_consent") == True  # noqa: E712 - == builds a condition


def fee_kinds(*names: str) -> Mapping[str, Label]:
    """Return kinds of fee (诉讼费用交纳办法第13、14条) with their words, for a choice."""
    return {name: Label(KINDS[name].zh, KINDS[name].en) for name in names}


def on_amount(*names: str) -> tuple[str, ...]:
    """Return those of the kinds of fee that cannot be reckoned without an amount."""
    return tuple(name for name in names if KINDS[name].amount == "required")


@request_fields
class ElectronicService:
    """Consent to electronic service, and where to (民诉法解释第136条). A declaration that extends it ends with its fields."""

    e_service_consent: bool = yes_no("是否同意电子送达", "Consents to electronic service")
    e_service_scope: str | None = choice("电子送达范围", "Scope of electronic service", {
        "all": ("全部诉讼文书", "All documents"), "except_judgments": ("判决书、裁定书、调解书以外的诉讼文书", "All but judgments, rulings and mediation statements"),
    }, required_when=_CONSENTS)  # fmt: skip
    e_service_phone: str | None = mobile("电子送达手机号", "Mobile phone for electronic service", required_when=_CONSENTS)  # fmt: skip
    e_service_email: str | None = text("电子送达邮箱", "E-mail for electronic service", max_length=120, personal=True)  # fmt: skip
    e_service_address: str | None = text("其他电子送达地址", "Other electronic address", max_length=120, personal=True)  # fmt: skip
