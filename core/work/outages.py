"""What is said while the database is away or a disk is full."""

from collections.abc import Mapping

from attrs import frozen

from core.fields.label import Label
from core.request import TooSlow
from core.store.faults import Fault, fault_of


@frozen
class Outage:
    """The status, a code, and a plain sentence; ``seconds`` later it may be tried again."""

    status: int
    code: str
    told: Label
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """What the answer's head says."""
        return {"Retry-After": str(self.seconds)}


_OUTAGES: Mapping[Fault, Outage] = {
    Fault.AWAY: Outage(503, "database_away", Label("数据库暂时连不上，此次操作没有确认成功，请稍后重试；已受理的内容不会丢失。", "The database cannot be reached just now, and this was not confirmed. Please try again shortly; nothing that was accepted is lost."), 5),
    Fault.FULL: Outage(507, "disk_full", Label("服务器存储空间已满，没有保存，请稍后重试；已受理的内容不会丢失。", "The server has no room left and nothing was saved. Please try again later; nothing that was accepted is lost."), 60),
}  # fmt: skip


_TOO_SLOW = Outage(408, "too_slow", Label("内容没有在限定时间内传完，没有保存，请检查网络后重试。", "What was sent did not arrive in time, and nothing was saved. Check the network and try again."), 5)  # fmt: skip


def outage_of(error: BaseException) -> Outage | None:
    """Return what to say of ``error`` where it tells of an outage, be it of the client's network, else None."""
    if isinstance(error, TooSlow):
        return _TOO_SLOW
    fault = fault_of(error)
    return _OUTAGES[fault] if fault else None
