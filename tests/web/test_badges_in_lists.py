"""A value of a choice may have a colour in lists; everything else is plain text."""

from core.fields.declare import choice, request_fields, text
from core.fields.spec import specs_of
from core.module import RequestType
from core.transitions import State
from core.values import Actor, QueueRow
from core.web.rows import row_of
from tests.support.houses import COURT, START


@request_fields
class Parcel:
    standing: str = choice("期内否", "In time", {"good": ("期内", "In time"), "late": ("逾期", "Late")}, tones={"late": "alarm"}, column=True)  # fmt: skip
    name: str = text("名称", "Name", column=True)


FLOW = RequestType(
    kind="parcel", title=("包裹", "Parcel"), fields=Parcel, states=[State("NEW", "待处理", "To do")]
)


def cells(**held: str) -> tuple[tuple[str, str], ...]:
    row = QueueRow("PA1", "parcel", "parcel", "NEW", "甲某某", None, START, None, held, {})
    return row_of(row, FLOW, list(specs_of(Parcel).values()), Actor(court=COURT), START, 3, "zh").cells


def test_only_the_values_that_were_given_a_tone_have_a_badge():
    assert cells(standing="late", name="late") == (("逾期", "alarm"), ("late", ""))
    assert cells(standing="good", name="示例") == (("期内", ""), ("示例", ""))
    assert cells() == (("—", ""), ("—", ""))
