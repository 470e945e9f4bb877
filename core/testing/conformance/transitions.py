"""That every declared step works, and every other step is refused, in every state, for everybody."""

from collections.abc import Iterator

from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject
from core.testing.conformance.walk import Walker, Way


@check(
    "transitions",
    "Every declared step works for whom it is declared; every other, in every state, is refused.",
)
def transitions(subject: Subject) -> Iterator[str]:
    """Walk each flow; the ways are looked for on SQLite, where that is quick, and gone again on PostgreSQL."""
    for flow in subject.flows:
        ways: set[Way] = set()
        for brand in subject.workshop.brands:
            with subject.stage(brand) as stage:
                walker = Walker(stage, flow, ways)
                report = walker.run()
            yield from (f"{flow.kind}, {brand}: {fault}" for fault in report.faults)
            if not report.faults and report.tried["404"] < len(flow.states):
                yield f"{flow.kind}, {brand}: some state shows the request to everybody"
            ways = walker.ways
