"""What stands against a step: a figure above the law's, a day too early or too late, security ordered and never given."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from core import Application, Context, Label, Problem

from . import rules
from .fields import base


def _is_property(application: Application) -> bool:
    return bool(application.fields.preservation_kind == rules.PROPERTY)


def _first(problems: Iterator[Problem]) -> Problem | None:
    return next(problems, None)


def _within_the_law(measures: Any, start: date) -> Iterator[Problem]:
    """PR-7: no measure for longer than its kind of property admits (民诉法解释第485条)."""
    for place, one in enumerate(measures):
        if one.property_kind is None or one.expires_on is None:
            continue
        longest = rules.longest_until(one.property_kind, start)
        if one.expires_on > longest:
            years = rules.YEARS[one.property_kind]
            yield Problem(f"measures[{place}].expires_on", "too_long", Label(
                f"自{start}起最长{years}年，届满日不得晚于{longest}（民诉法解释第485条）。",
                f"From {start} at most {years} year(s), until {longest} (Interpretation, art. 485).",
            ))  # fmt: skip
        if one.expires_on <= start:
            yield Problem(f"measures[{place}].expires_on", "too_early", Label("届满日应晚于起始日。", "It must end after it begins."))  # fmt: skip


def _ruling(application: Application, values: Any, context: Context) -> Iterator[Problem]:
    if "security_amount" in context.data and "provided_amount" not in context.data:
        yield Problem("ruling_number", "no_security", Label("申请人未按要求提供担保，应当裁定驳回（民事诉讼法第103、104条）。", "The security ordered was not provided: the request is to be refused (Civil Procedure Law, arts. 103, 104)."))  # fmt: skip
    if _is_property(application):
        if values.granted_amount is None:
            yield Problem(
                "granted_amount", "missing", Label("请填写裁定保全数额。", "Give the amount granted.")
            )
        elif values.granted_amount > application.fields.amount:
            yield Problem("granted_amount", "too_high", Label(f"保全限于请求的范围，不得超过请求保全数额{application.fields.amount}元（民事诉讼法第105条）。", f"Preservation keeps within what was asked for, {application.fields.amount} yuan (Civil Procedure Law, art. 105)."))  # fmt: skip
        if not values.measures:
            yield Problem("measures", "too_few", Label("请填写保全措施。", "Give the measures."))
    yield from _within_the_law(values.measures, values.ruled_on)


def against_part(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against a ruling that grants in part."""
    return _first(_ruling(application, values, context))


def against_grant(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against a ruling that grants all."""
    found = against_part(application, values, context)
    if found is None and _is_property(application) and values.granted_amount != application.fields.amount:
        return Problem("granted_amount", "only_part", Label("数额少于请求的，请选择“部分准许”。", "Less than was asked for: choose “grant in part”."))  # fmt: skip
    return found


def against_order(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against ordering this security (PR-4)."""
    if not values.security_amount:
        return Problem("security_amount", "too_low", Label("应提供的担保数额应大于零；不需担保的，请直接裁定。", "Give an amount above zero; where no security is needed, rule at once."))  # fmt: skip
    whole = base(application.fields)
    found = rules.security(application.fields.stage, whole, values.security_amount) if whole else None
    if found is None or found.finding == "fits":
        return None
    if found.finding == "too_low" and values.special_reason:
        return None
    if found.finding == "too_low":
        return Problem("special_reason", "missing", Label(found.message.zh + "请填写酌情处理的理由。", found.message.en + " Give the reason."))  # fmt: skip
    return Problem("security_amount", found.finding, found.message)


def against_provided(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against this security: it is less than was ordered."""
    ordered = Decimal(context.data["security_amount"])
    if values.provided_amount < ordered:
        return Problem("provided_amount", "too_low", Label(f"应提供担保{ordered}元，现为{values.provided_amount}元。", f"{ordered} yuan were ordered; this is {values.provided_amount}."))  # fmt: skip
    return None


def against_carried_out(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against what was registered: a day before the ruling, too long a time."""

    def problems() -> Iterator[Problem]:
        if values.carried_out_on < date.fromisoformat(context.data["ruled_on"]):
            yield Problem("carried_out_on", "before_ruling", Label("实施日期不能早于裁定日期。", "It cannot be carried out before the ruling."))  # fmt: skip
        yield from _within_the_law(values.measures, values.carried_out_on)

    return _first(problems())


def against_renewal(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against a renewal: too late, or for too long (民诉法解释第485条第2款)."""

    def problems() -> Iterator[Problem]:
        expiry = context.data.get("last_expiry")
        if expiry and values.renewed_from > date.fromisoformat(expiry):
            yield Problem("renewed_from", "too_late", Label(f"保全已于{expiry}届满，续行应在届满前办理（民诉法解释第485条）。", f"It expires on {expiry}; it is renewed before (Interpretation, art. 485)."))  # fmt: skip
        yield from _within_the_law(values.measures, values.renewed_from)

    return _first(problems())


def against_lifting(application: Application, values: Any, context: Context) -> Problem | None:
    """Return what stands against lifting: a day before there was anything to lift."""
    begun = context.data.get("carried_out_on")
    if begun and values.lifted_on < date.fromisoformat(begun):
        return Problem("lifted_on", "too_early", Label(f"解除日期不得早于实施日期{begun}。", f"It was carried out on {begun}; it cannot be lifted before."))  # fmt: skip
    return None


def against_reconsideration(application: Application, values: Any, context: Context) -> Problem | None:
    """PR-6: within five days of receiving the ruling (财产保全规定第25条; 民事诉讼法第111条)."""
    if values.asked_on < values.served_on:
        return Problem("asked_on", "too_early", Label("申请复议日期不得早于收到裁定书日期。", "It is asked for after the ruling was received."))  # fmt: skip
    last = context.deadline(values.served_on, 5, "days").end
    if values.asked_on > last:
        return Problem("asked_on", "too_late", Label(f"应自收到裁定书之日起五日内申请复议，期限至{last}（财产保全规定第25条）。", f"To be asked for within five days of the ruling, by {last} (Property Preservation Provisions, art. 25)."))  # fmt: skip
    return None
