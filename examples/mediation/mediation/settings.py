"""What each court sets for itself."""

from core import request_fields, text, whole

PHRASES = """经审查，本纠纷适宜调解，双方当事人均同意调解，委派特邀调解员调解。
对方当事人不同意诉前调解，依照《特邀调解规定》第十一条退回申请，可依法向本院起诉。
双方当事人分歧较大，无法达成调解协议，依照《特邀调解规定》第二十六条终止调解。
当事人表示不再主张权利，本次诉前调解终结。"""


@request_fields
class Settings:
    """The two periods that no article gives, and standard opinions."""

    decide_days: int = whole(
        "处理调解申请的期限（工作日）", "Time to decide (working days)", minimum=1, maximum=5, default=3
    )
    pass_on_days: int = whole(
        "移送立案的期限（工作日）", "Time to pass on (working days)", minimum=1, maximum=5, default=2
    )
    phrases: str | None = text(
        "常用意见（一行一条）", "Standard opinions (one a line)", max_length=2000, default=PHRASES
    )
