"""The gate: which modules are on in a court. And the hook call that honours it: filtered, isolated, traced."""

import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import click
import pluggy
import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.context import Context
from core.contributions import ApiRoute, Card, Desk, Job, bounded
from core.records.courts import ModuleSwitch
from core.store.prepared import PreparedRead
from core.traces import Call, Traces
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

T = TypeVar("T")
MOST_ROWS = 1000
"""So many rows of a queue may come from elsewhere."""
_SWITCHES = PreparedRead(
    sa.select(ModuleSwitch.module).where(
        ModuleSwitch.court_code == sa.bindparam("court"), ModuleSwitch.enabled.is_(True)
    ),
    common=True,
)


def enabled(connection: Connection, court: str) -> frozenset[str]:
    """Return the names of the modules that are on in ``court``. Everything that has to know asks here."""
    return frozenset(module for (module,) in _SWITCHES.all(connection, {"court": court}))


def anywhere(connection: Connection, module: str) -> list[str]:
    """Return the courts in which ``module`` is on."""
    on = (ModuleSwitch.module == module, ModuleSwitch.enabled.is_(True))
    return list(
        connection.scalars(sa.select(ModuleSwitch.court_code).where(*on).order_by(ModuleSwitch.court_code))
    )


def everywhere(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return of each module that is on somewhere in which courts."""
    found: dict[str, tuple[str, ...]] = {}
    pairs = sa.select(ModuleSwitch.module, ModuleSwitch.court_code).where(ModuleSwitch.enabled.is_(True))
    for module, court in connection.execute(pairs.order_by(ModuleSwitch.court_code)):
        found[module] = (*found.get(module, ()), court)
    return found


@frozen
class Answers:
    """What the modules answered, by their names in the order of the asking; and the names of those that failed."""

    good: Mapping[str, Any]
    failed: tuple[str, ...] = ()


class Hooks:
    """The hooks, typed; ``on`` is always the set of modules that are on in the court at hand."""

    def __init__(self, plugins: pluggy.PluginManager, traces: Traces | None = None) -> None:
        self._plugins = plugins
        self.traces = traces or Traces()

    @property
    def trace(self) -> tuple[Call, ...]:
        """The last calls, oldest first."""
        return self.traces.last

    def implements(self, hook: str) -> frozenset[str]:
        """Return the names of the modules that implement ``hook``."""
        return frozenset(impl.plugin_name for impl in getattr(self._plugins.hook, hook).get_hookimpls())

    def list_queue(self, on: Collection[str], query: QueueQuery, states: Collection[str] = ()) -> Answers:
        """Ask the module of ``query`` for its queue, whose requests stand in one of ``states``; without an answer of its own
        its declaration stands.
        """
        checked = partial(_queue_answer, query, states)
        return self._isolated("list_queue", {query.module} & set(on), checked, query=query)

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
        return next(iter(answers.good.values()), message)

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
        return self._isolated("pages", {module}, _PAGES)

    def jobs(self, module: str) -> tuple[Job, ...]:
        """Ask one module for its jobs."""
        return self._given("jobs", module, _JOBS)

    def routes(self, module: str) -> tuple[ApiRoute, ...]:
        """Ask one module for its calls of the API."""
        return self._given("routes", module, _ROUTES)

    def commands(self, module: str) -> tuple[click.Command, ...]:
        """Ask one module for its commands. A failure is the caller's, who asked for one of them."""
        return _COMMANDS(self._fatal("commands", {module}) or ())

    def cards(self, on: Collection[str], desks: Callable[[str], Desk]) -> Answers:
        """Ask the modules that are on for their cards; ``desks`` gives the desk with the settings of a module."""
        good: dict[str, Any] = {}
        failed: list[str] = []
        for module in sorted(self.implements("cards") & set(on)):
            answers = self._isolated("cards", {module}, _cards, desk=desks(module))
            good |= answers.good
            failed += answers.failed
        return Answers(good, tuple(failed))

    def ask(self, what: str, module: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function that ``module`` gave for ``what``. A failure is the caller's; SystemExit is a failure like others."""
        error, begun = "", time.perf_counter()
        try:
            return function(*arguments)
        except SystemExit as raised:
            error = self.traces.failed(what, module, raised)
            raise RuntimeError(f"module {module} tried to end the process in {what}") from raised
        except BaseException as raised:
            error = self.traces.failed(what, module, raised)
            raise
        finally:
            self.traces.note((what, module, (time.perf_counter() - begun) * 1000, error))

    def menu(self, on: Collection[str], court: str) -> tuple[MenuItem, ...]:
        """Return the further menu entries of the modules that are on."""
        answers = self._isolated("menu", on, _MENU, court=court)
        return tuple(chain.from_iterable(answers.good.values()))

    def _given(self, hook: str, module: str, shape: Callable[[Any], tuple[T, ...]]) -> tuple[T, ...]:
        given: tuple[T, ...] = self._isolated(hook, {module}, shape).good.get(module, ())
        return given

    def _isolated(
        self, hook: str, on: Collection[str], shape: Callable[[Any], Any], /, **arguments: Any
    ) -> Answers:
        good: dict[str, Any] = {}
        failed: list[str] = []
        clock, names, values = time.perf_counter, tuple(arguments), tuple(arguments.values())
        for impl in getattr(self._plugins.hook, hook).get_hookimpls():
            module = impl.plugin_name
            if module not in on:
                continue
            error, begun = "", clock()
            try:
                value = impl.function(*values if impl.argnames == names else _wanted(impl, arguments))
                if value is not None:
                    good[module] = shape(value)
            except (Exception, SystemExit) as raised:  # noqa: BLE001 - whatever a module raises fails alone
                failed.append(module)
                error = self.traces.failed(hook, module, raised)
            self.traces.note((hook, module, (clock() - begun) * 1000, error))
        return Answers(good, tuple(failed))

    def _fatal(self, hook: str, on: Collection[str], **arguments: Any) -> Any:
        for impl in getattr(self._plugins.hook, hook).get_hookimpls():
            if impl.plugin_name not in on:
                continue
            value = self.ask(hook, impl.plugin_name, impl.function, *_wanted(impl, arguments))
            if value is not None:
                return value
        return None


def _wanted(impl: pluggy.HookImpl, arguments: Mapping[str, Any]) -> list[Any]:
    return [arguments[name] for name in impl.argnames]


def _queue_answer(query: QueueQuery, states: Collection[str], value: Any) -> QueuePlan | QueueRows:
    if isinstance(value, QueuePlan):
        return value
    if not isinstance(value, QueueRows):
        raise TypeError(f"list_queue answers QueuePlan or QueueRows, not {type(value).__name__}")
    rows = _ROWS(value.rows)
    if len(rows) > MOST_ROWS:
        raise ValueError(
            f"list_queue answers {len(rows)} rows from elsewhere; at most {MOST_ROWS} stand in a queue"
        )
    for row in rows:
        if not row.href.startswith(f"/m/{query.module}/"):
            raise ValueError(f"{row.serial_no}: href {row.href!r} is no page of {query.module}'s own")
        if row.kind == query.kind and row.state not in states:
            raise ValueError(f"{row.serial_no}: {row.kind} has no state {row.state!r}")
    return QueueRows(rows)


def _message(value: Any) -> Message:
    if not isinstance(value, Message):
        raise TypeError(f"comment answers a Message, not {type(value).__name__}")
    return value


def _cards(value: Any) -> tuple[Card, ...]:
    return bounded(_CARDS(value))


def _all_of(kind: type[T]) -> Callable[[Any], tuple[T, ...]]:
    """Return what makes a tuple of an answer, and fails where something in it is of another kind."""

    def shape(value: Any) -> tuple[T, ...]:
        given = tuple(value)
        for one in given:
            if not isinstance(one, kind):
                raise TypeError(f"expected {kind.__name__}, not {type(one).__name__}")
        return given

    return shape


def _each_once(kind: type[T], name: Callable[[T], str]) -> Callable[[Any], tuple[T, ...]]:
    """Return the same for what has a name, which no two may share."""
    shape = _all_of(kind)

    def once(value: Any) -> tuple[T, ...]:
        given = shape(value)
        names = [name(one) for one in given]
        if twice := [one for one in names if names.count(one) > 1]:
            raise ValueError(f"{kind.__name__} {twice[0]} is given twice")
        return given

    return once


_PAGES, _MENU, _ROWS = _all_of(Page), _all_of(MenuItem), _all_of(QueueRow)
_CARDS, _COMMANDS = _all_of(Card), _all_of(click.Command)
_JOBS = _each_once(Job, lambda job: job.code)
_ROUTES = _each_once(ApiRoute, lambda route: f"{route.method} {route.path}")
