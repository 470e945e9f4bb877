"""Time limits of preservation, one rule for every figure of the law.

PR-1, PR-2 and PR-3 share all requests among them: exactly one runs for any request, and anew once security that was
ordered is provided. The 48 hours of PR-2 and PR-3 run on after the ruling until it is carried out, since that is done at
once; the others have five days for it (PR-1E). PR-7 and PR-8 begin anew with each renewal; once renewal is asked for, PR-8R
binds the court. No holiday moves them: how long a measure lasts is a date in a ruling, not a period to act in.
"""

from functools import partial

from core import Role, field, limit

from . import rules
from .states import IN_FORCE, RULED, TO_RULE

PRE = field("stage") == rules.PRE_ACTION
LATER = field("stage").is_in(rules.IN_ACTION, rules.ARBITRATION, rules.BEFORE_ENFORCEMENT)
CALM, URGENT = LATER & (field("urgent") == False), LATER & (field("urgent") == True)  # noqa: E712 - == builds a condition
RULINGS = ("grant", "partly_grant")
SECURITY, SUING, ENFORCING, EXPIRING = "PR-S", "PR-3L", "PR-10", "PR-7"

court = partial(limit, escalate=Role.SUPERVISOR)
ruling = partial(
    court, since=["received", "provide_security"], event=("收到申请（担保）", "request or security received")
)
in_hours = partial(ruling, hours=48, during=(*TO_RULE, *RULED), remind=(24, 6))
applicant = partial(limit, applicant=True)

LIMITS = (
    ruling("PR-1", days=5, during=TO_RULE, when=CALM, title=("裁定", "Rule"), basis="财产保全规定第4条"),
    in_hours("PR-2", when=URGENT, title=("裁定并立即执行（48小时）", "Rule and carry out (48 hours)"), basis="民事诉讼法第103条；财产保全规定第4条"),
    in_hours("PR-3", when=PRE, title=("裁定并立即执行（诉前48小时）", "Rule and carry out (48 hours, before action)"), basis="民事诉讼法第104条"),
    court("PR-1E", days=5, since=RULINGS, when=CALM, event=("裁定", "ruling"), title=("开始执行", "Begin to carry out"), basis="财产保全规定第4条"),
    applicant(SECURITY, days=field("security_days"), since="order_security", remind=1, title=("提供担保", "Provide security"), basis="民诉法解释第152条"),
    applicant(SUING, days=30, since="carry_out", during=IN_FORCE, start=field("carried_out_on"), when=PRE, remind=(10, 3),
              title=("起诉或申请仲裁", "Bring an action or arbitration"), basis="民事诉讼法第104条第3款"),
    applicant(ENFORCING, days=5, since="carry_out", during=IN_FORCE, start=field("perform_by"), when=field("stage") == rules.BEFORE_ENFORCEMENT, remind=2,
              title=("申请执行", "Ask for enforcement"), basis="民诉法解释第163条"),
    limit(EXPIRING, until=field("last_expiry"), since=["carry_out", "renew"], during=IN_FORCE, remind=(30, 7), title=("保全期限届满", "Preservation expires"),
          event=("最后一项保全的届满日", "the last expiry"), basis="民诉法解释第485条、第156条"),
    applicant("PR-8", days=7, before=True, roll=False, start=field("first_expiry"), since=["carry_out", "renew"], during=("CARRIED_OUT", "RENEWED"),
              remind=(30, 7, 1), event=("最早一项保全届满", "the first expiry"), title=("申请续行", "Ask for renewal"), basis="财产保全规定第18条"),
    court("PR-8R", until=field("first_expiry"), since="ask_renewal", remind=(5, 2), event=("最早一项保全的届满日", "the first expiry"),
          title=("办理续行", "Renew"), basis="民诉法解释第485条第2款"),
    court("PR-6", days=10, since="note_reconsideration", during=(*RULED, "REFUSED", *IN_FORCE, "LIFTED", "EXPIRED"), start=field("asked_on"),
          title=("复议审查", "Reconsider"), basis="民诉法解释第171条；财产保全规定第25条"),
    court("PR-9", days=5, since="ask_lifting", when=field("lifting_urgent") == False, title=("裁定是否解除", "Rule on lifting"), basis="财产保全规定第23条"),  # noqa: E712
    court("PR-9U", hours=48, since="ask_lifting", when=field("lifting_urgent") == True, title=("裁定是否解除（48小时）", "Rule on lifting (48 hours)"), basis="财产保全规定第23条"),  # noqa: E712
)  # fmt: skip
