"""That a module's pages answer, show what strangers typed as text, and can be used by everybody."""

from collections.abc import Iterator

from core.testing.conformance.checks import check
from core.testing.conformance.filing import MARK
from core.testing.conformance.markup import faults_of
from core.testing.conformance.subject import Subject
from core.testing.conformance.tour import tour_of
from core.testing.houses import OPERATOR


@check("pages", "Every page of the module answers everybody, also those who may not see it, without failing.")
def pages(subject: Subject) -> Iterator[str]:
    """Look at the statuses."""
    tour = tour_of(subject)
    missing = [
        kind for kind in tour.site.outside.kinds() if subject.module.flow(kind) and kind not in tour.filed
    ]
    yield from (f"the example of {kind} that the API gives is refused" for kind in missing)
    yield from (f"{one}: {one.reply.status}" for one in tour.seen if one.reply.status >= 500)
    for flow in subject.flows:
        if flow.parent is None and not any(
            one.path == f"/m/{subject.name}/" and one.reply.status == 200 for one in tour.seen
        ):
            yield f"nobody can open the queue of {flow.kind}"


@check(
    "menu",
    "Every menu entry of the module leads to a page of its own, which opens for whoever sees the entry.",
)
def menu(subject: Subject) -> Iterator[str]:
    """Look at what the hook gives, and follow the entries that were seen."""
    tour = tour_of(subject)
    own = f"/m/{subject.name}/"
    for item in tour.site.fixture.house.hooks.menu({subject.name}, OPERATOR.court):
        if item.module != subject.name:
            yield f"the entry {item.href} names the module {item.module}"
        elif not item.href.startswith(own):
            yield f"the entry {item.href} leads elsewhere; it stays when the module it leads to is off"
    for one in tour.followed:
        if one.path.startswith(own) and one.reply.status != 200:
            yield f"{one}: {one.reply.status}"


@check("hooks", "Every hook of the module answers without failing.")
def hooks(subject: Subject) -> Iterator[str]:
    """Look at what the gate noted on the tour."""
    yield from tour_of(subject).errors


@check("escaping", "What strangers typed is shown as text on every page, never as markup.")
def escaping(subject: Subject) -> Iterator[str]:
    """Look for the mark that was filed."""
    for one in tour_of(subject).seen:
        if MARK in one.source:
            yield f"{one}: a text that was filed is part of the page's markup; leave its escaping to the template"


@check("accessibility", "Every page has its language, title, heading and main part; every input has a label.")
def accessibility(subject: Subject) -> Iterator[str]:
    """Look at the markup of every whole page."""
    for one in tour_of(subject).seen:
        # The host's viewer is the inside of a frame.
        if one.source and one.reply.status == 200 and not one.path.endswith("/view"):
            yield from (f"{one}: {fault}" for fault in faults_of(one.source, one.language))
