"""What may be filed for: each type with the case type its number gets and the rule that gives the court its time."""

from attrs import frozen

from core import Label


@frozen
class FilingType:
    """One thing to file for."""

    label: Label
    case_type: str
    """The characters in the case number (案号规定第7条)."""
    rule: str
    """The time limit for deciding; F-1 is the rule for all that have none of their own (登记立案规定第8条(一)、第18条)."""
    served: bool = False
    """A copy of the complaint goes to the defendant (民事诉讼法第128条, 行政诉讼法第67条)."""


FILING_TYPES = {
    "civil_first": FilingType(Label("民事一审", "Civil, first instance"), "民初", "F-1", served=True),
    "admin_first": FilingType(
        Label("行政一审", "Administrative, first instance"), "行初", "F-1", served=True
    ),
    "criminal_private": FilingType(Label("刑事自诉", "Private criminal prosecution"), "刑初", "F-2"),
    "enforcement_first": FilingType(Label("首次执行", "First enforcement"), "执", "F-1"),
    "enforcement_resumed": FilingType(Label("恢复执行", "Resumed enforcement"), "执恢", "F-1"),
    "pre_action_preservation": FilingType(Label("诉前保全", "Pre-action preservation"), "财保", "F-1"),
    "judicial_confirmation": FilingType(Label("司法确认", "Judicial confirmation"), "民特", "F-1"),
    "payment_order": FilingType(Label("支付令", "Payment order"), "民督", "F-1"),
    "third_party_revocation": FilingType(
        Label("第三人撤销之诉", "Third-party revocation"), "民撤", "F-3", served=True
    ),
    "enforcement_objection": FilingType(
        Label("执行异议之诉", "Action on objection to enforcement"), "民初", "F-4", served=True
    ),
}

JOINT = "judicial_confirmation"
"""Both sides apply together (民事诉讼法第205条), so there is no defendant."""


def types_under(rule: str) -> tuple[str, ...]:
    """Return the types whose time limit is ``rule``."""
    return tuple(code for code, kind in FILING_TYPES.items() if kind.rule == rule)


def types_served() -> tuple[str, ...]:
    """Return the types of which the defendant gets a copy."""
    return tuple(code for code, kind in FILING_TYPES.items() if kind.served)
