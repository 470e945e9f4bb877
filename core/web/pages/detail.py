"""One request: its facts, papers, history, messages and time limits."""

from attrs import frozen

from core.fields.label import Label
from core.module import ApplicantStep, Decision
from core.values import AttachedFile
from core.web.answer import Answer
from core.web.facts import AsKept, facts_of, filled_in, revisions_of
from core.web.menu import tone_of
from core.web.rows import is_simple
from core.web.visit import Visit
from core.work.assign import assignable, may_assign
from core.work.detail import Detail, read_detail
from core.work.times import court_day

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


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
        people = AsKept(court_day(visit.now), detail.people)
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
                (event, *filled_in(flow, event, people, visit.language)) for event in reversed(detail.history)
            ],
            revisions=revisions_of(flow, detail.history, people, visit.language),
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
