"""Delivery: what was committed to the outbox leaves, at least once, until it is done or a person must look.

A claim is a lease: whoever dies in the middle leaves a row that comes up again when the lease runs out.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection
from sqlalchemy.orm import aliased

from core.gate import enabled
from core.metrics.counted import DELIVERY_FAILURES
from core.outgoing import Unreachable
from core.records import Delivery, ModuleSwitch
from core.values import Notice, Operation, Receipt
from core.work.house import House
from core.work.receipts import apply_receipt
from core.work.registers import settings_for

_BATCH = 20
LONGEST_PAUSE = timedelta(minutes=5)
_HANGS = 0.5
"""Seconds after which a failed attempt counts as waited for in vain."""
NO_ADAPTER = "本院没有启用审判系统接口，请管理员在模块管理中启用。"


@frozen
class Claimed:
    """One delivery that is ours for the length of the lease."""

    id: int
    key: str
    court: str
    application_id: int | None
    hook: str
    channel: str
    payload: Any
    attempts: int


def deliver_due(house: House, stopping: Callable[[], bool] = bool) -> int:
    """Deliver what is due, one after the other; return how many were looked at.

    Those that are left when it is ``stopping`` are put back. (Nobody asks to stop: ``bool()`` is False.)

    Where one was waited for in vain, the others of the same court and channel are put off and not tried: a gateway that
    hangs takes one time-out a round, and holds up neither other channels, nor other courts, nor the clock.
    """
    claimed = claim(house)
    hanging: set[tuple[str, str, str]] = set()
    for one in claimed:
        road = (one.court, one.hook, one.channel)
        if road in hanging or stopping():
            _again(house, one, "")
            continue
        begun = time.monotonic()
        if not _attempt(house, one) and time.monotonic() - begun > _HANGS:
            hanging.add(road)
    return len(claimed)


def not_held(deliveries: sa.Select[Any]) -> sa.Select[Any]:
    """Leave out what belongs to a module, or goes through a channel, that is off."""
    switch, channel = aliased(ModuleSwitch), aliased(ModuleSwitch)
    return (
        deliveries.outerjoin(
            switch, (switch.court_code == Delivery.court_code) & (switch.module == Delivery.module)
        )
        .outerjoin(
            channel, (channel.court_code == Delivery.court_code) & (channel.module == Delivery.channel)
        )
        .where(
            (Delivery.module == "") | switch.enabled.is_(True),
            (Delivery.channel == "") | channel.enabled.is_(True),
        )
    )


def claim(house: House) -> list[Claimed]:
    """Take a lease on what is due. What belongs to a module that is off is held, not dropped."""

    def work(connection: Connection) -> list[Claimed]:
        now = house.clock()
        waiting = not_held(sa.select(Delivery.__table__).where(Delivery.status == "waiting"))
        due = waiting.where(Delivery.next_at <= now).order_by(Delivery.next_at).limit(_BATCH)
        if connection.dialect.name == "postgresql":
            due = due.with_for_update(of=Delivery, skip_locked=True)
        rows = connection.execute(due).all()
        if rows:
            lease = now + timedelta(seconds=house.settings.delivery_lease_seconds)
            keys = [row.id for row in rows]
            connection.execute(
                sa.update(Delivery)
                .where(Delivery.id.in_(keys))
                .values(next_at=lease, attempts=Delivery.attempts + 1)
            )
        return [
            Claimed(
                row.id,
                row.key,
                row.court_code,
                row.application_id,
                row.hook,
                row.channel,
                row.payload,
                row.attempts + 1,
            )
            for row in rows
        ]

    return house.store.write(work)


def _attempt(house: House, one: Claimed) -> bool:
    """Try once, and keep what came of it; tell whether there was an answer."""
    try:
        receipt = _send(house, one)
    except Exception as error:  # noqa: BLE001 - whatever a channel raises is a failed attempt, tried again
        DELIVERY_FAILURES.add(one.hook)
        most = house.settings.delivery_attempts
        if isinstance(error, Unreachable):
            most = house.settings.unreachable_attempts
        _again(house, one, f"{type(error).__name__}: {error}"[:500], most=most)
        return False
    if not receipt.pending and not receipt.done:
        DELIVERY_FAILURES.add(one.hook)
    if receipt.pending:
        _again(house, one, "")
    elif one.application_id is not None and one.hook == "trial_system":
        apply_receipt(house, one.application_id, one.id, one.payload["name"], receipt)
    elif receipt.done:
        _close(house, one, "done", reference=receipt.reference)
    else:
        _close(house, one, "given_up", error=receipt.reason)
    return True


def _send(house: House, one: Claimed) -> Receipt:
    if one.hook == "notify":
        notice = Notice(key=one.key, court=one.court, **one.payload)
        receipt = house.hooks.notify(one.channel, notice, module_settings(house, one.court, one.channel))
    else:
        adapter = trial_adapter(house, one.court)
        if adapter is None:
            raise LookupError(NO_ADAPTER)
        operation = Operation(
            one.payload["name"],
            one.key,
            one.court,
            one.payload["serial_no"],
            one.payload["payload"],
            house.clock(),
        )
        settings = module_settings(house, one.court, adapter)
        receipt = house.hooks.trial_system(adapter, operation, settings, house.store)
    if receipt is None:
        raise LookupError("the module gave no receipt")
    return receipt


def trial_adapter(house: House, court: str) -> str | None:
    """Return the name of the trial-system adapter that is on in ``court``; of several the first by name."""
    with house.store.read() as connection:
        on = enabled(connection, court)
    return next(iter(sorted(house.hooks.implements("trial_system") & on)), None)


def module_settings(house: House, court: str, name: str) -> Any:
    """Return the typed settings of module ``name`` in ``court``, or None where it declares none."""
    module = house.modules.module(name)
    if module is None or module.settings is None:
        return None
    with house.store.read() as connection:
        return settings_for(connection, court, name, module.settings)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after the ``attempts``-th failed attempt: 2, 4, 8 … seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_PAUSE)


def _again(house: House, one: Claimed, error: str, *, most: int | None = None) -> None:
    """Try again later; after ``most`` failed attempts an operation fails by its own step, a notice waits for a person.

    Without ``most`` nothing failed, as where an answer was promised, and the attempt does not count.
    """
    if most is not None and one.attempts >= most:
        if one.application_id is not None and one.hook == "trial_system":
            apply_receipt(
                house, one.application_id, one.id, one.payload["name"], Receipt(reason=error), unanswered=True
            )
        else:
            _close(house, one, "given_up", error=error)
        return

    def work(connection: Connection) -> None:
        attempts = one.attempts - 1 if most is None else one.attempts
        connection.execute(
            sa.update(Delivery)
            .where(Delivery.id == one.id, Delivery.status == "waiting")
            .values(next_at=house.clock() + pause(max(attempts, 1)), attempts=attempts, error=error)
        )

    house.store.write(work)


def _close(house: House, one: Claimed, status: str, *, reference: str = "", error: str = "") -> None:
    def work(connection: Connection) -> None:
        connection.execute(
            sa.update(Delivery)
            .where(Delivery.id == one.id, Delivery.status == "waiting")
            .values(status=status, reference=reference, error=error, done_at=house.clock())
        )

    house.store.write(work)
