"""Steps of the applicant's and of the clock."""

from core import ApplicantStep, ClockStep, attachment

from . import forms, guards, notices
from .limits import ENFORCING, EXPIRING, SECURITY, SUING
from .states import IN_FORCE

PURSUED = ("CARRIED_OUT", "RENEWAL_ASKED", "RENEWED", "LIFTING_ASKED")

STEPS = (
    ApplicantStep("resubmit", "补充重交", "Complete and resubmit", "RETURNED", "SUBMITTED", resubmits=True, notice=notices.RESUBMITTED),
    ApplicantStep("withdraw", "撤回", "Withdraw", ["SUBMITTED", "RETURNED", "RECEIVED", "SECURITY_ORDERED"], "WITHDRAWN", notice=notices.WITHDRAWN),
    ApplicantStep("provide_security", "提供担保", "Provide security", "SECURITY_ORDERED", "RECEIVED", fields=forms.SecurityProvided,
                  attachments=[attachment("guarantee", "担保书、保证书、保函", "Security document", required=True)],
                  guard=guards.against_provided, notice=notices.PROVIDED,
                  example=lambda context: {"provided_amount": context.data.get("security_amount", "1.00")}),
    ApplicantStep("ask_renewal", "申请续行", "Ask for renewal", ["CARRIED_OUT", "RENEWED"], "RENEWAL_ASKED", fields=forms.RenewalAsked,
                  attachments=[attachment("renewal", "续行保全申请书", "Request to renew", required=True)], notice=notices.RENEWAL_ASKED),
    ApplicantStep("ask_lifting", "申请解除", "Ask for lifting", ["CARRIED_OUT", "RENEWED", "RENEWAL_ASKED"], "LIFTING_ASKED",
                  fields=forms.LiftingAsked, attachments=[attachment("lifting", "解除保全申请书", "Request to lift", required=True)],
                  notice=notices.LIFTING_ASKED),
    ClockStep("security_missed", "逾期未提供担保", "Security not provided in time", "SECURITY_ORDERED", "RECEIVED", limit=SECURITY, notice=notices.MISSED),
    ClockStep("not_sued", "逾期未起诉、仲裁", "Not sued in time", PURSUED, "LIFTING_DUE", limit=SUING, notice=notices.NOT_PURSUED),
    ClockStep("not_enforced", "逾期未申请执行", "Enforcement not asked for in time", PURSUED, "LIFTING_DUE", limit=ENFORCING, notice=notices.NOT_PURSUED),
    ClockStep("expire", "保全期限届满", "Preservation expired", IN_FORCE, "EXPIRED", limit=EXPIRING, meets=EXPIRING, notice=notices.EXPIRED),
)  # fmt: skip
