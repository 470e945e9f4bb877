"""What parties and agents of the demo ask of the judge: to be met, called back, answered."""

from typing import Any

from demo.matters import Matter
from demo.moves import Given, Plan, act, ask, review, take_back


def asks(kind: str, topic: str, content: str, *wanted: tuple[int, int]) -> Given:
    """Return the fields; ``wanted`` are times that would suit: in how many days, from which hour for an hour."""

    def fields(matter: Matter) -> dict[str, Any]:
        slots = [
            {"starts_at": matter.at(days, hour), "ends_at": matter.at(days, hour + 1)}
            for days, hour in wanted
        ]
        phone = matter.submitter["phone"]
        return {"type": kind, "topic": topic, "content": content, "phone": phone, "wanted": slots or None}

    return fields


def meeting(days: int, hour: int, minutes: int = 30) -> Given:
    """Return when the judge meets them: so many days from the reply, or the next working day after."""
    return lambda one: {"meeting_at": one.at(days, hour), "meeting_minutes": str(minutes)}


COME = "请携带身份证件和授权手续，按时到诉讼服务中心法官会见室。"

CONTACTS = (
    Plan(0.3, "tried.0", asks("appointment", "mediation", "双方有调解意愿，希望在法官主持下面谈一次。", (2, 10), (3, 15))),
    Plan(1, "tried.1", asks("callback", "schedule", "请告知开庭是否需要证人到庭，证人需提前请假。")),
    Plan(0.6, "judged.0", asks("message", "material", "判决书电子版缺少最后一页，请重新发送。"), by="defence"),
    Plan(5, "judged.1", asks("message", "progress", "上诉状已提交，请问何时移送？"), by="defendant"),
    Plan(3, "tried.2", asks("appointment", "material", "需当面提交鉴定样本原件。", (3, 9), (4, 9)), (review(3, 14, "agree", COME, meeting(3, 9)),), by="defence"),
    Plan(2, "tried.3", asks("appointment", "mediation", "希望就还款计划沟通。", (2, 15)), (
        review(3, 14, "change", "当日已有庭审安排，改至下列时间。" + COME, meeting(4, 10, 60)),), by="plaintiff"),
    Plan(6, "secured.0", asks("appointment", "other", "希望当面说明对方转移财产的情况。", (2, 10)), (
        review(4, 20, "decline", "请通过诉讼服务平台提交书面材料，需要当面核对的将另行通知各方到庭。"),)),
    Plan(5, "judged.2", asks("callback", "progress", "请回电告知判决生效证明如何开具。"), (
        review(4, 14, "phoned", "已电话告知：上诉期满后凭身份证件到诉讼服务中心窗口办理。"),), by="plaintiff"),
    Plan(7, "tried.4", asks("message", "material", "房屋评估报告何时可以查阅？"), (
        review(6, 20, "written", "评估报告已上传，请在“材料”中查阅，异议期十日。"), ask(70, 90, "报告第三页模糊，能否重新上传？"))),
    Plan(12, "searched.0", asks("appointment", "schedule", "希望商定证据交换的日期。", (3, 10)), (review(4, 20, "agree", COME, meeting(3, 10)),)),
    Plan(2.5, "tried.5", asks("message", "mediation", "合伙账目较多，建议委托会计师先行核对。"), (
        act(3, 12, "hand_over", lambda one: {"colleague": str(one.cast.people["judge"].person), "reason": "账目核对由民一庭统一安排。"}),)),
    Plan(1.5, "searched.1", asks("appointment", "material", "需当面核对借条原件。", (1, 14), (2, 14)), (review(2, 8, "agree", COME, meeting(1, 14)),)),
    Plan(4, "secured.2", asks("message", "progress", "请问鉴定费何时缴纳？"), (take_back(3, 12, "已在送达的通知书中看到答复。"),)),
)  # fmt: skip
