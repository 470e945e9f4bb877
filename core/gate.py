"""The gate: which modules are on in a court. And the hook call that honours it: filtered, isolated, traced."""

import time
from collections import deque
from collections.abc import Callable, Collection
from typing import Any

import pluggy
import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.context import Context
from core.records.courts import ModuleSwitch
from core.values import (
    Application,
    DecisionMade,
    MenuItem,
    Message,
    Notice,
    Operation,
    Outcome,
    Page,
    QueuePlan,
    QueueQuery,
    QueueRow,
    QueueRows,
    Receipt,
)

_SWITCHES = sa.select(ModuleSwitch.module).where(
    ModuleSwitch.court_code == sa.bindparam("court"), ModuleSwitch.enabled.is_(True)
)


def enabled(connection: Connection, court: str) -> frozenset[str]:
    """Return the names of the modules that are on in ``court``. Everything that has to know asks here."""
    return frozenset(connection.scalars(_SWITCHES, {"court": court}))


def anywhere(connection: Connection, module: str) -> list[str]:
    """Return the courts in which ``module`` is on."""
    on = (ModuleSwitch.module == module, ModuleSwitch.enabled.is_(True))
    return list(
        connection.scalars(sa.select(ModuleSwitch.court_code).where(*on).order_by(ModuleSwitch.court_code))
    )


@frozen
class Call:
    """One answered (or failed) hook call, for the trace."""

    hook: str
    module: str
    milliseconds: float
    error: str = ""


@frozen
class Answer:
    """What one module answered."""

    module: str
    value: Any


@frozen
class Answers:
    """What the modules answered, and the names of those that failed."""

    good: tuple[Answer, ...]
    failed: tuple[str, ...]


class Hooks:
    """The hooks, typed; ``on`` is always the set of modules that are on in the court at hand."""

    def __init__(self, plugins: pluggy.PluginManager) -> None:
        self._plugins = plugins
        self.trace: deque[Call] = deque(maxlen=500)

    def implements(self, hook: str) -> frozenset[str]:
        """Return the names of the modules that implement ``hook``."""
        return frozenset(impl.plugin_name for impl in getattr(self._plugins.hook, hook).get_hookimpls())

    def list_queue(self, on: Collection[str], query: QueueQuery) -> Answers:
        """Ask the module of ``query`` for its queue; without an answer of its own its declaration stands."""
        return self._isolated("list_queue", {query.module} & set(on), _queue_answer, query=query)

    def review(
        self,
        on: Collection[str],
        owner: str,
        application: Application,
        decision: DecisionMade,
        context: Context,
    ) -> Outcome:
        """Ask the owner what it adds to a decision. A failure is the caller's: it undoes the transaction."""
        answer = self._fatal(
            "review", {owner} & set(on), application=application, decision=decision, context=context
        )
        return answer if isinstance(answer, Outcome) else Outcome()

    def comment(self, on: Collection[str], owner: str, application: Application, message: Message) -> Message:
        """Ask the owner to accept a message; where it fails or is silent the message stands as it is."""
        answers = self._isolated(
            "comment", {owner} & set(on), _message, application=application, message=message
        )
        return next((one.value for one in answers.good), message)

    def notify(self, channel: str, notice: Notice, settings: Any) -> Receipt | None:
        """Have one channel carry a notice. A failure is the caller's: it is tried again."""
        answer = self._fatal("notify", {channel}, notice=notice, settings=settings)
        return answer if isinstance(answer, Receipt) else None

    def trial_system(self, adapter: str, operation: Operation, settings: Any, store: Any) -> Receipt | None:
        """Have the court's adapter carry out an operation. A failure is the caller's: it is tried again."""
        answer = self._fatal("trial_system", {adapter}, operation=operation, settings=settings, store=store)
        return answer if isinstance(answer, Receipt) else None

    def pages(self, module: str) -> Answers:
        """Ask one module for its pages."""
        return self._isolated("pages", {module}, _all_of(Page))

    def menu(self, on: Collection[str], court: str) -> tuple[MenuItem, ...]:
        """Return the further menu entries of the modules that are on."""
        answers = self._isolated("menu", on, _all_of(MenuItem), court=court)
        return tuple(item for one in answers.good for item in one.value)

    def _isolated(
        self, hook: str, on: Collection[str], shape: Callable[[Any], Any], /, **arguments: Any
    ) -> Answers:
        good, failed = [], []
        for impl in self._implementations(hook, on):
            try:
                value = self._call(hook, impl, arguments, shape)
            except (Exception, SystemExit):  # noqa: BLE001 - whatever a module raises fails alone
                failed.append(impl.plugin_name)
                continue
            if value is not None:
                good.append(Answer(impl.plugin_name, value))
        return Answers(tuple(good), tuple(failed))

    def _fatal(self, hook: str, on: Collection[str], **arguments: Any) -> Any:
        for impl in self._implementations(hook, on):
            try:
                value = self._call(hook, impl, arguments)
            except SystemExit as error:
                raise RuntimeError(f"module {impl.plugin_name} tried to end the process in {hook}") from error
            if value is not None:
                return value
        return None

    def _implementations(self, hook: str, on: Collection[str]) -> list[pluggy.HookImpl]:
        impls = getattr(self._plugins.hook, hook).get_hookimpls()
        return [impl for impl in impls if impl.plugin_name in on]

    def _call(
        self,
        hook: str,
        impl: pluggy.HookImpl,
        arguments: dict[str, Any],
        shape: Callable[[Any], Any] = lambda value: value,
    ) -> Any:
        started = time.perf_counter()
        error = ""
        try:
            value = impl.function(*[arguments[name] for name in impl.argnames])
            return None if value is None else shape(value)
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
            raise
        finally:
            took = (time.perf_counter() - started) * 1000
            self.trace.append(Call(hook, impl.plugin_name, took, error))


def _queue_answer(value: Any) -> QueuePlan | QueueRows:
    if isinstance(value, QueuePlan):
        return value
    if not isinstance(value, QueueRows):
        raise TypeError(f"list_queue answers QueuePlan or QueueRows, not {type(value).__name__}")
    return QueueRows(_all_of(QueueRow)(value.rows))


def _message(value: Any) -> Message:
    if not isinstance(value, Message):
        raise TypeError(f"comment answers a Message, not {type(value).__name__}")
    return value


def _all_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what makes a tuple of an answer, and fails where something in it is of another kind."""

    def shape(value: Any) -> tuple[Any, ...]:
        given = tuple(value)
        strange = [type(one).__name__ for one in given if not isinstance(one, kind)]
        if strange:
            raise TypeError(f"expected {kind.__name__}, not {strange[0]}")
        return given

    return shape
