"""Every combination of conditions and orders that a queue page offers."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

from attrs import frozen

from bench.bulk import ABSENT, BEGINS, COMMON, RARE, SPAN

STATES = {
    "all states": [], "a common state": ["DOCKETED"], "a rare state": ["DOCKET_FAILED"],
    "one face": ["退"], "a view": ["APPROVED", "DOCKETING", "DOCKET_FAILED", "DOCKETED"],
}  # fmt: skip
READERS = ("court", "one of the court's handlers", "own", "of several judges")
WORDS = {
    "no word": "", "a rare word": RARE, "a common word": COMMON, "two characters": "张某", "one character": "张",
    "an absent word": ABSENT, "two words": f"{COMMON} 李某甲", "a letter": "l", "digits": "000123",
    "one type": "", "an absent word of one type": ABSENT, "heard in some weeks": "", "heard since": "", "heard on no such day": "",
    "heard before, and a word": COMMON,
}  # fmt: skip
WEEKS = tuple((BEGINS + SPAN * part).date().isoformat() for part in (0.5, 0.57))
DATES = {
    "any day": ("", ""),
    "some days": tuple((BEGINS + SPAN * part).date().isoformat() for part in (0.3, 0.6)),
    "one day": ((BEGINS + SPAN * 0.9).date().isoformat(),) * 2,
}
HEARD = {
    "heard in some weeks": (WEEKS[0], WEEKS[1]), "heard since": (WEEKS[0], ""), "heard on no such day": ("2031-01-01", "2033-12-31"),
    "heard before, and a word": ("", WEEKS[1]),
}  # fmt: skip
ORDERS = {
    "newest": {}, "oldest": {"order": ["oldest"]}, "by time limit": {"order": ["due"]}, "near": {"due": ["near"]},
    "overdue": {"due": ["overdue"]},
}  # fmt: skip


@frozen
class Combination:
    """One page address, said in words and in arguments; ``reader`` is who asks."""

    name: str
    reader: str
    given: dict[str, list[str]]
    after: bool


def combinations() -> Iterator[Combination]:
    """Give them all."""
    pages = {"first page": False, "next page": True}
    for names in product(STATES, READERS, WORDS, DATES, ORDERS, pages):
        state, reader, word, days, order, page = names
        first, last = DATES[days]
        heard_from, heard_to = HEARD.get(word, ("", ""))
        given = {
            "state": STATES[state], "q": [WORDS[word]], "filing_type": ["admin_first" if "one type" in word else ""], "submitted_from": [first],
            "submitted_to": [last], "heard_on_from": [heard_from], "heard_on_to": [heard_to], **ORDERS[order],
        }  # fmt: skip
        yield Combination(
            ", ".join(names), reader, {name: held for name, held in given.items() if any(held)}, pages[page]
        )


MIDDLE = BEGINS + SPAN / 2
LATE = MIDDLE + timedelta(days=7)
