"""The switch of a module in a court: written once, honoured by every worker from the next request."""

from collections.abc import Iterable
from itertools import islice

from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.problem import Reason, Refused
from core.gate import enabled, everywhere
from core.loader import Step
from core.records import ModuleSwitch
from core.store.upsert import upsert
from core.traces import Failure
from core.values import Actor
from core.work.cures import CURES, cure_of
from core.work.house import House
from core.work.migrate import module_track
from core.work.transaction import Transaction

FAILURES = 3
"""So many of a module's failures are shown with it; the trace has more."""


@frozen
class ModuleStatus:
    """A module as administrators see it."""

    name: str
    title_zh: str
    title_en: str
    version: str
    origin: str
    step: str
    error: str
    enabled: bool
    pending: bool
    needed_by: tuple[str, ...]
    required: bool
    restricted: bool
    courts: tuple[str, ...] = ()
    """In which courts of the installation it is on."""
    cure: str = ""
    """What to do about one that did not load."""
    failures: tuple[Failure, ...] = ()
    """Its newest failures while it ran (see ``core.traces``)."""


def enable(house: House, actor: Actor, name: str) -> None:
    """Switch a module on in the actor's court.

    Raises:
        Refused: it does not work, needs others that are off, or has migrations pending; each with the cure.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        module = house.modules.module(name)
        if module is None:
            raise _unknown(house, name)
        if module_track(house.modules.ready[name]).pending(connection):
            raise _refused("pending_migration", f"模块“{module.title.zh}”有未执行的迁移，请先运行：benchside migrate", f"{name} has migrations pending; run first: benchside migrate")  # fmt: skip
        missing = [other for other in module.requires if other not in tx.on]
        if missing:
            listed = "、".join(missing)
            raise _refused(
                "requires",
                f"请先启用它依赖的模块：{listed}。",
                f"Enable first what it needs: {', '.join(missing)}.",
            )
        _only_one_trial_system(tx, name)
        _write(tx, name, enabled=True)

    house.store.write(work)


def disable(house: House, actor: Actor, name: str) -> None:
    """Switch a module off in the actor's court; nothing of it is lost. Works also for one that failed to load.

    Raises:
        Refused: it is required, or others that are on need it (named).
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        if name not in house.modules.all and name not in tx.on:
            raise _unknown(house, name)
        module = house.modules.module(name)
        if module is not None and module.required:
            raise _refused(
                "required",
                f"模块“{module.title.zh}”是必需的，不能停用。",
                f"{name} is required and stays on.",
            )
        needing = [other for other in house.modules.needed_by(name) if other in tx.on]
        if needing:
            raise _refused("needed", f"下列模块依赖它，请先停用：{'、'.join(needing)}。", f"These need it; switch them off first: {', '.join(needing)}.")  # fmt: skip
        _write(tx, name, enabled=False)

    house.store.write(work)


def module_states(house: House, court: str) -> list[ModuleStatus]:
    """Return every module that was found, with its status in ``court``; at the end those on but no longer here."""
    with house.store.read() as connection:
        on, where = enabled(connection, court), everywhere(connection)
        waiting = {name for name, one in house.modules.ready.items() if module_track(one).pending(connection)}
    failures = house.hooks.traces.failures()
    states = []
    for name, one in sorted(
        house.modules.all.items(), key=lambda pair: (pair[1].module.order if pair[1].module else 999, pair[0])
    ):
        module = one.module
        states.append(
            ModuleStatus(
                name, module.title.zh if module else name, module.title.en if module else name,
                module.version if module else "", one.source.origin, one.step.value, one.error, name in on,
                name in waiting, tuple(house.modules.needed_by(name)), bool(module and module.required),
                bool(module and module.restricted), where.get(name, ()), cure_of(one), _newest(failures, name),
            )
        )  # fmt: skip
    gone = "its files are not there (any more)"
    states += [
        ModuleStatus(name, name, name, "", "", "find", gone, enabled=True, pending=False, needed_by=(), required=False, restricted=False, courts=where.get(name, ()), cure=CURES[Step.FIND])
        for name in sorted(on - set(house.modules.all))
    ]  # fmt: skip
    return states


def _newest(failures: Iterable[Failure], name: str) -> tuple[Failure, ...]:
    return tuple(islice((one for one in failures if one.module == name), FAILURES))


def _only_one_trial_system(tx: Transaction, name: str) -> None:
    """Refuse a second adapter: two systems would both give out case numbers."""
    adapters = tx.house.hooks.implements("trial_system")
    others = sorted((adapters & tx.on) - {name})
    if name in adapters and others:
        raise _refused("two_trial_systems", f"本院已启用审判系统接口“{others[0]}”，请先停用。", f"{others[0]} is the court's trial system already; switch it off first.")  # fmt: skip


def _write(tx: Transaction, name: str, *, enabled: bool) -> None:
    content = {"enabled": enabled, "changed_at": tx.at, "changed_by": tx.actor.name}
    upsert(tx.connection, ModuleSwitch, {"court_code": tx.court, "module": name}, content, content)
    tx.audit("module.enable" if enabled else "module.disable", name)


def _unknown(house: House, name: str) -> Refused:
    failed = house.modules.all.get(name)
    if failed is not None:
        return _refused(
            "failed",
            f"模块“{name}”加载失败（{failed.step}）：{failed.error}",
            f"{name} failed to load ({failed.step}): {failed.error}",
        )
    known = "、".join(sorted(house.modules.ready))
    return Refused(Reason.NOT_FOUND, "unknown_module", (f"没有模块“{name}”；已安装：{known}。", f"There is no module {name}; installed: {known}."))  # fmt: skip


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused(Reason.CONFLICT, code, (zh, en))
