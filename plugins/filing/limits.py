"""Time limits of docketing, one rule for every figure of the law.

F-1, F-2, F-3, F-4 and F-7 share the types of filing among them: exactly one of them counts for any request. They run
until the case is docketed, not only until it is approved, for the law gives the time for docketing. F-6 (correction:
the time begins anew on the day after the corrected papers arrive, 民诉法解释第126、208条) is no rule of its own: a
resubmission is received like a submission and starts the same rule again. F-5 (in doubt: docket first,
登记立案规定第8条末款) has no length; ``hints`` says it when the time is over.
"""

from core import field, limit

from .fields import FEES
from .kinds import types_served, types_under
from .states import EVERY_STATE, OPEN_STATES

ORDINARY = field("filing_type").is_in(*types_under("F-1"))
PASSED_DOWN = field("transferred") == True  # noqa: E712 - == builds a condition
PREPAID = field("fee_category").is_in(*[name for name in FEES if name != "enforcement"])
"""Enforcement is paid for afterwards (诉讼费用交纳办法第20条)."""
DECIDING = ("F-1", "F-2", "F-3", "F-4", "F-7")
CORRECTION = "F-C"

LIMITS = (
    limit("F-1", days=7, since="received", during=OPEN_STATES, when=ORDINARY & field("transferred").is_in(False, None),
          title=("决定是否立案", "Decide on docketing"), basis="民事诉讼法第126条；登记立案规定第8条(一)、第18条；民诉法解释第125、126条"),
    limit("F-2", days=15, since="received", during=OPEN_STATES, when=field("filing_type").is_in(*types_under("F-2")),
          title=("决定是否立案（刑事自诉）", "Decide on docketing (private prosecution)"), basis="登记立案规定第8条(二)"),
    limit("F-3", days=30, since="received", during=OPEN_STATES, when=field("filing_type").is_in(*types_under("F-3")),
          title=("决定是否立案（第三人撤销之诉）", "Decide on docketing (third-party revocation)"), basis="登记立案规定第8条(三)"),
    limit("F-4", days=15, since="received", during=OPEN_STATES, when=field("filing_type").is_in(*types_under("F-4")),
          title=("决定是否立案（执行异议之诉）", "Decide on docketing (objection to enforcement)"), basis="登记立案规定第8条(四)"),
    limit("F-7", days=7, since="received", during=OPEN_STATES, when=ORDINARY & PASSED_DOWN,
          title=("决定是否立案（上级转交）", "Decide on docketing (passed down)"), basis="民诉法解释第126条"),
    limit(CORRECTION, days=field("correction_days"), since="return_for_correction", applicant=True,
          title=("补正期限", "Time for correction"), basis="登记立案规定第7条；人民法院在线诉讼规则第9条(二)"),
    limit("F-8", days=7, since="docketed", applicant=True, when=PREPAID,
          title=("预交案件受理费", "Prepay the acceptance fee"), basis="诉讼费用交纳办法第22条；民诉法解释第213条"),
    limit("F-9", days=5, since="docketed", when=field("filing_type").is_in(*types_served()),
          title=("向被告发送起诉状副本", "Send the complaint to the defendant"), basis="民事诉讼法第128条"),
    limit("F-10", days=3, since="docketed",
          title=("移送审判庭", "Pass on to the division"), basis="严格执行案件审理期限制度的若干规定（法释〔2000〕29号）第7条"),
    limit("F-11", days=15, since="message", during=EVERY_STATE,
          title=("答复立案投诉", "Answer a complaint about docketing"), basis="登记立案规定第13条"),
    limit("F-12", days=30, since="refer_to_mediation", start=field("signed_on"), during="SUBMITTED",
          title=("诉前委派调解", "Pre-action mediation"), basis="民事诉讼法第125条；特邀调解规定第27条"),
)  # fmt: skip
