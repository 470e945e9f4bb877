"""The papers that come with a request (最高人民法院关于人民法院登记立案若干问题的规定第6条; 民诉法解释第88条)."""

from core import attachment, common, field

PARTIES, AGENTS = field("parties"), field("agents")

ATTACHMENTS = (
    attachment("complaint", "起诉状（自诉状、申请书）", "Complaint or application", required=True),
    attachment("plaintiff_identity", "原告身份证明、营业执照", "Plaintiff's identity document or business licence", required=True),
    attachment("legal_representative", "法定代表人身份证明书", "Certificate of the legal representative",
               required_when=PARTIES.some((field("role") == "plaintiff") & field("kind").is_in("legal", "organisation"))),
    attachment("power_of_attorney", "授权委托书", "Power of attorney", required_when=AGENTS.filled()),
    attachment("agent_identity", "代理人身份证明", "Agent's identity document or licence", required_when=AGENTS.filled()),
    attachment("law_firm_letter", "律师事务所函、法律服务所函", "Letter of the firm",
               required_when=AGENTS.some(field("kind").is_in("lawyer", "legal_aid", "legal_worker"))),
    attachment("defendant_identity", "被告身份信息材料", "What identifies the defendant",
               required_when=PARTIES.some(field("role") == "defendant")),
    attachment("evidence", "证据", "Evidence", required=True, maximum=200),
    attachment("evidence_list", "证据目录", "List of evidence"),
    attachment("service_address", "送达地址确认书", "Confirmation of address for service", required=True),
    attachment("fee_relief", "缓减免申请及证明", "Application for fee relief, with proof",
               required_when=field("fee_relief").is_in(*common.RELIEF)),
    attachment("other", "其他材料", "Other papers"),
)  # fmt: skip
