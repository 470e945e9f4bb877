"""One request: its facts, papers, history, messages and time limits."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from core.fields.bind import bind
from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.lookups import NoRegisters
from core.fields.spec import FieldSpec, specs_of
from core.module import Decision, Flow
from core.values import AttachedFile
from core.web.answer import Answer
from core.web.menu import tone_of
from core.web.render import shown
from core.web.rows import is_simple
from core.web.visit import Visit
from core.work.assign import assignable, may_assign
from core.work.detail import Detail, Event, read_detail
from core.work.times import court_day

SHORT = 40
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@frozen
class Fact:
    """One field and its value."""

    label: Label
    text: str
    wide: bool


@frozen
class Table:
    """A group: a table of its items."""

    label: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Folder:
    """The files of one category, of the newest revision that has any; older ones apart."""

    label: Label
    files: tuple[AttachedFile, ...]
    older: tuple[AttachedFile, ...]
    missing: bool


@frozen(eq=False)
class DetailPage:
    """``/m/<module>/<serial_no>``."""

    def get(self, visit: Visit) -> Answer:
        """Show it."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        detail = read_detail(visit.house, visit.actor, module, serial_no)
        facts, tables = facts_of(detail.application.fields, visit.language)
        flow, application = detail.flow, detail.application
        return visit.render(
            "detail.html",
            detail=detail,
            module=module,
            flow=flow,
            application=application,
            state=flow.state(application.state),
            tone=tone_of(flow, application.state),
            facts=facts,
            tables=tables,
            submitter=facts_of(application.submitter, visit.language)[0],
            judges=assignable(visit.house, visit.actor.court, application.hidden_from)
            if may_assign(flow, visit.actor)
            else [],
            folders=folders_of(detail),
            history=[
                (event, data_of(flow, event.data, visit.language)) for event in reversed(detail.history)
            ],
            revisions=_revisions(flow, detail.history, visit),
            simple=[one for one in detail.offered if is_simple(one)],
            forms=[one for one in detail.offered if one.direct and not is_simple(one)],
            base=f"/m/{module}/{serial_no}",
            pictures=PICTURES,
        )


def facts_of(value: Any, language: str) -> tuple[list[Fact], list[Table]]:
    """Return the fields of an instance of a declaration as facts, and its groups as tables."""
    facts, tables = [], []
    for spec in specs_of(type(value)).values():
        held = getattr(value, spec.name)
        if spec.kind is KINDS.group:
            if held:
                tables.append(_table(spec, held, language))
        elif held is not None and spec.derive is None:
            text = shown(spec, held, language)
            facts.append(Fact(spec.label, text, len(text) > SHORT or "\n" in text))
    return facts, tables


def _table(spec: FieldSpec, items: Any, language: str) -> Table:
    assert spec.item is not None
    inner = [
        one
        for one in specs_of(spec.item).values()
        if any(getattr(item, one.name) is not None for item in items)
    ]
    rows = tuple(tuple(shown(one, getattr(item, one.name), language) for one in inner) for item in items)
    return Table(spec.label, tuple(one.label for one in inner), rows)


def folders_of(detail: Detail) -> list[Folder]:
    """Return the files by category, in the order of the declaration."""
    by_category: dict[str, list[AttachedFile]] = {}
    for file in detail.application.files:
        by_category.setdefault(file.category, []).append(file)
    declared = {one.category: one for one in detail.flow.attachments}
    folders = []
    for category in [*declared, *(name for name in by_category if name not in declared)]:
        files = by_category.get(category, [])
        latest = max((file.revision for file in files), default=0)
        label = declared[category].label if category in declared else Label(category, category)
        if files or (category in declared and declared[category].required):
            now = tuple(file for file in files if file.revision == latest)
            older = tuple(file for file in files if file.revision != latest)
            folders.append(Folder(label, now, older, not files))
    return folders


def data_of(flow: Flow, data: Mapping[str, Any], language: str) -> list[Fact]:
    """Return what a step filled in, in the words of its declaration; what is not declared as it was kept."""
    known: dict[str, FieldSpec] = {}
    for step in flow.transitions:
        known |= specs_of(step.fields) if step.fields is not None else {}
    facts = []
    for name, value in data.items():
        spec = known.get(name)
        if isinstance(value, Mapping):
            continue
        if spec is not None and spec.kind is KINDS.group and isinstance(value, list):
            facts += [
                Fact(spec.label, "；".join(str(one) for one in item.values()), wide=True) for item in value
            ]
        else:
            text = _kept(spec, value, language) if spec is not None else str(value)
            facts.append(Fact(spec.label if spec else Label(name, name), text, len(text) > SHORT))
    return facts


def _kept(spec: FieldSpec, value: Any, language: str) -> str:
    """Return a value that was kept as JSON, as a person reads it."""
    if spec.kind in (KINDS.choice, KINDS.yes_no):
        return shown(spec, value, language)
    if isinstance(value, list):
        return shown(spec, tuple(value), language)
    return str(value)


def _revisions(
    flow: Flow, history: tuple[Event, ...], visit: Visit
) -> list[tuple[Event, list[Fact], list[Table]]]:
    """Return the fields as they were before each resubmission."""
    found = []
    for event in history:
        before = event.data.get("before")
        if not isinstance(before, Mapping):
            continue
        value, problems = bind(flow.fields, before.get("fields"), _AsKept(court_day(visit.now)))
        if value is not None and not problems:
            found.append((event, *facts_of(value, visit.language)))
    return found


class _AsKept(NoRegisters):
    """Registers that take every cause of action as it was kept."""

    def cause_name(self, code: str) -> str | None:
        return code


def decision_named(detail: Detail, code: str) -> Decision | None:
    """Return the decision ``code`` if it is offered now."""
    return next((one for one in detail.offered if one.code == code), None)
