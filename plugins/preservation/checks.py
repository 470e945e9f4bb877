"""What must hold between the fields of a request for preservation."""

from collections.abc import Iterator
from typing import Any

from core import Context, Label, Problem

from . import rules
from .fields import WAIVED


def case_fits(filed: Any, context: Context) -> Iterator[Problem]:
    """In an action there is a case; before one there is none (民事诉讼法第103、104条)."""
    if filed.stage == rules.IN_ACTION and context.case is None:
        yield Problem("case_number", "missing", Label("诉讼中保全请填写本院案件的案号；尚未起诉的，保全阶段请选择“诉前”。", "In an action give the case number; where no action was brought choose “before action”."))  # fmt: skip
    if filed.stage == rules.PRE_ACTION and context.case is not None:
        yield Problem("case_number", "not_expected", Label("诉前保全尚无案件，不填案号；案件已受理的，保全阶段请选择“诉讼中”。", "Before an action there is no case number; where there is a case choose “in action”."))  # fmt: skip


def both_sides(filed: Any, context: Context) -> Iterator[Problem]:
    """Somebody asks, somebody is asked of, and each applicant can be told apart (财产保全规定第1条(一))."""
    for role, zh, en in (("applicant", "申请人", "applicant"), ("respondent", "被申请人", "respondent")):
        if all(one.role != role for one in filed.parties):
            yield Problem(
                "parties", f"no_{role}", Label(f"至少应有一名{zh}。", f"At least one {en} is needed.")
            )
    for place, one in enumerate(filed.parties):
        if one.role == "applicant" and one.kind == "natural" and not (one.resident_id or one.other_id_no):
            yield Problem(f"parties[{place}].resident_id", "missing", Label("请填写申请人的公民身份号码或其他证件号码。", "Give the applicant's identity number or that of another document."))  # fmt: skip
    applicants = {one.name for one in filed.parties if one.role == "applicant"}
    for place, agent in enumerate(filed.agents):
        if agent.party_name not in applicants:
            yield Problem(f"agents[{place}].party_name", "unknown_party", Label("申请人中没有此人，请与申请人姓名或名称填写一致。", "No applicant has this name; write it as among the parties."))  # fmt: skip


def assets_told(filed: Any, context: Context) -> Iterator[Problem]:
    """Each asset is told definitely or by a clue (财产保全规定第1条(四)、第10条)."""
    for place, one in enumerate(filed.assets):
        if not (one.location or one.cert_no or one.account or one.clue):
            yield Problem(f"assets[{place}].clue", "no_clue", Label("请填写位置、权属证号、账号之一，确有困难的写明具体线索（财产保全规定第1、10条）。", "Give the location, the certificate or the account, or else a clue to follow (Property Preservation Provisions, arts. 1, 10)."))  # fmt: skip


def may_go_without(filed: Any, context: Context) -> Iterator[Problem]:
    """Going without security needs a ground that fits (财产保全规定第9条; 民事诉讼法第104条)."""
    if filed.guarantee_type == WAIVED:
        against = rules.against_waiver(filed.stage, filed.preservation_kind, filed.waiver_ground)
        if against is not None:
            yield Problem("waiver_ground", "not_exempt", against)


CHECKS = (case_fits, both_sides, assets_told, may_go_without)
