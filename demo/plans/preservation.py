"""Requests for preservation of the demo: before and in an action, urgent ones first, with and without security."""

from typing import Any

from demo.matters import Matter
from demo.moves import Given, Plan, act, review, step
from demo.parties import Party, company, lawyer, person

RULING = "（{year}）粤0199民初{number}号之{which}"


def asked(amount: int, asset: str, facts: str, *, urgent: bool = False, **more: Any) -> Given:
    """Return the fields of a request in an action, by the plaintiff against the defendant."""

    def fields(matter: Matter) -> dict[str, Any]:
        suit = matter.suit
        common = _common(suit.plaintiff, suit.defendant, suit.agent, amount, asset, facts)
        return common | {
            "stage": "in_action", "cause": None, "urgent": urgent, "guarantee_amount": f"{amount * 3 // 10}.00", **more,
        }  # fmt: skip

    return fields


def before_action(amount: int, asset: str, facts: str, **more: Any) -> Given:
    """Return the fields of a request before an action."""

    def fields(matter: Matter) -> dict[str, Any]:
        dice = matter.someone
        applicant, respondent = company(dice), person(dice)
        agent = lawyer(dice, applicant.name)
        common = _common(applicant, respondent, agent, amount, asset, facts)
        return common | {"stage": "pre_action", "urgent": True, "guarantee_amount": f"{amount}.00", **more}

    return fields


def _common(
    applicant: Party, respondent: Party, agent: Any, amount: int, asset: str, facts: str
) -> dict[str, Any]:
    return {
        "preservation_kind": "property",
        "parties": [_party("applicant", applicant), _party("respondent", respondent)],
        "agents": [{name: agent[name] for name in ("party_name", "name", "licence_no", "firm", "phone")}],
        "request": f"请求冻结被申请人银行存款{amount}元，或者查封、扣押其相应价值的其他财产。", "facts": facts, "amount": f"{amount}.00",
        "assets": [_ASSETS[asset] | {"owner": respondent.name, "est_value": f"{amount}.00"}],
        "guarantee_type": "insurance", "guarantor": "示例财产保险股份有限公司虚构市分公司",
    }  # fmt: skip


_ASSETS: dict[str, dict[str, Any]] = {
    "deposit": {"type": "deposit", "province": "广东", "location": "示例银行虚构市示例支行", "account": "6200000000000000199"},
    "house": {"type": "real_estate", "province": "广东", "location": "虚构市示例区样本街18号902房", "cert_no": "粤（2020）虚构市不动产权第0000199号"},
    "car": {"type": "vehicle", "province": "广东", "location": "虚构市示例区车辆管理所", "cert_no": "粤A0000学"},
    "equity": {"type": "equity", "province": "广东", "clue": "被申请人持有虚构市演示科技有限公司百分之三十的股权"},
}  # fmt: skip


def _party(role: str, one: Party) -> dict[str, Any]:
    given = {
        "role": role,
        "kind": one.kind,
        "name": one.name,
        "service_address": one.address,
        "phone": one.phone,
    }
    if one.kind == "natural":
        return given | {"resident_id": one.number}
    return given | {"credit_code": one.number, "representative_name": one.head}


def ruled(which: str) -> Given:
    """Return the number of the ruling, today."""

    def form(matter: Matter) -> dict[str, Any]:
        number = (
            matter.suit.number
            if matter.case
            else f"（{matter.day()[:4]}）粤0199财保{120 + matter.dice.randrange(60)}号"
        )
        return {"ruling_number": f"{number}之{which}" if matter.case else number, "ruled_on": matter.day()}

    return form


RECEIVE = review(1, 5, "receive", "保全申请材料齐全，予以接收。")
GRANT = review(
    2, 10, "grant", "申请符合《民事诉讼法》第一百零三条的规定，已提供担保，裁定准许。", ruled("一")
)
GRANT_BEFORE = review(2, 10, "grant", "情况紧急，已提供足额担保，符合《民事诉讼法》第一百零四条的规定，裁定准许。", ruled("一"))  # fmt: skip
SECURITY = review(2, 12, "order_security", "所附保函未盖章，责令补充担保。")
REFUSE = review(
    4, 20, "refuse", "未提供被申请人转移财产的初步证据，且诉讼请求尚不明确，裁定驳回。", ruled("二")
)
RETURN = review(2, 12, "return", "请补充后重新提交。", {"reasons": "no_clue", "requirement": "请写明开户银行或者其他可以查找的财产线索。"})  # fmt: skip
CARRY_OUT = act(3, 20, "carry_out", lambda one: {"respondent_told_on": one.day()})
FLEEING = "被申请人近期低价出售名下房产并转移存款，不立即采取保全措施，判决将难以执行。"

PRESERVATIONS = (
    Plan(0.3, "", before_action(380_000, "deposit", "被申请人已订购出境机票并委托中介出售房产，不立即保全将造成难以弥补的损害。")),
    Plan(0.8, "secured.0", asked(2_400_000, "equity", FLEEING, urgent=True)),
    Plan(1, "secured.1", asked(660_000, "house", FLEEING), (RECEIVE,)),
    Plan(3, "secured.2", asked(3_150_000, "deposit", "工程款拖欠已逾两年，被申请人账户多次被其他债权人冻结。"), (RECEIVE,)),
    Plan(2, "tried.0", asked(468_000, "deposit", FLEEING, guarantee_amount="20000.00"), (RECEIVE, SECURITY)),
    Plan(6, "tried.1", asked(75_000, "car", FLEEING), (RECEIVE, SECURITY, step(10, 40, "provide_security", {
        "provided_type": "insurance", "provided_amount": "22500.00", "provided_guarantor": "示例财产保险股份有限公司"}))),
    Plan(4, "tried.2", asked(152_000, "deposit", FLEEING), (RECEIVE, GRANT)),
    Plan(20, "tried.4", asked(930_000, "house", FLEEING), (RECEIVE, GRANT, CARRY_OUT)),
    Plan(30, "searched.0", asked(540_000, "deposit", FLEEING), (RECEIVE, GRANT, CARRY_OUT, step(300, 400, "ask_lifting", {
        "lifting_reason": "双方已达成和解协议，被申请人已付清款项。", "lifting_urgent": False}))),
    Plan(26, "", before_action(260_000, "deposit", "被申请人准备注销公司并转移货款。"), (RECEIVE, GRANT_BEFORE, CARRY_OUT)),
    Plan(12, "searched.1", asked(188_000, "car", "申请人担心将来难以执行。"), (RECEIVE, REFUSE)),
    Plan(5, "searched.2", asked(420_000, "deposit", FLEEING), (RETURN,)),
)  # fmt: skip
