"""What a module may know around one request, read from the transaction when it is asked for."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import define, evolve

from core.appointment import Engagement
from core.attributes import once
from core.context import Case, Context, Hearing
from core.fields.bind import field_to_json, to_json
from core.fields.spec import specs_of
from core.law.calendar import CourtCalendar
from core.law.period_words import Unit
from core.law.periods import Deadline, deadline
from core.module import Flow
from core.records import ApplicationRow
from core.transitions import Transition
from core.values import Application, Submitter
from core.work.agenda import engagements
from core.work.case_facts import case_of
from core.work.hearing_facts import USUAL, Slot, clashing, slot_of
from core.work.registers import settings_for
from core.work.snapshots import by_id
from core.work.transaction import Transaction


@define(slots=False, kw_only=True)
class Around:
    """The Context of one request in the transaction at hand."""

    tx: Transaction
    module: str
    submitter: Submitter
    submitted_at: datetime
    case_id: int | None
    data: Mapping[str, Any] = {}
    request: int | None = None
    state: str = ""

    @property
    def court(self) -> str:
        return self.tx.court

    @property
    def court_name(self) -> str:
        return self.tx.court_name

    @property
    def now(self) -> datetime:
        return self.tx.at

    @property
    def today(self) -> date:
        return self.tx.today

    @property
    def calendar(self) -> CourtCalendar:
        return self.tx.calendar

    @once
    def settings(self) -> Any:
        module = self.tx.house.modules.module(self.module)
        if module is None or module.settings is None:
            return None
        held = self.tx.settings.get(self.module)
        if held is None:
            held = settings_for(self.tx.connection, self.court, self.module, module.settings)
            self.tx.settings[self.module] = held
        return held

    @once
    def case(self) -> Case | None:
        return case_of(self.tx.connection, self.case_id) if self.case_id is not None else None

    def deadline(
        self, start: date, length: int, unit: Unit, *, before: bool = False, roll: bool = True
    ) -> Deadline:
        return deadline(start, length, unit, self.calendar, before=before, roll=roll)

    def earlier(self, kind: str) -> tuple[Application, ...]:
        if self.case_id is None:
            return ()
        keys = self.tx.connection.scalars(
            sa.select(ApplicationRow.id)
            .where(
                ApplicationRow.case_id == self.case_id,
                ApplicationRow.kind == kind,
                ApplicationRow.id != (self.request or 0),
            )
            .order_by(ApplicationRow.id)
        ).all()
        return tuple(by_id(self.tx.connection, self.tx.house.modules, key) for key in keys)

    def clashes(
        self,
        starts_at: datetime,
        courtroom: str | None = None,
        judge: int | None = None,
        *,
        besides: Hearing | None = None,
    ) -> tuple[Hearing, ...]:
        ends_at = starts_at + USUAL if besides is None else slot_of(besides).at(starts_at).ends_at
        slot = Slot(starts_at=starts_at, ends_at=ends_at, courtroom=courtroom or "", judge=judge)
        return clashing(self.tx.connection, self.court, slot, besides=besides.id if besides else None)

    def engagements(self, judge: int, starts_at: datetime, ends_at: datetime) -> tuple[Engagement, ...]:
        tx = self.tx
        held = engagements(tx.connection, tx.house.modules, tx.actor, [judge], starts_at, ends_at, tx.on)
        return tuple(one for one in held if one.request is None or one.request != self.request)

    def with_data(self, data: Mapping[str, Any]) -> "Around":
        """Return the same context with what a step has just filled in."""
        return evolve(self, data=data)


def around(tx: Transaction, flow: Flow, application: Application) -> Around:
    """Return the context of ``application``."""
    return Around(
        tx=tx, module=tx.house.modules.owner[flow.kind], submitter=application.submitter,
        submitted_at=application.submitted_at, case_id=application.case_id, data=application.data, request=application.id, state=application.state,
    )  # fmt: skip


def exists(step: Transition, application: Application, context: Context) -> bool:
    """Tell whether there is such a step for this request now (``Transition.when``)."""
    return step.when is None or step.when.holds(values_of(application, context))


class Known(Mapping[str, Any]):
    """What conditions on a request are asked of: its fields, what steps filled in, the court's settings.

    Each is turned, and the settings are read, when somebody asks for it: most conditions ask for one or two.
    """

    def __init__(self, application: Application, context: Context) -> None:
        self._fields = application.fields
        self._specs = specs_of(type(application.fields))
        self._context = context

    @once
    def _settings(self) -> dict[str, Any]:
        held = self._context.settings
        return {f"settings.{name}": one for name, one in to_json(held).items()} if held is not None else {}

    def __getitem__(self, name: str) -> Any:
        if name.startswith("settings."):
            return self._settings[name]
        data = self._context.data
        if name in data:
            return data[name]
        held = getattr(self._fields, name) if name in self._specs else None
        if held is None:
            raise KeyError(name)
        return field_to_json(self._specs[name], held)

    def __iter__(self) -> Iterator[str]:
        fields = (name for name in self._specs if getattr(self._fields, name) is not None)
        return iter(dict.fromkeys([*fields, *self._context.data, *self._settings]))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def values_of(application: Application, context: Context) -> Mapping[str, Any]:
    """Return what conditions on a request are asked of."""
    return Known(application, context)
