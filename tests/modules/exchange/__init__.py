"""证据交换 for tests: three flows inside each other, as an exchange holds items and an item holds opinions."""

from datetime import date

from core import (
    Access,
    ApplicantStep,
    Decision,
    Flow,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    attachment,
    choice,
    day,
    derived,
    field,
    group,
    limit,
    money,
    request_fields,
    text,
    whole,
)  # fmt: skip

ACCESS = {
    Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True),
    Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
    Role.JUDGE_ASSISTANT: Access(Sight.OWN, draft=True),
}


@request_fields
class Claim:
    what: str = text("请求事项", "Claim", max_length=100)
    amount: str | None = money("金额", "Amount")


@request_fields
class Exchange:
    topic: str = text("交换主题", "Topic", column=True, search=True)
    rounds: int = whole("轮次", "Rounds", minimum=1, maximum=9, search=True)
    ends_on: date | None = day("截止日期", "Ends on", column=True)
    claims: tuple[Claim, ...] = group(Claim, "请求", "Claims", maximum=3)
    summary: str = derived(lambda one: f"{one.topic}（{len(one.claims)}项）", "摘要", "Summary", column=True)


@request_fields
class Extension:
    extra_days: int = whole("延长天数", "Extra days", minimum=1, maximum=30)


@request_fields
class Item:
    name: str = text("证据名称", "Evidence", max_length=100, column=True, search=True)
    source: str = choice(
        "来源",
        "Source",
        {"own": ("自行收集", "Own"), "court": ("法院调取", "Court")},
        column=True,
        search=True,
    )
    order_no: str | None = text("调查令编号", "Order number", required_when=field("source") == "court")


@request_fields
class Opinion:
    view: str = choice(
        "质证意见", "View", {"admit": ("认可", "Admit"), "deny": ("不认可", "Deny")}, column=True, search=True
    )
    why: str | None = text("理由", "Reasons", max_length=500, required_when=field("view") == "deny")


exchange = RequestType(
    kind="exchange", title=("证据交换", "Evidence exchange"), fields=Exchange, access=ACCESS, case="optional", prefix="EX",
    states=[State("OPEN", "进行中", "Open", applicant=("交换中", "Under way")), State("CLOSED", "已结束", "Closed", tone="done")],
    decisions=[
        Decision("close", "结束", "Close", "OPEN", "CLOSED", direct=True, notice="【{court}】{serial_no}已结束。"),
        Decision("extend", "延期", "Extend", "OPEN", None, direct=True, quiet=True, fields=Extension),
    ],
    limits=[
        limit("X-1", days=30, since="received", basis="民事诉讼证据的若干规定第51条", title=("举证期限", "Time for evidence")),
        limit("X-2", days=field("extra_days"), since="extend", basis="同上第54条", during="OPEN"),
    ],
)  # fmt: skip

item = Flow(
    kind="exchange_item", title=("证据", "Item of evidence"), fields=Item, access=ACCESS, parent=exchange, parent_states="OPEN",
    prefix="EI", applicant="name", attachments=[attachment("evidence", "证据材料", "Evidence", required=True, maximum=2)],
    states=[State("OFFERED", "待质证", "Offered"), State("ADMITTED", "采信", "Admitted"), State("OUT", "撤回", "Withdrawn")],
    decisions=[Decision("admit", "采信", "Admit", "OFFERED", "ADMITTED", opinion=True)],
    steps=[ApplicantStep("withdraw", "撤回", "Withdraw", "OFFERED", "OUT")],
    limits=[limit("X-3", workdays=5, since="received", basis="同上第53条")],
)  # fmt: skip

opinion = Flow(
    kind="exchange_opinion", title=("质证意见", "Opinion"), fields=Opinion, access=ACCESS, parent=item, parent_states="OFFERED",
    prefix="EO", states=[State("GIVEN", "待阅", "Given"), State("READ", "已阅", "Read")],
    decisions=[Decision("read", "已阅", "Read", "GIVEN", "READ", direct=True)],
    limits=[limit("X-4", hours=48, since="received", basis="同上第60条")],
)  # fmt: skip

module = Module("exchange", ("证据交换", "Exchange"), version="1.0", requests=[exchange, item, opinion])
