"""What must hold for an application, and what the judge should know before deciding it."""

from collections.abc import Iterator
from typing import Any

from core import Application, Context, Label, Problem

from . import rules

LAWYERS = ("lawyer", "legal_aid")


def by_lawyers(asked: Any, context: Context) -> Iterator[Problem]:
    """Only agents who are lawyers apply, as many as the court wants, each named once."""
    if context.submitter.role not in LAWYERS:
        yield Problem("submitter.role", "lawyers_only", Label(
            "调查令只能由本案的代理律师（含法律援助律师）申请，请委托律师提交，或者依法申请法院调查收集证据（民诉法解释第94条）。",
            "Only a lawyer who acts in the case (legal aid lawyers too) may apply for an investigation order; have a lawyer file it, or apply for the court to collect the evidence (Interpretation, art. 94).",
        ))  # fmt: skip
    needed = context.settings.lawyers_needed
    if len(asked.lawyers) < needed:
        yield Problem("lawyers", "too_few_lawyers", Label(f"本院要求由{needed}名律师共同申请并持令调查，请补充另一名律师。", f"This court asks for {needed} lawyers, who carry out the investigation together; add the other."))  # fmt: skip
    first: dict[str, int] = {}
    for place, one in enumerate(asked.lawyers):
        if one.licence_no in first:
            yield Problem(f"lawyers[{place}].licence_no", "repeated", Label(f"与第{first[one.licence_no] + 1}名律师的执业证号相同，请核对。", f"The same licence number as lawyer {first[one.licence_no] + 1}; please check."))  # fmt: skip
        first.setdefault(one.licence_no, place)


def evidence_fits(asked: Any, context: Context) -> Iterator[Problem]:
    """An order fetches things and data, not testimony; a span of time has its beginning before its end."""
    for place, item in enumerate(asked.evidence_items):
        if item.kind == rules.TESTIMONY:
            yield Problem(f"evidence_items[{place}].kind", "witness_testimony", Label(
                "调查令不适用于证人证言，请删除此项，并依法申请证人出庭作证（民事诉讼法第75、76条；民诉法解释第117条）。",
                "An investigation order is not for witness testimony; remove this item and apply for the witness to appear in court (Civil Procedure Law, arts. 75 and 76).",
            ))  # fmt: skip
        if item.from_on and item.to_on and item.to_on < item.from_on:
            yield Problem(f"evidence_items[{place}].to_on", "ends_before_it_begins", Label("截止日期早于起始日期，请更正。", "The end lies before the beginning; please correct."))  # fmt: skip


def not_too_long(asked: Any, context: Context) -> Iterator[Problem]:
    """Nobody asks for more days than the court gives."""
    if asked.validity_days is not None and asked.validity_days > context.settings.longest_days:
        yield too_long(context)


def too_long(context: Context) -> Problem:
    """Return what is said of a validity above the court's longest."""
    most = context.settings.longest_days
    return Problem("validity_days", "too_long", Label(f"本院调查令的有效期最长{most}日，请改短。", f"In this court an investigation order holds for at most {most} days; make it shorter."))  # fmt: skip


CHECKS = (by_lawyers, evidence_fits, not_too_long)


def hints(application: Application, context: Context) -> Iterator[Label]:
    """Yield the lines, most telling first."""
    asked = application.fields
    yield from bound_agents(application, context)
    if asked.timing == "late":
        yield Label("申请时举证期限已经届满，请审查是否仍予接收。", "The adduction period was over when it was applied for; consider whether it is still to be taken.")  # fmt: skip
    for item in asked.evidence_items:
        if "证言" in item.name:
            yield Label(f"“{item.name}”可能属于证人证言，调查令不适用，请核对。", f"“{item.name}” may be witness testimony, for which there is no order; please check.")  # fmt: skip
    before = [one for one in context.earlier("investigation") if one.fields.respondent == asked.respondent]
    if before:
        serials = "、".join(one.serial_no for one in before)
        yield Label(f"本案此前已向同一被调查人申请过调查令：{serials}。", f"Orders to the same respondent were applied for before in this case: {serials}.")  # fmt: skip


def bound_agents(application: Application, context: Context) -> Iterator[Label]:
    """Compare who applies with the agents the case has, and with who filed it."""
    asked, agents = application.fields, context.case.agents if context.case else ()
    if application.submitter.name not in {one.name for one in asked.lawyers}:
        yield Label(f"提交人{application.submitter.name}不在申请律师之列，请核对。", f"{application.submitter.name}, who filed it, is not among the applying lawyers; please check.")  # fmt: skip
    for one in asked.lawyers:
        acting = [agent for agent in agents if one.licence_no == agent.licence_no or (one.name == agent.name and not agent.licence_no)]  # fmt: skip
        if not acting:
            yield Label(f"{one.name}不在本案已绑定的代理人中，请核对授权委托书和所函。", f"{one.name} is not among the agents bound to the case; check the power of attorney and the firm's letter.")  # fmt: skip
        elif asked.party not in {agent.party for agent in acting}:
            whose = "、".join(agent.party for agent in acting)
            yield Label(f"{one.name}在本案代理{whose}，与申请所写的{asked.party}不一致。", f"{one.name} acts for {whose} in the case, not for {asked.party} as applied.")  # fmt: skip
