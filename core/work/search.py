"""The search box: one line of words over everything a person may see."""

from attrs import frozen

from core.module import Flow
from core.roles import Sight
from core.values import QueueRow
from core.work.access import sight
from core.work.arrive import Arrival
from core.work.cases import CaseLine, list_cases
from core.work.conditions import read_conditions
from core.work.house import House
from core.work.queue import Queues

EACH = 10


@frozen
class Found:
    """What a search found in one kind of request."""

    module: str
    flow: Flow
    rows: tuple[QueueRow, ...]
    more: bool


@frozen
class SearchResult:
    """What a search found."""

    cases: tuple[CaseLine, ...]
    requests: tuple[Found, ...]


def search(house: House, queues: Queues, arrival: Arrival, words: str) -> SearchResult:
    """Return the cases and requests that have all ``words``; nothing asked finds nothing."""
    words = words.strip()[:200]
    if not words:
        return SearchResult((), ())
    cases, _ = list_cases(house, arrival.actor, words)
    found = []
    for name, module in house.modules.ordered():
        for flow in module.requests:
            if name not in arrival.enabled or sight(flow, arrival.actor) is Sight.NONE:
                continue
            conditions, problems = read_conditions([flow], {"q": [words]}, house.numbers(arrival.actor.court))
            if problems:
                continue
            page = queues.page(arrival.actor, arrival.enabled, flow, conditions, EACH)
            if page.rows:
                found.append(Found(name, flow, page.rows, bool(page.next)))
    return SearchResult(tuple(cases[:EACH]), tuple(found))
