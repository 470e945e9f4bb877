"""What must hold between the fields of an appeal, the case and whoever submits it."""

from collections.abc import Iterator
from typing import Any

from core import Label, Problem, law

from .limits import NOT_ACCEPTED


def both_sides(fields: Any, _context: Any) -> Iterator[Problem]:
    """Somebody appeals against somebody, each named once; a suit that was never accepted has no other side."""
    roles = [party.role for party in fields.parties]
    if "appellant" not in roles:
        yield Problem(
            "parties", "no_appellant", Label("至少应有一名上诉人。", "At least one appellant is needed.")
        )
    if "appellee" not in roles and fields.document != NOT_ACCEPTED:
        yield Problem(
            "parties", "no_appellee", Label("至少应有一名被上诉人。", "At least one appellee is needed.")
        )
    seen: set[str] = set()
    for place, party in enumerate(fields.parties):
        if party.name in seen:
            yield Problem(f"parties[{place}].name", "repeated", Label(
                "当事人重复；提起上诉的只列为上诉人（民诉法解释第315条）。",
                "The party is named twice; who appeals is listed as appellant only (Interpretation, art. 315).",
            ))  # fmt: skip
        seen.add(party.name)


def days_in_order(fields: Any, context: Any) -> Iterator[Problem]:
    """The decision was made, then served, then appealed; nothing happens tomorrow."""
    if fields.document_date > fields.served_on:
        yield Problem("served_on", "before_decision", Label("送达日期不能早于裁判日期。", "It cannot be served before the date of the decision."))  # fmt: skip
    for name in ("served_on", "posted_on", "handed_on"):
        given = getattr(fields, name)
        if given is not None and given > context.today:
            yield Problem(name, "in_future", Label("不能晚于今天。", "It cannot lie after today."))
        if name != "served_on" and given is not None and given < fields.document_date:
            yield Problem(name, "before_decision", Label("不能早于裁判日期。", "It cannot lie before the date of the decision."))  # fmt: skip


def own_decision(fields: Any, context: Any) -> Iterator[Problem]:
    """The decision bears the number of the case, perhaps with 之一, 之二."""
    number = law.case_number.parse(fields.document_no)
    plain = fields.document_no.removesuffix(number.suffix)
    if context.case is not None and plain != context.case.case_number:
        yield Problem("document_no", "other_case", Label(
            f"裁判文号与案号{context.case.case_number}不符，请核对。",
            f"It is not a decision in the case {context.case.case_number}; please check.",
        ))  # fmt: skip


def may_appeal(fields: Any, context: Any) -> Iterator[Problem]:
    """An agent needs special authorisation to appeal (民事诉讼法第62条); what the court has on record is looked at."""
    if context.submitter.role == "party":
        return
    if fields.has_appeal_power is None:
        yield Problem("has_appeal_power", "missing", Label(
            "由代理人提交的，请填明代理权限是否含“提起上诉”。", "An agent has to say whether authorised to appeal."
        ))  # fmt: skip
    elif not fields.has_appeal_power:
        yield Problem("has_appeal_power", "no_power", Label(
            "代理人没有“提起上诉”的特别授权，不能代为上诉（民事诉讼法第62条）；请由当事人本人提交，或取得授权后提交。",
            "Without special authorisation an agent cannot appeal (Civil Procedure Law, art. 62); the party may submit it, or authorise the agent first.",
        ))  # fmt: skip
    elif not fields.new_power and lacks_power(fields, context):
        yield Problem("has_appeal_power", "not_on_record", Label(
            "本院登记的代理权限不含“提起上诉”；已另行取得授权的，请在“为上诉另行取得授权”选“是”并提交授权委托书。",
            "The authority on record does not cover the appeal; if you were authorised anew, say so under “Authorised anew” and attach the power of attorney.",
        ))  # fmt: skip


def lacks_power(fields: Any, context: Any) -> bool:
    """Tell whether the court knows the submitter as an appellant's agent, with an authority that leaves appeals out."""
    if context.case is None:
        return False
    appellants = {party.name for party in fields.parties if party.role == "appellant"}
    who = context.submitter
    held = [
        agent
        for agent in context.case.agents
        if agent.party in appellants
        and (
            agent.licence_no == who.licence_no
            if agent.licence_no and who.licence_no
            else agent.name == who.name
        )
    ]
    known = [agent for agent in held if agent.authority or agent.special_powers]
    return bool(known) and not any("appeal" in agent.special_powers for agent in known)


CHECKS = (both_sides, days_in_order, own_decision, may_appeal)
