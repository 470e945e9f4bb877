"""许可 for tests: papers with and without a number, for the applicant and for the court alone, one that can be verified."""

from datetime import date
from decimal import Decimal

from core import (
    Access,
    Decision,
    DecisionMade,
    Module,
    Outcome,
    Paper,
    RequestType,
    Role,
    Sight,
    State,
    Verification,
    attachment,
    choice,
    computed,
    day,
    field,
    group,
    hookimpl,
    limit,
    money,
    request_fields,
    text,
    yes_no,
)

SEEING = Access(Sight.COURT, review=True, comment=True)
ACCESS = {
    Role.CENTRE_REVIEWER: SEEING, Role.HANDLING_JUDGE: Access(Sight.OWN, review=True), Role.JUDGE_ASSISTANT: Access(Sight.OWN, draft=True),
    Role.PRESIDENT: Access(Sight.COURT),
}  # fmt: skip


@request_fields
class Thing:
    what: str = text("物品", "Thing", max_length=100)
    worth: Decimal | None = money("价值", "Worth")


@request_fields
class Permit:
    holder: str = text("持有人", "Holder", max_length=100, column=True)
    urgent: bool = yes_no("是否紧急", "Urgent")
    stage: str = choice("阶段", "Stage", {"first": ("一审", "First"), "second": ("二审", "Second")})
    things: tuple[Thing, ...] = group(Thing, "物品清单", "Things", minimum=1)
    number: str | None = computed(
        lambda asked, context: context.data.get("permit_number"), text("令号", "Number")
    )


@request_fields
class Grant:
    valid_until: date = day("有效期至", "Valid until")
    remark: str | None = text("备注", "Remark", max_length=500)


@request_fields
class Denial:
    ground: str = text("理由", "Ground", max_length=500)


permit = RequestType(
    kind="permit", title=("许可", "Permit"), fields=Permit, access=ACCESS, prefix="XK", applicant="holder",
    attachments=[attachment("petition", "申请书", "Petition", required=True)],
    states=[State("NEW", "待处理", "To do"), State("ISSUED", "已签发", "Issued"), State("REVOKED", "已撤销", "Revoked"),
            State("DENIED", "不予签发", "Denied")],
    decisions=[
        Decision("grant", "签发", "Grant", "NEW", "ISSUED", opinion=True, fields=Grant, issues=["permit", "stub", "urgent_note"]),
        Decision("deny", "不予签发", "Deny", "NEW", "DENIED", direct=True, fields=Denial, issues=["denial"]),
        Decision("revoke", "撤销", "Revoke", "ISSUED", "REVOKED", direct=True),
    ],
    limits=[limit("P-1", days=5, since="received", basis="测试规则第1条"),
            limit("P-2", days=3, since="grant", during="ISSUED", applicant=True, basis="测试规则第2条")],
    submit_issues=["receipt"],
    papers=[
        Paper("receipt", ("收到材料凭证", "Receipt"), "receipt.md"),
        Paper("permit", ("许可令", "Permit"), "permit.md", number="许令", to="participants",
              verify=Verification(valid_in=("ISSUED",), until="valid_until")),
        Paper("stub", ("许可令存根", "Stub"), "stub.md", to="court"),
        Paper("urgent_note", ("加急通知", "Urgent note"), "note.md", when=field("urgent") == True),  # noqa: E712 - == builds a condition
        Paper("denial", ("不予签发告知", "Denial"), "denial.md"),
    ],
    disclosed_in=("ISSUED",), anonymous=field("stage") == "second",
)  # fmt: skip

module = Module("permit", ("许可", "Permit"), version="1.0", requests=[permit])


@hookimpl
def review(decision: DecisionMade) -> Outcome | None:
    """Keep something that no field declares."""
    return Outcome(data={"grant_words": "准予"}) if decision.code == "grant" else None
