"""借阅卷宗 for tests: a request type that uses every way a step can differ from a plain decision."""

from datetime import date, timedelta

from core import (
    Access,
    ApplicantStep,
    Application,
    ChosenPerson,
    Context,
    Decision,
    DecisionMade,
    Label,
    Module,
    Outcome,
    Problem,
    RequestType,
    Role,
    Routing,
    Sight,
    State,
    attachment,
    choice,
    colleague,
    computed,
    day,
    field,
    hookimpl,
    request_fields,
    text,
    whole,
)

ACCESS = {
    Role.HANDLING_JUDGE: Access(Sight.OWN, review=True, comment=True),
    Role.CLERK: Access(Sight.OWN),
    Role.PRESIDENT: Access(Sight.COURT),
}


@request_fields
class Settings:
    approval: str = choice("批准方式", "Approval", {"judge": ("法官", "Judge"), "president": ("院长", "President")}, default="judge")  # fmt: skip
    lend_days: int = whole("借阅天数", "Days lent", minimum=1, maximum=30, default=10)


def back_by(lending: "Lending", context: Context) -> date | None:
    lent = context.data.get("lent_on")
    return date.fromisoformat(lent) + timedelta(days=context.settings.lend_days) if lent else None


@request_fields
class Lending:
    volume: str = text("卷册", "Volume", column=True)
    wish: date = day("希望日期", "Preferred date")
    due_back: date | None = computed(back_by, day("应还日期", "Due back", column=True))
    round: str | None = computed(lambda one, context: str(len(context.earlier("lending")) + 1), text("第几次", "Round", column=True))  # fmt: skip


@request_fields
class Lent:
    lent_on: date = day("借出日期", "Lent on")


@request_fields
class HandOver:
    to: ChosenPerson = colleague("转交给", "Hand over to")


@request_fields
class Returned:
    condition: str = choice("归还情况", "Condition", {"good": ("完好", "Good"), "torn": ("破损", "Torn")})
    note: str | None = text("说明", "Note", required_when=field("condition") == "torn")


def only_ahead(lending: Lending, context: Context):
    if lending.wish < context.today:
        yield Problem("wish", "past", Label("希望日期已过。", "That day is past."))
    if context.submitter.role == "relative":
        yield Problem("submitter.role", "not_allowed", Label("近亲属不能借阅。", "A relative may not."))


def of_the_case(application: Application, context: Context):
    if context.case is not None:
        yield Label(f"本案当事人：{'、'.join(one.name for one in context.case.parties)}", "The parties")


def not_before_wished(application: Application, values: Lent, context: Context) -> Problem | None:
    early = values.lent_on < application.fields.wish
    return Problem("lent_on", "early", Label("早于希望日期。", "Earlier than wished.")) if early else None


def routed(lending: Lending, context: Context) -> Routing | None:
    judge = context.case.handler if context.case else None
    return Routing(hidden_from=judge) if lending.volume == "副卷" else None


lending = RequestType(
    kind="lending", title=("借阅卷宗", "Lending"), fields=Lending, access=ACCESS, case="optional", prefix="JY",
    checks=[only_ahead], hints=[of_the_case], route=routed, disclosed_in="LENT",
    example=lambda context: {"volume": "正卷", "wish": context.today.isoformat()},
    states=[State("ASKED", "待办", "Asked"), State("APPROVED", "已批准", "Approved", waiting=True), State("LENT", "已借出", "Lent"),
            State("BACK", "已归还", "Back"), State("OUT", "已撤回", "Withdrawn")],
    decisions=[
        Decision("lend", "借出", "Lend", ["ASKED", "APPROVED"], "LENT", direct=True, fields=Lent, guard=not_before_wished,
                 when=field("settings.approval") == "judge", roles={Role.HANDLING_JUDGE, Role.CLERK},
                 prefill=lambda application, context: {"lent_on": context.today.isoformat()}),
        Decision("approve", "批准", "Approve", "ASKED", "APPROVED", opinion=True, roles={Role.PRESIDENT}, when=field("settings.approval") == "president"),
        Decision("hand_over", "转交", "Hand over", ["ASKED", "APPROVED"], None, direct=True, fields=HandOver, quiet=True),
    ],
    steps=[
        ApplicantStep("bring_back", "归还", "Bring back", "LENT", "BACK", fields=Returned,
                      attachments=[attachment("slip", "归还单", "Slip", required_when=field("condition") == "torn")]),
        ApplicantStep("ask_again", "再借", "Ask again", "BACK", "ASKED", by_message=True),
        ApplicantStep("withdraw", "撤回", "Withdraw", "ASKED", "OUT"),
    ],
)  # fmt: skip


@hookimpl
def review(application: Application, decision: DecisionMade, context: Context) -> Outcome | None:
    if decision.code == "hand_over":
        return Outcome(handler=decision.values.to.id, data={"handed_in": context.court_name})
    return None


module = Module("lending", ("借阅卷宗", "Lending"), version="1.0", requests=[lending], settings=Settings)
