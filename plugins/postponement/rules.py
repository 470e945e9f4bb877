"""Postponed hearings: the law, as plain functions on values.

延期开庭规定 is 《最高人民法院关于严格规范民商事案件延长审限和延期开庭问题的规定》 (2019).
"""

from datetime import date, timedelta

from core import law

ARTICLES = {
    "149_1": ("第149条第（一）项", "Art. 149(1)"),
    "149_2": ("第149条第（二）项", "Art. 149(2)"),
    "149_3": ("第149条第（三）项", "Art. 149(3)"),
    "149_4": ("第149条第（四）项", "Art. 149(4)"),
    "rearranged": ("改期（不属第149条）", "Rearranged (not under art. 149)"),
}
"""P-1: the four cases in which a hearing may be postponed (民事诉讼法第149条), and what is only another date."""
NEEDS_PRESIDENT = "149_4"
"""P-5: the president approves (延期开庭规定第6条)."""
NEW_FACTS = "149_3"
GROUNDS = {
    "must_attend_absent": ("必须到庭者有正当理由未到", "Who must attend is absent for good reason"),
    "recusal": ("临时申请回避", "Recusal applied for at the last moment"),
    "new_witness": ("通知新的证人到庭", "A new witness"),
    "new_evidence": ("调取新的证据", "New evidence"),
    "re_appraisal": ("重新鉴定", "New appraisal"),
    "inspection": ("勘验", "Inspection"),
    "supplement": ("需要补充调查", "Further investigation"),
    "force_majeure": ("不可抗力或者意外事件", "Force majeure or accident"),
    "lawyer_conflict": ("律师开庭冲突", "Counsel has another hearing"),
    "agreed": ("双方同意改期", "Both sides agree"),
}
"""Why it is asked for; 司发〔2015〕14号第25条 has courts rearrange hearings that collide for a lawyer."""
_ARTICLE_OF = {
    "must_attend_absent": "149_1",
    "recusal": "149_2",
    "force_majeure": NEEDS_PRESIDENT,
    "lawyer_conflict": "rearranged",
    "agreed": "rearranged",
}
PROCEDURES = {
    "ordinary": ("普通程序", "ordinary procedure"),
    "summary": ("简易程序", "summary procedure"),
    "small_claims": ("小额诉讼程序", "small claims procedure"),
    "": ("适用程序未登记，按普通程序计", "procedure not recorded, counted as ordinary"),
}
NOTICE_DAYS = 3


def article_of(ground: str) -> str:
    """Return under which item of article 149 a ground falls."""
    return _ARTICLE_OF.get(ground, NEW_FACTS)


def cited(article: str) -> str:
    """Return how a court paper cites an item of article 149; nothing for what falls under none."""
    return "" if article == "rearranged" else f"第一百四十九条第{'一二三四'[int(article[-1]) - 1]}项"


def most(procedure: str) -> int:
    """P-3: how often a hearing may be postponed: twice, in summary and small claims procedure once (延期开庭规定第3条)."""
    return 1 if procedure in ("summary", "small_claims") else 2


def latest(hearing: date) -> date:
    """P-4: the last day for the next hearing, one month after the one before (延期开庭规定第5条)."""
    return law.dates.add_months(hearing, 1)


def notify_by(hearing: date) -> date:
    """P-7, P-8: the last day to tell parties and lawyers, three days before (民事诉讼法第139条; 法发〔2015〕16号第三项)."""
    return hearing - timedelta(days=NOTICE_DAYS)


def earliest(today: date) -> date:
    """Return the first day for a hearing that is told of today."""
    return today + timedelta(days=NOTICE_DAYS)


def reply_by(received: date, hearing: date, calendar: "law.calendar.CourtCalendar") -> date:
    """P-9: the day to answer by: two working days, on the same day where the hearing is three or fewer working days off.

    No law says when; LawError where a year is not in the calendar.
    """
    fourth = law.periods.deadline(received, 4, "workdays", calendar).end
    return law.periods.deadline(received, 2, "workdays", calendar).end if hearing >= fourth else received


def most_deductible(article: str, before: date, after: date | None) -> int | None:
    """Return how many days may be left out of the time for trial; None where nothing says.

    Never more than the postponement takes; for new witnesses, evidence, appraisal and inspection never more than the
    month after the old date (严格执行案件审理期限制度的若干规定第9条第五项).
    """
    whole = None if after is None else max((after - before).days, 0)
    if article != NEW_FACTS:
        return whole
    month = (latest(before) - before).days
    return month if whole is None else min(whole, month)
