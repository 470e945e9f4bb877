"""The papers of docketing (登记立案规定第2、7条；民事诉讼法第69、129条；诉讼费用交纳办法第22条), and a court's words in them."""

from core import Paper, field, request_fields, text

PAPERS = (
    Paper("receipt", ("收到材料凭证", "Receipt for materials"), "receipt.md"),
    Paper("correction", ("补正通知书", "Notice of correction"), "correction.md"),
    Paper("acceptance", ("受理案件通知书", "Notice of acceptance"), "acceptance.md"),
    Paper(
        "fee_notice", ("交纳诉讼费用通知书", "Notice of fees"), "fee_notice.md",
        when=field("fee_due") == True,  # noqa: E712 - == builds a condition
    ),
)  # fmt: skip


@request_fields
class Settings:
    """What a court says in its papers."""

    fee_account: str | None = text(
        "缴费账户与方式", "Where fees are paid", max_length=500,
        help=("写在交纳诉讼费用通知书中，写成完整的句子。", "Stands in the notice of fees; write whole sentences."),
    )  # fmt: skip
