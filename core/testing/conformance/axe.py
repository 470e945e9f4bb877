"""That nobody is shut out: what axe finds on a module's pages in a real browser."""

from collections.abc import Iterator

from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject
from core.testing.conformance.tour import Seen, tour_of

SERIOUS = ("serious", "critical")
SHOWN = 3
"""So many of the places where a rule is broken are named."""


def _lacking(subject: Subject) -> str:
    return subject.workshop.eyes.lacking()


def opened(subject: Subject) -> list[Seen]:
    """Return the pages to open: queue, detail, review and what else the module has, once a language, as who sees most of it."""
    found: dict[tuple[str, str], Seen] = {}
    for one in tour_of(subject).seen:
        mine = one.path.startswith(f"/m/{subject.name}/") and "?" not in one.path
        # The host's viewer is the inside of a frame.
        if mine and one.reply.status == 200 and "<html" in one.source and not one.path.endswith("/view"):
            known = found.setdefault((one.path, one.language), one)
            if len(one.source) > len(known.source):
                found[one.path, one.language] = one
    return list(found.values())


@check("axe", "Opened in a browser, no page has anything that shuts people out, in Chinese and in English.", _lacking)  # fmt: skip
def axe(subject: Subject) -> Iterator[str]:
    """Have axe look at each page, and name the rule and the places that break it."""
    pages, site = opened(subject), tour_of(subject).site
    browser = site.browser("judge")
    found = subject.workshop.eyes.found([(one.path, one.reply) for one in pages], browser.get)
    for one, rules in zip(pages, found, strict=True):
        for rule in rules:
            if rule["impact"] in SERIOUS:
                places = [" ".join(map(str, node["target"])) for node in rule["nodes"]]
                more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
                yield f"{one}: {rule['id']} ({rule['help']}): {', '.join(places[:SHOWN])}{more}"
