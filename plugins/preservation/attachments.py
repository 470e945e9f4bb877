"""The papers that come with a request (财产保全规定第1、3、6至8条)."""

from core import attachment, field

from . import rules
from .fields import SECURED

STAGE = field("stage")

ATTACHMENTS = (
    attachment("application", "保全申请书", "Application", required=True),
    attachment("evidence", "证据材料", "Evidence", required=True, maximum=200),
    attachment("guarantee", "担保书、保证书、保函", "Security document", required_when=SECURED),
    attachment("complaint", "起诉状或受理案件通知书", "Complaint or notice of acceptance", required_when=STAGE == rules.IN_ACTION),
    attachment("identity", "主体身份材料", "Identity documents", required=True),
    attachment("authority", "授权委托手续", "Power of attorney and the agent's papers", required_when=field("agents").filled()),
    attachment("arbitration", "仲裁机构转交函、受理通知书", "Arbitration body's letter and notice of acceptance", required_when=STAGE == rules.ARBITRATION),
    attachment("judgment", "生效法律文书", "Binding judgment", required_when=STAGE == rules.BEFORE_ENFORCEMENT),
    attachment("assets", "财产信息、线索材料", "Papers on the assets"),
    attachment("other", "其他材料", "Other papers"),
)  # fmt: skip
