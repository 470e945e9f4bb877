"""Appeals of the demo: in time, late, to be verified; on every rung of the way to the second court."""

from datetime import timedelta
from typing import Any

from demo.matters import Matter
from demo.moves import Given, Plan, act, ask, review, take_back
from demo.parties import Party

SECOND = "广东省虚构市中级人民法院"


def lodged(side: str = "defendant", grounds: str = "", **more: Any) -> Given:
    """Return the fields of an appeal by one side of the case against the other."""

    def fields(matter: Matter) -> dict[str, Any]:
        suit = matter.suit
        served = suit.served_on or suit.docketed_on
        sides = (("plaintiff", suit.plaintiff, False), ("defendant", suit.defendant, suit.sketch.abroad))
        return {
            "document": "judgment", "document_no": suit.number, "document_date": (served - timedelta(days=2)).isoformat(),
            "served_on": served.isoformat(),
            "parties": [_party(standing, one, abroad, appeals=standing == side) for standing, one, abroad in sides],
            "requests": [{"text": "撤销一审判决第一项，依法改判驳回对方的诉讼请求或者发回重审。"}, {"text": "一、二审案件受理费由被上诉人负担。"}],
            "grounds": grounds or "一审判决对付款时间和数额的认定与书证不符，遗漏了双方后来达成的补充协议，适用法律不当。",
            "fee_category": "prop" if suit.sketch.amount else "other",
            "disputed_amount": f"{suit.sketch.amount // 2}.00" if suit.sketch.amount else None, "e_service_phone": "19900000021",
            **({"has_appeal_power": True} if matter.plan.by in ("agent", "defence") else {}), **more,
        }  # fmt: skip

    return fields


def _party(standing: str, one: Party, abroad: bool, *, appeals: bool) -> dict[str, Any]:
    given = {
        "role": "appellant" if appeals else "appellee", "first_standing": standing, "kind": one.kind, "name": one.name,
        "residence": one.address, "phone": one.phone, "abroad": abroad,
    }  # fmt: skip
    return given | ({"representative": one.head} if one.kind == "legal" else {"id_no": one.number})


RECEIVE = review(
    5, 20, "receive", "上诉状及所附材料齐全，代理权限已核对，予以接收。", {"power_checked": "true"}
)
PAID = act(15, 40, "fee_paid", lambda one: {
    "paid_amount": str(one.application.data.get("fee_due") or "50.00"), "paid_on": one.day()}, who="clerk")  # fmt: skip
SERVE = act(4, 20, "copy_served", who="clerk")
DEFENCE = (
    act(60, 110, "defence_received", lambda one: {"defence_received_on": one.day(), "defence_from": one.suit.plaintiff.name}, who="clerk"),
    act(2, 20, "defence_sent", lambda one: {"defence_sent_on": one.day()}, who="clerk"),
    act(1, 4, "defence_complete", lambda one: {"defence_closed_on": one.application.data["defence_received_on"]}, who="clerk"),
)  # fmt: skip
TRANSFER = act(10, 40, "transfer", {
    "second_court": SECOND, "main_volumes": "1", "side_volumes": "1", "electronic_volumes": "2", "exhibits": "无"})  # fmt: skip
DOCKETED = act(60, 80, "docketed_second", lambda one: {
    "second_case_number": f"（{one.day()[:4]}）粤01民终{700 + one.dice.randrange(200)}号", "second_docketed_on": one.day()})  # fmt: skip
DEEMED = act(
    190, 215, "deem_withdrawn", lambda one: {"ruling_no": f"{one.suit.number}之一", "ruled_on": one.day()}
)
RETURN = review(6, 20, "return", "上诉状未写明上诉请求，请补充后重新提交；首次提交的时间不受影响。", {"reasons": "petition"})  # fmt: skip

APPEALS = (
    Plan(1, "judged.0", lodged(), by="defence"),
    Plan(0.5, "judged.1", lodged("plaintiff", "一审未支持逾期利息，与借条约定不符。"), by="plaintiff"),
    Plan(2, "judged.3", lodged(grounds="工程量鉴定遗漏了签证部分，质量问题未作处理。"), (RECEIVE,), by="defence"),
    Plan(3, "judged.2", lodged(), (RETURN,), by="defendant"),
    Plan(8, "judged.4", lodged(grounds="考勤记录由单位单方制作，一审据此认定事假不当。"), (RECEIVE, PAID, SERVE), by="defence"),
    Plan(19, "judged.5", lodged(grounds="护理期限和误工损失的计算缺乏依据。"), (RECEIVE, PAID, SERVE, *DEFENCE), by="defence"),
    Plan(21, "judged.5", lodged("plaintiff", "伤残赔偿金应按定残时的标准计算。"), (RECEIVE, PAID, SERVE, *DEFENCE[:1])),
    Plan(33, "judged.6", lodged(), (RECEIVE, PAID, SERVE, *DEFENCE, TRANSFER, DOCKETED), by="defence"),
    Plan(30, "judged.6", lodged("plaintiff", "违约金标准过低。"), (RECEIVE, PAID, SERVE, *DEFENCE, TRANSFER)),
    Plan(5, "judged.6", lodged(grounds="上诉期内因病住院，现补交上诉状并附住院证明。"), (ask(5, 20, "已提交住院证明，请一并审查顺延申请。"),), by="defence"),
    Plan(3, "judged.1", lodged("plaintiff"), (take_back(5, 20, "双方已达成还款协议。"),)),
    Plan(11, "judged.3", lodged("plaintiff", "工程款利息起算时间有误。"), (RECEIVE, DEEMED)),
)  # fmt: skip
