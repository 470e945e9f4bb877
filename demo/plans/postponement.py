"""Requests to postpone hearings of the demo: on every ground, granted, refused, overtaken and taken back."""

from datetime import timedelta
from typing import Any

from demo.matters import Matter
from demo.moves import Given, Plan, ask, refused_by_trial_system, review, take_back


def wants(ground: str, reason: str, *, consent: str = "not_asked", days: tuple[int, ...] = (7, 14)) -> Given:
    """Return the fields of a request about the case's next hearing."""

    def fields(matter: Matter) -> dict[str, Any]:
        at = matter.suit.heard_at
        assert at is not None
        return {
            "hearing_at": at.isoformat(), "courtroom": matter.suit.courtroom, "ground": ground, "reason": reason,
            "other_side_consent": consent,
            "proposed_slots": [{"starts_at": (at + timedelta(days=later)).isoformat()} for later in days],
        }  # fmt: skip

    return fields


def moved(days: int) -> Given:
    """Return the form of a grant to another day, a working one, at two in the afternoon."""

    def form(matter: Matter) -> dict[str, Any]:
        assert matter.suit.heard_at is not None
        ahead = (matter.suit.heard_at - matter.now).days + days
        return {"next_hearing": "fixed", "new_hearing_at": matter.free(ahead, 14), "deducted": "false"}

    return form


GRANT = review(5, 20, "approve", "确属代理人他案开庭冲突，双方均同意改期，准予延期。", moved(7))
LATER = review(5, 20, "approve", "需等待重新鉴定结果，准予延期，开庭时间另行通知。", {"next_hearing": "later", "deducted": "false"})  # fmt: skip
PRESIDENT = review(5, 20, "approve", "因台风致交通中断，经院长批准延期。", lambda one: {
    **moved(9)(one), "article": "149_4", "president": "蒋虚构", "president_on": one.day(), "president_no": "（2026）虚延批字第3号"})  # type: ignore[operator]  # fmt: skip
REFUSE = review(3, 15, "reject", "所述事由有其他代理人可以到庭，不属于必须延期的情形，仍按原定时间开庭。")

POSTPONEMENTS = (
    Plan(0.3, "tried.0", wants("lawyer_conflict", "代理律师当日在虚构市第二人民法院另有开庭，传票附后。", consent="consents")),
    Plan(1, "tried.1", wants("must_attend_absent", "当事人因急性阑尾炎住院手术，医嘱休息两周。")),
    Plan(2, "tried.2", wants("new_evidence", "需向示例银行调取转账流水，调查令申请已提交。"), (ask(3, 12, "银行答复最快下周出具流水。"),), by="defence"),
    Plan(0.7, "tried.3", wants("agreed", "双方正在和解，约定延后两周开庭。", consent="consents"), by="plaintiff"),
    Plan(6, "tried.4", wants("lawyer_conflict", "代理律师当日在外地开庭，传票附后。", consent="consents"), (GRANT,), by="defence"),
    Plan(5, "tried.5", wants("re_appraisal", "对笔迹鉴定意见有异议，已申请重新鉴定。"), (LATER,)),
    Plan(9, "secured.0", wants("force_majeure", "台风登陆，铁路公路停运，无法按时到庭。"), (PRESIDENT,), by="defence"),
    Plan(7, "secured.1", wants("lawyer_conflict", "代理律师当日另有安排。"), (REFUSE,)),
    Plan(8, "searched.0", wants("inspection", "需对涉案货物现场勘验，勘验日期未定。"), (take_back(5, 30, "勘验已于今日完成，撤回申请。"),)),
    Plan(10, "secured.2", wants("new_witness", "证人出差，下月返回，请求延后开庭。"), (
        refused_by_trial_system("审判系统未能改期：该法庭当日已排满，请另定时间。"), GRANT), by="defence"),
)  # fmt: skip
