"""How long the court has to decide, how long an order holds, when its receipt has to be back.

No article of the whole country gives these figures; each court sets them (管理→设置), so the basis names its rule.
"""

from core import Role, field, limit

from .decisions import ISSUING

DECIDING, VALIDITY, RETURNING = "DC-1", "DC-2", "DC-3"
BASIS = "民事诉讼法第67条第二款；民诉法解释第94条；本院调查令规则"

LIMITS = (
    limit(DECIDING, days=field("settings.decision_days"), since="received", during=["SUBMITTED", "RECEIVED", "AWAITING_APPROVAL"],
          title=("决定是否签发", "Decide on the order"), basis=BASIS, remind=1, escalate=Role.SUPERVISOR),
    limit(VALIDITY, days=field("validity_days"), roll=False, since=ISSUING, applicant=True, remind=3,
          title=("调查令有效期", "Validity of the order"), basis=BASIS, event=("签发", "Issued")),
    limit(RETURNING, days=field("settings.return_days"), start=field("valid_until"), since="expire", applicant=True, remind=1,
          title=("缴回证据和回执", "Return evidence and receipt"), basis=BASIS, event=("期满", "Expired")),
)  # fmt: skip
