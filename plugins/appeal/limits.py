"""Time limits of an appeal, one rule for every figure of the law, and whom each binds.

A-1 to A-4 and A-9N lie behind what arrives: no event starts them, ``rules`` and ``hints`` reckon with them. A-8 begins
in three ways, each a rule of its own: with the last defence (A-8), with the end of the time for it (A-8N), with the
petition where there is no other side (A-8P).
"""

from typing import Any

from core import Role, field, limit

from .states import AFTER_RECEIPT, BEFORE_TRANSFER

JUDGMENT = "judgment"
NOT_ACCEPTED = "ruling_not_accepted"
DOCUMENTS = {
    JUDGMENT: ("判决", "Judgment"),
    NOT_ACCEPTED: ("裁定（不予受理）", "Ruling not to accept the suit"),
    "ruling_jurisdiction": ("裁定（管辖权异议）", "Ruling on jurisdiction"),
    "ruling_dismissed": ("裁定（驳回起诉）", "Ruling dismissing the suit"),
}
"""What can be appealed: judgments, and of the rulings only these three (民事诉讼法第157条)."""
RULINGS = tuple(name for name in DOCUMENTS if name != JUDGMENT)
DOCUMENT = field("document")
OPPOSED = DOCUMENT.is_in(*[name for name in DOCUMENTS if name != NOT_ACCEPTED])
"""There is another side to serve: all but a suit that was never accepted."""
SERVED = ("送达", "Served")
SECOND_COURT = ("第二审人民法院", "Court of second instance")
OTHER_SIDE = ("对方当事人", "The other side")
ART_174 = "民事诉讼法第174条"
TRIAL_LIMITS = "严格执行案件审理期限制度的若干规定（法释〔2000〕29号）"
PRESSING: dict[str, Any] = {"remind": 1, "escalate": Role.SUPERVISOR}

OF_JUDGMENT = limit("A-1", days=15, since="", event=SERVED, applicant=True, title=("上诉期（判决）", "Appeal period (judgment)"), basis="民事诉讼法第171条第一款")  # fmt: skip
OF_RULING = limit("A-2", days=10, since="", event=SERVED, applicant=True, title=("上诉期（裁定）", "Appeal period (ruling)"), basis="民事诉讼法第171条第二款")  # fmt: skip
FROM_ABROAD = limit("A-3", days=30, since="", event=SERVED, applicant=True, title=("上诉期（境内无住所）", "Appeal period (no domicile in the country)"), basis="民事诉讼法第286条")  # fmt: skip
HANDING_ON = limit("A-4", days=5, since="", event=("二审法院收到", "Handed to the second court"), binds=SECOND_COURT,
                   title=("二审法院移交上诉状", "The second court hands the petition on"), basis="民事诉讼法第173条")  # fmt: skip
NOTIFYING = limit("A-9N", days=2, since="", event=("发现材料不全", "Found incomplete"), binds=SECOND_COURT,
                  title=("二审法院通知补材料", "The second court asks for what is missing"), basis=f"{TRIAL_LIMITS}第18条")  # fmt: skip
PAY = limit("A-11", days=7, since="receive", applicant=True, when=field("fee_state") == "due", during=AFTER_RECEIPT, remind=2,
            title=("预交上诉费", "Prepay the appeal fee"), basis="诉讼费用交纳办法第22条；民诉法解释第318条")  # fmt: skip

LIMITS = (
    OF_JUDGMENT, OF_RULING, FROM_ABROAD, HANDING_ON,
    limit("A-5", days=5, since="received", during=["SUBMITTED", "RECEIVED"], when=OPPOSED, **PRESSING,
          title=("向对方送达上诉状副本", "Serve the petition on the other side"), basis=ART_174),
    limit("A-6", days=field("defence_days"), since="copy_served", start=field("copy_served_on"), binds=OTHER_SIDE,
          title=("对方答辩", "Defence of the other side"), basis="民事诉讼法第174条；境内无住所的30日，第286条"),
    limit("A-7", days=5, since="defence_received", start=field("defence_received_on"), during=AFTER_RECEIPT, remind=1,
          title=("向上诉人送达答辩状副本", "Send the defence to the appellant"), basis=ART_174),
    limit("A-8", days=5, since="defence_complete", start=field("defence_received_on"), **PRESSING,
          title=("报送案卷和证据（收到答辩状）", "Transfer file and evidence (defence received)"), basis=ART_174),
    limit("A-8N", days=5, since="defence_over", **PRESSING,
          title=("报送案卷和证据（未答辩）", "Transfer file and evidence (no defence)"), basis=f"{ART_174}，未答辩的自答辩期满起算"),
    limit("A-8P", days=5, since="received", during=["SUBMITTED", "RECEIVED", "DEFENCE_OVER"], when=DOCUMENT == NOT_ACCEPTED, **PRESSING,
          title=("报送案卷和证据（无对方当事人）", "Transfer file and evidence (no other side)"), basis=ART_174),
    limit("A-9", days=5, since="materials_requested", start=field("requested_on"), during="TRANSFERRED", **PRESSING,
          title=("补齐上诉材料", "Complete the file"), basis=f"{TRIAL_LIMITS}第18条"),
    NOTIFYING,
    limit("A-10", days=5, since="transfer", start=field("transferred_on"), binds=SECOND_COURT,
          title=("二审立案", "Docket at second instance"), basis=f"{TRIAL_LIMITS}第6条"),
    PAY,
    limit("A-12", days=field("settings.internal_days"), since="receive", start=field("document_date"), during=BEFORE_TRANSFER,
          title=("一审结案至移送（本院内控）", "From judgment to transfer (the court's own target)"), basis="本院内部管理规定，天数见模块设置"),
    limit("A-13", months=3, since="docketed_second", start=field("second_docketed_on"), binds=SECOND_COURT, when=DOCUMENT == JUDGMENT,
          title=("二审审限（判决）", "Trial at second instance (judgment)"), basis="民事诉讼法第183条；民诉法解释第128条"),
    limit("A-13R", days=30, since="docketed_second", start=field("second_docketed_on"), binds=SECOND_COURT, when=DOCUMENT.is_in(*RULINGS),
          title=("二审审限（裁定）", "Trial at second instance (ruling)"), basis=f"民事诉讼法第183条；{TRIAL_LIMITS}第8条"),
)  # fmt: skip
