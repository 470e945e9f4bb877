"""What a reviewer should know before deciding, most urgent first."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from core import Application, Context, Label, law

from . import rules
from .fields import WAIVED, base, fee_of, security_of
from .states import IN_FORCE, RULED, TO_RULE


def hints(application: Application, context: Context) -> Iterator[Label]:
    """Yield the lines."""
    state, fields = application.state, application.fields
    if state in (*TO_RULE, *RULED):
        yield from hurry(application, context)
    if state in TO_RULE:
        yield from security_missed(context)
        yield from security_offered(fields)
        yield from assets(fields)
        yield from beside(application, context)
        found = fee_of(fields)
        yield Label(
            f"保全申请费{found.fee}元。{law.fees.explain(found)}（{found.article}）",
            f"Fee for preservation: {found.fee} yuan. {law.fees.explain(found, 'en')} ({found.article})",
        )
    yield from afterwards(application, context)


def hurry(application: Application, context: Context) -> Iterator[Label]:
    """PR-2, PR-3: 48 hours, which no holiday moves (民事诉讼法第103、104条)."""
    fields, due = application.fields, application.due_at
    if due is None or not rules.in_hours(fields.stage, fields.urgent):
        return
    ends = law.dates.in_court_time(due)
    zh, en = ("情况紧急", "Urgent") if fields.urgent else ("诉前保全", "Before action")
    if due <= context.now:
        yield Label(f"【{zh}】48小时已于{ends:%m月%d日%H:%M}届满，请立即裁定、执行。", f"[{en}] The 48 hours ended on {ends:%d %b, %H:%M}: rule and carry out now.")  # fmt: skip
        return
    yield Label(
        f"【{zh}】须在{ends:%m月%d日%H:%M}前裁定并立即执行（48小时，休假日不顺延）。",
        f"[{en}] Rule by {ends:%d %b, %H:%M} and carry out at once (48 hours, no holiday moves them).",
    )
    try:
        resting = context.calendar.is_rest(ends.date())
    except law.errors.LawError:
        resting = False
    if resting:
        yield Label(f"届满时为休假日（{context.calendar.name(ends.date())}），请告知值班人员。", "It ends on a day of rest: tell whoever is on duty.")  # fmt: skip


def security_missed(context: Context) -> Iterator[Label]:
    """Security ordered and never provided: the request is refused (民事诉讼法第103、104条)."""
    if "security_amount" in context.data and "provided_amount" not in context.data:
        yield Label(
            f"申请人未在期限内提供担保{context.data['security_amount']}元，应当裁定驳回（民事诉讼法第103、104条）。",
            f"The security of {context.data['security_amount']} yuan was not provided in time: refuse it (Civil Procedure Law, arts. 103, 104).",
        )


def security_offered(fields: Any) -> Iterator[Label]:
    """PR-4, PR-5: the security offered against the law, or why there is none."""
    found = security_of(fields)
    if found is not None:
        yield found.message
    if fields.guarantee_type == WAIVED:
        ground = Label(*rules.GROUNDS[fields.waiver_ground])
        yield Label(f"申请免担保：{ground.zh}。请核实（财产保全规定第9条）。", f"No security, on this ground: {ground.en}. Please verify (Property Preservation Provisions, art. 9).")  # fmt: skip


def assets(fields: Any) -> Iterator[Label]:
    """Assets told by a clue alone; what they are worth against what is asked for; evidence in time (PR-11)."""
    vague = [one.owner for one in fields.assets if not (one.location or one.cert_no or one.account)]
    if vague and fields.stage != rules.IN_ACTION:
        yield Label(f"{len(vague)}项财产仅有线索；诉讼中确有困难的才可只提供线索（财产保全规定第10条），请审查。", f"{len(vague)} asset(s) are told by a clue alone, which is for an action (Property Preservation Provisions, art. 10).")  # fmt: skip
    worth = sum((one.est_value or Decimal(0) for one in fields.assets), Decimal(0))
    whole = base(fields)
    if whole is not None and worth > whole:
        yield Label(f"所列财产估值合计{worth}元，高于请求保全数额{whole}元；保全限于请求的范围（民事诉讼法第105条）。", f"The assets are worth {worth} yuan together, above the {whole} asked for; preservation keeps within the request (Civil Procedure Law, art. 105).")  # fmt: skip
    if fields.preservation_kind == rules.EVIDENCE:
        yield Label("证据保全应在举证期限届满前书面提出（民诉法解释第98条），请核对。", "Evidence is to be preserved before the time for adducing it ends (Interpretation, art. 98).")  # fmt: skip


def beside(application: Application, context: Context) -> Iterator[Label]:
    """Whether the parties are those of the case, and what else was asked for in it."""
    if context.case is not None and context.case.parties:
        known = {one.name for one in context.case.parties}
        for one in application.fields.parties:
            if one.name not in known:
                yield Label(f"{one.name}不是本案当事人，请核对是否属于本案。", f"{one.name} is no party to this case.")  # fmt: skip
    others = context.earlier("preservation")
    if others:
        numbers = "、".join(one.serial_no for one in others)
        yield Label(f"本案另有保全申请：{numbers}，注意不得重复保全。", f"Other requests in this case: {numbers}; nothing is preserved twice.")  # fmt: skip


def afterwards(application: Application, context: Context) -> Iterator[Label]:
    """What the ruling leads to: nobody else knows yet; too much preserved; renewal asked for late; lifting due."""
    state, data = application.state, context.data
    if state in RULED:
        yield Label("实施登记前，对方当事人的平台查不到此项保全；请在裁定后立即或5日内开始执行（财产保全规定第4条）。", "Until it is registered as carried out the other side's platform shows nothing; begin at once, or within 5 days (Property Preservation Provisions, art. 4).")  # fmt: skip
    if state in IN_FORCE:
        yield from in_force(data)
    kept = sum((Decimal(one.get("amount", "0")) for one in data.get("measures", ())), Decimal(0))
    granted = data.get("granted_amount")
    if state in IN_FORCE and granted is not None and kept > Decimal(granted):
        yield Label(f"已保全金额合计{kept}元，高于裁定数额{granted}元，请核对是否超标的。", f"{kept} yuan are preserved, above the {granted} granted.")  # fmt: skip
    expiry = application.fields.expires_on
    if state == "RENEWAL_ASKED" and expiry is not None and context.today > rules.renew_by(expiry):
        yield Label("距最早一项保全届满不足7日（财产保全规定第18条），请尽快办理。", "The first measure expires within 7 days (Property Preservation Provisions, art. 18): act soon.")  # fmt: skip
    if state == "LIFTING_DUE":
        yield Label("申请人未在法定期限内起诉、申请仲裁或申请执行，应当解除保全（民事诉讼法第104条、民诉法解释第163条）。", "It was not pursued in time and is to be lifted (Civil Procedure Law, art. 104; Interpretation, art. 163).")  # fmt: skip


def in_force(data: Mapping[str, Any]) -> Iterator[Label]:
    """What is preserved now, each with its amount and its last day."""
    for one in data.get("measures", ()):
        amount, until = one.get("amount"), one.get("expires_on")
        zh = [one["asset"], f"{amount}元" if amount else "", f"至{until}" if until else ""]
        en = [one["asset"], f"{amount} yuan" if amount else "", f"until {until}" if until else ""]
        yield Label(f"保全中：{'，'.join(filter(None, zh))}", f"In force: {', '.join(filter(None, en))}")
