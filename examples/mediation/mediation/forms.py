"""What is filled in for the steps of the court."""

from datetime import date

from core import choice, day, field, request_fields, text, yes_no

BOTH, COURT = "both", "court"
CHOSEN_BY = {BOTH: ("双方共同选定", "Chosen by both sides"), COURT: ("人民法院指定", "Named by the court")}
PAPERS_MISSING = "papers_missing"
RETURN_GROUNDS = {
    "no_consent": ("对方当事人不同意调解", "The other side does not agree"),
    "unfit": ("依法不适宜调解", "Not fit for mediation"),
    "not_ours": ("不属于本院管辖", "Not this court's"),
    PAPERS_MISSING: ("材料不全", "Papers missing"),
}
END_GROUNDS = {
    "unwilling": ("一方当事人不愿继续调解", "A side is unwilling"),
    "too_far_apart": ("双方分歧较大", "Too far apart"),
    "unreachable": ("无法与当事人取得联系", "A side cannot be reached"),
    "sham": ("可能存在虚假调解", "Sham suspected"),
    "other": ("其他", "Other"),
}
FORMS = {"written": ("书面协议", "Written"), "oral": ("口头协议", "Oral")}


@request_fields
class Assignment:
    """Who is to mediate (特邀调解规定第12条)."""

    mediator: str = text("特邀调解员", "Mediator", max_length=100)
    chosen_by: str = choice("产生方式", "How chosen", CHOSEN_BY)
    both_agree: bool = yes_no("双方当事人均同意调解", "Both sides agree to mediation")


@request_fields
class Return:
    """Why it is not mediated, and what is missing."""

    return_ground: str = choice("退回原因", "Ground", RETURN_GROUNDS)
    missing: str | None = text(
        "缺少的材料",
        "What is missing",
        max_length=500,
        required_when=field("return_ground") == PAPERS_MISSING,
    )


@request_fields
class Signature:
    """When the mediator received it: the 30 days count from here (特邀调解规定第27条)."""

    received_on: date = day("签收日期", "Received on", past=True)


@request_fields
class Extension:
    """Both sides want to go on (特邀调解规定第27条第一款但书)."""

    extended_until: date = day("延长至", "Extended until")
    both_extend: bool = yes_no("双方当事人均同意延长", "Both sides agree to the extension")


@request_fields
class Agreement:
    """What was agreed (特邀调解规定第19条)."""

    agreed_on: date = day("达成协议日期", "Agreed on", past=True)
    agreement_form: str = choice("协议形式", "Form", FORMS)
    terms: str = text("协议主要内容", "Terms", max_length=2000)


@request_fields
class Failure:
    """Why there is no agreement (特邀调解规定第26条)."""

    end_ground: str = choice("终止原因", "Ground", END_GROUNDS)
