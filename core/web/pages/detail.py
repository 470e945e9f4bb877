"""One request: its facts, papers, history, messages and time limits."""

from attrs import frozen

from core.fields.label import Label
from core.module import ApplicantStep, Decision
from core.values import AttachedFile
from core.web.answer import Answer
from core.web.facts import AsKept, Cell, Fact, Table, Telling, facts_of, filled_in, revisions_of
from core.web.menu import tone_of
from core.web.rows import is_simple
from core.web.visit import Visit
from core.work.assign import assignable, may_assign
from core.work.detail import Detail, Event, read_detail
from core.work.gone import is_gone, read_gone
from core.work.masking import record_shown
from core.work.refusals import not_found
from core.work.times import court_day

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@frozen
class Folder:
    """The files of one category, of the newest revision that has any; older ones apart."""

    label: Label
    files: tuple[AttachedFile, ...]
    older: tuple[AttachedFile, ...]
    missing: bool


@frozen
class Told:
    """What a request's page tells of its values."""

    facts: list[Fact]
    tables: list[Table]
    submitter: list[Fact]
    history: list[tuple[Event, list[Fact], list[Table]]]
    revisions: list[tuple[Event, list[Fact], list[Table]]]

    def at(self, path: str) -> str | None:
        """Return what is told of the personal data at ``path``; None where there is none."""
        parts = [(self.facts, self.tables), (self.submitter, [])]
        parts += [(facts, tables) for _, facts, tables in self.history + self.revisions]
        told: list[Fact | Cell] = [fact for facts, _ in parts for fact in facts]
        told += [cell for _, tables in parts for table in tables for row in table.rows for cell in row]
        return next((one.text for one in told if path and one.path == path), None)


def told_of(visit: Visit, detail: Detail, bare: str) -> Told:
    """Return the values of a request in words, personal data masked save at the path ``bare``."""
    telling = Telling(visit.language, bare)
    flow, application = detail.flow, detail.application
    people = AsKept(court_day(visit.now), detail.people)
    facts, tables = facts_of(application.fields, telling, "fields")
    steps = reversed(list(enumerate(detail.history)))
    return Told(
        facts, tables, facts_of(application.submitter, telling, "submitter")[0],
        [(event, *filled_in(flow, event, people, telling, f"step.{place}")) for place, event in steps],
        revisions_of(flow, detail.history, people, telling),
    )  # fmt: skip


@frozen(eq=False)
class ShowPage:
    """``/m/<module>/<serial_no>/show``: one value of personal data without its mask, and the record that it was shown."""

    def post(self, visit: Visit) -> Answer:
        """Show what is at ``field``."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        detail = read_detail(visit.house, visit.actor, module, serial_no)
        path = visit.sent("field")
        text = told_of(visit, detail, path).at(path)
        if text is None:
            raise not_found()
        record_shown(visit.house, visit.actor, detail.application, path)
        if visit.partial:
            return visit.render("parts/shown.html", text=text)
        return DetailPage().page(visit, detail, path)


@frozen(eq=False)
class DetailPage:
    """``/m/<module>/<serial_no>``."""

    def get(self, visit: Visit) -> Answer:
        """Show it."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        if is_gone(visit.house, module):
            return visit.render("gone.html", gone=read_gone(visit.house, visit.actor, module, serial_no))
        return self.page(visit, read_detail(visit.house, visit.actor, module, serial_no))

    def page(self, visit: Visit, detail: Detail, bare: str = "") -> Answer:
        """Return the page; of personal data only the value at the path ``bare`` is without its mask."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        told = told_of(visit, detail, bare)
        flow, application = detail.flow, detail.application
        return visit.render(
            "detail.html",
            bare=bare,
            detail=detail,
            module=module,
            flow=flow,
            application=application,
            state=flow.state(application.state),
            tone=tone_of(flow, application.state),
            facts=told.facts,
            tables=told.tables,
            submitter=told.submitter,
            judges=_judges(visit, application.hidden_from) if may_assign(flow, visit.actor) else [],
            folders=folders_of(detail),
            history=told.history,
            revisions=told.revisions,
            simple=[one for one in detail.offered if is_simple(one)],
            forms=[one for one in detail.offered if one.direct and not is_simple(one)],
            cased=getattr(flow, "case", "none") != "none",
            base=f"/m/{module}/{serial_no}",
            pictures=PICTURES,
        )


def folders_of(detail: Detail) -> list[Folder]:
    """Return the files by category, in the order of the declaration."""
    by_category: dict[str, list[AttachedFile]] = {}
    for file in detail.application.files:
        by_category.setdefault(file.category, []).append(file)
    steps = (step for step in detail.flow.steps if isinstance(step, ApplicantStep))
    later = (one for step in steps for one in step.attachments)
    declared = {one.category: one for one in (*detail.flow.attachments, *later)}
    folders = []
    for category in [*declared, *(name for name in by_category if name not in declared)]:
        files = by_category.get(category, [])
        latest = max((file.revision for file in files), default=0)
        label = declared[category].label if category in declared else Label(category, category)
        if files or any(one.category == category and one.required for one in detail.flow.attachments):
            now = tuple(file for file in files if file.revision == latest)
            older = tuple(file for file in files if file.revision != latest)
            folders.append(Folder(label, now, older, not files))
    return folders


def decision_named(detail: Detail, code: str) -> Decision | None:
    """Return the decision ``code`` if it is offered now."""
    return next((one for one in detail.offered if one.code == code), None)


def _judges(visit: Visit, hidden_from: int | None) -> list[tuple[int, str]]:
    with visit.house.store.read() as connection:
        return assignable(connection, visit.actor.court, hidden_from)
