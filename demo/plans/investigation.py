"""Investigation orders of the demo: applied for, issued, used, expired, revoked, refused."""

from datetime import timedelta
from typing import Any

from core.law.dates import court_date
from demo.matters import Matter
from demo.moves import Given, Plan, act, review, step

BANK = (
    "示例银行股份有限公司虚构支行",
    "银行账户交易明细",
    "electronic",
    "账户交易明细由银行保存，不向当事人和律师提供。",
)
REGISTER = ("虚构市不动产登记中心", "不动产登记档案", "documentary", "登记档案非权利人本人不能查询。")
INSURER = ("示例人寿保险股份有限公司虚构市分公司", "理赔档案", "documentary", "保险公司以保密为由拒绝提供。")
TELECOM = (
    "示例通信有限公司虚构市分公司",
    "号码实名登记信息",
    "electronic",
    "运营商不向个人提供他人的登记信息。",
)


def seeks(held_by: tuple[str, str, str, str], fact: str, clue: str) -> Given:
    """Return the fields of an application by the agent of one side."""

    def fields(matter: Matter) -> dict[str, Any]:
        suit, defence = matter.suit, matter.plan.by == "defence"
        agent, party = (suit.defence, suit.defendant) if defence else (suit.agent, suit.plaintiff)
        respondent, evidence, kind, reason = held_by
        today = court_date(matter.now)
        return {
            "stage": "trial", "lawyers": [{name: agent[name] for name in ("name", "licence_no", "firm", "phone")}], "party": party.name,
            "respondent_kind": "unit", "respondent": respondent, "respondent_address": "虚构市示例区示例路3号",
            "respondent_contact": "综合管理部", "respondent_phone": "020-00000003",
            "evidence_items": [{
                "name": evidence, "kind": kind, "scope": f"与{suit.title}有关的全部记录",
                "from_on": (today - timedelta(days=500)).isoformat(), "to_on": (today - timedelta(days=60)).isoformat(),
            }],
            "fact_to_prove": fact, "reason": reason, "clue": clue,
            "adduction_ends_on": (today + timedelta(days=12)).isoformat(),
        }  # fmt: skip

    return fields


RECEIVE = review(3, 14, "receive", "申请人系本案代理律师，证据线索明确，予以接收。", {
    "necessary": "true", "relevant": "true", "feasible": "true"})  # fmt: skip
ISSUE = review(3, 20, "issue", "确因客观原因不能自行收集，且与待证事实有关联，同意签发。")
REFUSE = review(
    3, 20, "refuse", "所涉材料可由当事人凭身份证件自行查询，无须签发调查令。", {"reasons": "obtainable"}
)
RETURN = review(3, 14, "return", "请补正后重新提交。", {"reasons": "unclear", "to_correct": "请写明拟调取证据的起止时间和账号。"})  # fmt: skip
REVOKE = act(
    30, 60, "revoke", {"revocation_ground": "agency_ended", "revocation_note": "委托代理关系已经解除。"}
)
OBTAINED = step(80, 140, "return_evidence", lambda one: {"outcome": "obtained", "presented_on": one.day(-1), "pages": 24})  # fmt: skip
NOTHING = step(80, 140, "return_unfulfilled", lambda one: {
    "outcome": "refused", "presented_on": one.day(-1), "explanation": "保险公司要求法院工作人员到场，拒绝接收调查令。"})  # fmt: skip

INVESTIGATIONS = (
    Plan(0.4, "searched.0", seeks(BANK, "被告收到货款后转移至关联账户。", "被告在对账函中写明了开户银行和账号。")),
    Plan(1, "searched.1", seeks(TELECOM, "借款人使用的手机号码系被告本人登记。", "微信聊天记录中的号码尾号0199。"), by="defence"),
    Plan(2, "searched.2", seeks(REGISTER, "婚姻存续期间另购房屋的事实。", "对方曾发送购房合同照片。"), (RECEIVE,)),
    Plan(3, "tried.0", seeks(BANK, "货款支付情况。", "送货单背面记有收款账号。"), (RETURN,)),
    Plan(6, "tried.1", seeks(BANK, "借款交付的事实。", "转账截图显示收款银行。"), (RECEIVE, ISSUE)),
    Plan(15, "tried.2", seeks(REGISTER, "承揽房屋的权属。", "施工现场公示牌载明了房屋坐落。"), (RECEIVE, ISSUE), by="defence"),
    Plan(14, "judged.0", seeks(BANK, "付款的时间和金额。", "付款回单抬头。"), (RECEIVE, ISSUE, OBTAINED)),
    Plan(28, "tried.3", seeks(INSURER, "共同财产中保单的现金价值。", "对方钱包内保险卡照片。"), (RECEIVE, ISSUE)),
    Plan(15, "judged.5", seeks(INSURER, "误工损失已由商业保险赔付。", "对方朋友圈称已收到理赔款。"), (RECEIVE, ISSUE, NOTHING), by="defence"),
    Plan(9, "secured.0", seeks(BANK, "股权转让款的去向。", "股权转让协议载明的收款账户。"), (RECEIVE, ISSUE, REVOKE)),
    Plan(5, "secured.1", seeks(REGISTER, "抵押房屋的权属。", "借款合同载明抵押物。"), (RECEIVE, REFUSE)),
)  # fmt: skip
