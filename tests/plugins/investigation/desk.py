"""What the tests of investigation orders do again and again: apply, decide, return the receipt."""

from typing import Any

from core.records import PaperRow
from core.values import Application
from core.work.courts import change_settings
from core.work.outside import take_applicant_step
from core.work.review import decide
from plugins.investigation import investigation
from plugins.investigation.example import LAWYERS, SUBMITTER
from tests.support.acting import DIGEST, conclude, file_one, read, rows, upload
from tests.support.houses import OPERATOR, Fixture

CASE = "（2026）粤0199民初1号"
ITEM = {"name": "账户交易明细", "kind": "electronic", "scope": "尾号0000", "from_on": "2025-11-01", "to_on": "2026-10-31"}  # fmt: skip
FIELDS = {
    "stage": "trial", "lawyers": [LAWYERS[0]], "party": "甲某某", "respondent_kind": "unit", "respondent": "示例银行虚构支行",
    "respondent_address": "虚构市示例区示例路3号", "evidence_items": [ITEM], "fact_to_prove": "货款去向。", "reason": "银行不向个人提供。",
    "clue": "函件写明账号。", "adduction_ends_on": "2026-12-10",
}  # fmt: skip
TAKEN = {"necessary": "true", "relevant": "true", "feasible": "true"}
ORDER = {
    "evidence_items.0.name": "账户交易明细", "evidence_items.0.kind": "electronic", "evidence_items.0.scope": "尾号0000，截至2026年10月",
    "lawyers.0.name": "丙某某", "lawyers.0.licence_no": LAWYERS[0]["licence_no"], "lawyers.0.firm": "示例律师事务所",
    "lawyers.0.phone": "19900000003", "validity_days": "15",
}  # fmt: skip
FORMS = {
    "receive": TAKEN, "return": {"reasons": "incomplete", "to_correct": "补交授权委托书"}, "issue": ORDER, "propose": ORDER, "approve": ORDER,
    "send_back": {"sent_back_reason": "范围过宽"}, "refuse": {"reasons": "irrelevant"}, "revoke": {"revocation_ground": "agency_ended"},
}  # fmt: skip
OBTAINED = {"outcome": "obtained", "presented_on": "2026-11-24", "pages": 12}
UNFULFILLED = {"outcome": "refused", "presented_on": "2026-11-24", "explanation": "以内部规定为由拒绝。"}


def apply_for(court: Fixture, number: object = 1, **more: Any) -> str:
    """File an application; ``fields`` are laid over complete ones."""
    fields = FIELDS | more.pop("fields", {})
    given = {"submitter": SUBMITTER, "case_number": CASE} | more
    return file_one(court, "investigation", number, fields=fields, **given).serial_no


def act(court: Fixture, name: str, serial: str, decision: str, **form: str) -> Application:
    """Save an opinion and carry it out, with a form that is in order save for what is given."""
    filled = FORMS[decision] | form
    if not investigation.decision(decision).direct:
        return conclude(court, name, "investigation", serial, decision, **filled)
    given = {key: [value] for key, value in filled.items()}
    return decide(court.house, court.actor(name), "investigation", serial, decision, None, form=given)


def chain(court: Fixture, approval: str) -> None:
    change_settings(court.house, OPERATOR, "investigation", {"approval": approval})


def ordered(court: Fixture, number: object = 1, **form: str) -> str:
    """Return the serial number of an application whose order was issued by the judge."""
    serial = apply_for(court, number)
    act(court, "judge", serial, "receive")
    act(court, "judge", serial, "issue", **form)
    return serial


def hand_in(
    court: Fixture, serial: str, code: str = "return_evidence", *files: str, **fields: Any
) -> Application:
    """Return the receipt as the lawyer does, with the files that belong to it."""
    upload(court)
    given = (OBTAINED if code == "return_evidence" else UNFULFILLED) | fields
    categories = files or (("receipt", "evidence") if code == "return_evidence" else ("receipt",))
    attachments = [{"sha256": DIGEST, "name": f"{one}.pdf", "category": one} for one in categories]
    raw = {"fields": {name: value for name, value in given.items() if value is not None}, "attachments": attachments}  # fmt: skip
    return take_applicant_step(court.house, court.outside, court.client, serial, code, raw)


def papers(court: Fixture, serial: str) -> dict[str, Any]:
    """Return the papers of a request by code."""
    key = read(court, serial).id
    return {row.code: row for row in rows(court, PaperRow, PaperRow.application_id == key)}
