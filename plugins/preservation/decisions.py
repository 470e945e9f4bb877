"""What the court decides and registers."""

from core import Decision, Role, field

from . import forms, guards, notices, proposals
from .limits import ENFORCING, SUING
from .rules import BEFORE_ENFORCEMENT, PRE_ACTION
from .states import IN_FORCE, RULED

REGISTERING = {Role.HANDLING_JUDGE, Role.CENTRE_REVIEWER, Role.CLERK}
DISPUTABLE = (*RULED, "REFUSED", *IN_FORCE)

DECISIONS = (
    Decision("receive", "接收", "Take up", "SUBMITTED", "RECEIVED", opinion=True, private=True, issues="receipt", notice=notices.RECEIVED),
    Decision("return", "退回", "Return", "SUBMITTED", "RETURNED", opinion=True, fields=forms.Return, notice=notices.RETURNED),
    Decision("grant", "准许", "Grant", "RECEIVED", "GRANTED", opinion=True, private=True, fields=forms.Ruling, prefill=proposals.ruling,
             guard=guards.against_grant, notice=notices.GRANTED),
    Decision("partly_grant", "部分准许", "Grant in part", "RECEIVED", "PARTLY_GRANTED", opinion=True, private=True, fields=forms.Ruling,
             prefill=proposals.ruling, guard=guards.against_part, notice=notices.PARTLY),
    Decision("order_security", "责令提供担保", "Order security", "RECEIVED", "SECURITY_ORDERED", opinion=True, fields=forms.SecurityOrder,
             prefill=proposals.security, guard=guards.against_order, issues="security_order", notice=notices.SECURITY),
    Decision("refuse", "裁定驳回", "Refuse", "RECEIVED", "REFUSED", opinion=True, private=True, fields=forms.Refusal, notice=notices.REFUSED, confirm=("确定裁定驳回？", "Refuse it by ruling?")),
    Decision("carry_out", "登记实施", "Register what was carried out", RULED, "CARRIED_OUT", direct=True, fields=forms.CarriedOut,
             prefill=proposals.carried_out, guard=guards.against_carried_out, roles=REGISTERING, issues="statement",
             notice=notices.CARRIED_OUT, confirm=("登记后，对方当事人可以查知此项保全。确定已实施？", "From now on the other side may learn of it. Was it carried out?")),
    Decision("register_proceedings", "登记已起诉（仲裁、执行）", "Register the proceedings", ["CARRIED_OUT", "LIFTING_DUE"], "CARRIED_OUT", direct=True,
             fields=forms.Proceedings, roles=REGISTERING, meets=[SUING, ENFORCING],
             when=field("stage").is_in(PRE_ACTION, BEFORE_ENFORCEMENT), notice=notices.PROCEEDINGS),
    Decision("renew", "续行", "Renew", ["CARRIED_OUT", "RENEWED", "RENEWAL_ASKED"], "RENEWED", direct=True, fields=forms.Renewal,
             prefill=proposals.renewal, guard=guards.against_renewal, issues="statement", notice=notices.RENEWED),
    Decision("decline", "不予准许，维持保全", "Decline, keep as it is", ["RENEWAL_ASKED", "LIFTING_ASKED"], "CARRIED_OUT", direct=True,
             opinion=True, notice=notices.DECLINED),
    Decision("lift", "解除保全", "Lift", IN_FORCE, "LIFTED", direct=True, fields=forms.Lifting, guard=guards.against_lifting,
             notice=notices.LIFTED, confirm=("确定解除保全？", "Lift the preservation?")),
    Decision("note_reconsideration", "登记复议申请", "Register a request to reconsider", DISPUTABLE, None, direct=True, fields=forms.Reconsideration,
             guard=guards.against_reconsideration, roles=REGISTERING, notice=notices.RECONSIDERATION),
    Decision("reconsidered", "登记复议结果", "Register the reconsideration", DISPUTABLE, None, direct=True, fields=forms.Reconsidered,
             when=field("asked_by").filled(), meets="PR-6", notice=notices.RECONSIDERED),
)  # fmt: skip
