"""The papers that come with an appeal (民事诉讼法第172、173条; 民诉法解释第88、136条)."""

from core import attachment, common, field

from .fields import APPELLANT, ORGANISED

PETITION = "petition"
FEE_RECEIPT = "fee_receipt"
EXTENSION = "extension_request"
BY_AGENT = field("has_appeal_power").filled()

ATTACHMENTS = (
    attachment(PETITION, "上诉状", "Petition of appeal", required=True),
    attachment("appellant_identity", "上诉人身份材料", "Appellant's identity document or business licence", required=True),
    attachment("legal_representative", "法定代表人身份证明书", "Certificate of the legal representative",
               required_when=field("parties").some(APPELLANT & ORGANISED)),
    attachment("power_of_attorney", "授权委托书（含上诉特别授权）", "Power of attorney with special authorisation to appeal", required_when=BY_AGENT),
    attachment("decision", "一审裁判文书", "Decision of first instance", required=True),
    attachment("proof_of_service", "送达证明", "Proof of service", required=True),
    attachment("posting_receipt", "邮寄凭证", "Proof of posting", required_when=field("lodging") == "post"),
    attachment("service_address", "送达地址确认书", "Confirmation of address for service", required_when=field("e_service_consent").filled()),
    attachment("new_evidence", "新证据", "New evidence", required_when=field("new_evidence") == True, maximum=200),  # noqa: E712 - == builds a condition
    attachment(FEE_RECEIPT, "上诉费缴费凭证", "Receipt for the appeal fee"),
    attachment("fee_relief", "缓减免申请及证明", "Application for fee relief, with proof", required_when=field("fee_relief").is_in(*common.RELIEF)),
    attachment(EXTENSION, "顺延期限申请及证明", "Request to extend the period, with proof"),
    attachment("other", "其他材料", "Other papers"),
)  # fmt: skip
