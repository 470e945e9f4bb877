"""How the rows of a queue page are found: what is bound, and which of three ways leads to them.

A queue walks one index in its order. What no index is ordered by — words, choices — is checked of each row on the way, and a
condition that many rows meet has its page together after a few. So such a search begins with a short walk. Where that is not
enough few rows meet it, and it is looked up in the search index, which is quick with few rows and slow with many; where that index
tells at once that a word is seldom, it is looked up without a walk. It knows the order of reception but no time limits; of these it gives
the keys, if they are few, and else the walk goes on. Each way alone gives the whole answer; which one is taken is a matter of
time, never of what is found.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from attrs import define, evolve, frozen
from sqlalchemy.engine import Connection

from core.fields.spec import specs_of
from core.module import Flow
from core.roles import Sight
from core.store.keys import key_time
from core.store.terms import Phrase, check, question, questions
from core.values import Actor
from core.work import hiding, tokens
from core.work.access import sight
from core.work.conditions import Conditions
from core.work.house import House
from core.work.queue_limits import late
from core.work.queue_statements import Shape
from core.work.registers import CourtDefaults, settings_for
from core.work.remaining import NEAR_HOURS
from core.work.times import last_day, start_of_day

FIRST_WALK = 600
"""Rows that are walked before anything is looked up: a condition that one row in thirty meets has its page by then."""
SOME, SECOND_WALK = 2, 10_000
"""From so many found on the walk goes on, at most so far, to where the page should be together: looking up costs more by then."""
FEW = 2_000
"""Rows that are fetched to be put in the order of their time limits."""
LONGER_WALKS = (6_000, 60_000, 10**12)
ALL_TIMED = 60_000
"""Rows of a state of which it is counted, in 2 ms, whether every one has a time limit."""
SELDOM = 500
"""So many requests are looked up in less time than a walk takes."""
COUNTED = 16
"""Words of a search of which it is asked whether they are seldom."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Values = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
Send = Callable[[str, Shape, Values], Rows]
"""Sends a statement of a shape with what is bound: ``page``; ``find``, which gives keys from the search index; ``count``, which tells
how far a walk goes; ``every_timed``, whether nothing is without a time limit; ``seldom``, which counts some of those that have a word."""


@frozen
class Asked:
    """A question to the database: the statement's shape, what is bound, and what is looked up where walking does not lead there."""

    shape: Shape
    values: Values
    words: int = 0
    """So many questions to the search index are bound; none: nothing is asked that needs it."""
    in_order: bool = False
    """What is asked after the walk gives rows in the order of reception, the first of them at once."""
    counted: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """The single words of every phrase, where the search index tells at once whether they are seldom; a choice is not, most likely."""

    @property
    def ways(self) -> Iterator[Shape]:
        """Give the shapes of the statements that answer it, those of the rows that were found last."""
        if not self.words:
            yield self.shape
            return
        yield evolve(self.shape, way="walk")
        yield self.looked_up

    @property
    def looked_up(self) -> Shape:
        """The shape of the statement that has its rows from the search index."""
        return self.among if self.shape.by_due else evolve(self.finding, picks=(), texts=False)

    @property
    def finding(self) -> Shape:
        """The shape of the statement that gives keys from the search index."""
        return evolve(self.shape, words=self.words)

    @property
    def among(self) -> Shape:
        """The shape of the statement that picks its rows among a few keys."""
        return evolve(self.shape, way="among", states=0, handlers=0, picks=(), texts=False)


@define
class Learned:
    """What was learned of a question on the way, for its second part: behind what has a time limit stands what has none."""

    seldom: bool | None = None
    """Whether few requests have one of its words."""
    keys: str | None = None
    """The keys of all that meet it, with commas, where they were looked up and are few."""


def rows_of(asked: Asked, limit: int, send: Send, learned: Learned) -> Rows:
    """Return the first ``limit`` rows."""
    values = {**asked.values, "limit": limit, "scan": FIRST_WALK}
    if not asked.words:
        return _plain(asked, values, send)
    if learned.keys is not None:
        return _among(asked, values, send, learned.keys)
    if learned.seldom is None:
        learned.seldom = _seldom(asked, send)
    walk = evolve(asked.shape, way="walk")
    rows, done = ([], False) if learned.seldom else _walked(asked, walk, values, send)
    if done:
        return rows
    if not asked.shape.by_due:
        return send("page", asked.looked_up, values) or rows
    keys = send("find", asked.finding, {**values, "limit": FEW + 1})
    if len(keys) <= FEW:
        learned.keys = ",".join(str(key) for (key,) in keys)
        return _among(asked, values, send, learned.keys)
    for scan in LONGER_WALKS:
        rows = send("page", walk, {**values, "scan": scan})
        if len(rows) >= limit:
            break
    return rows


def _plain(asked: Asked, values: Values, send: Send) -> Rows:
    """Return what needs no search index; where many have a time limit there may be none without: they are not walked for."""
    if asked.shape.timeless and not asked.shape.after:
        rows, done = _walked(asked, evolve(asked.shape, way="walk"), values, send)
        if done:
            return rows
        if not rows and send("every_timed", asked.shape, {**values, "scan": ALL_TIMED})[0][0]:
            return []
    return send("page", asked.shape, values)


def _walked(asked: Asked, walk: Shape, values: Values, send: Send) -> tuple[Rows, bool]:
    """Return what a short walk found, and whether that is all there is to show."""
    limit, ends = values["limit"], asked.shape.by_due or not asked.words
    rows = send("page", walk, values)
    if len(rows) >= limit:
        return rows, True
    if ends and send("count", walk, {**values, "limit": FIRST_WALK})[0][0] < FIRST_WALK:
        return rows, True
    if len(rows) >= SOME and (asked.shape.by_due or not asked.in_order):
        second = min(2 * FIRST_WALK * limit // len(rows), SECOND_WALK)
        rows = send("page", walk, {**values, "scan": second})
    return rows, len(rows) >= limit


def _among(asked: Asked, values: Values, send: Send, keys: str) -> Rows:
    return send("page", asked.among, {**values, "among": keys}) if keys else []


def _seldom(asked: Asked, send: Send) -> bool:
    """Tell whether few requests have what is asked, of all that is asked at once: of a phrase that is one word of it."""
    left = iter(range(COUNTED))

    def few(word: str) -> bool:
        if next(left, None) is None:
            return False
        found: int = send("seldom", Shape("", words=1), {"words_0": word, "limit": SELDOM + 1})[0][0]
        return found <= SELDOM

    return any(all(any(map(few, phrase)) for phrase in any_of) for any_of in asked.counted)


def ask(
    house: House, connection: Connection, actor: Actor, flow: Flow, conditions: Conditions, *, timeless: bool = False,
) -> Asked | None:  # fmt: skip
    """Return what to ask for a page as far as the actor sees it; None where that is nothing."""
    handlers = handlers_of(flow, actor, conditions)
    if handlers is not None and not handlers:
        return None
    states, owners = conditions.states, tuple(sorted(handlers or ()))
    by_due = conditions.order == "due" and not timeless
    phrases = [list(any_of) for any_of in conditions.phrases]
    picks, loose = _picked(flow, phrases)
    shape = Shape(
        order=conditions.order,
        after=conditions.after is not None and (not by_due or conditions.after_due is not None),
        lowest=conditions.lowest is not None,
        highest=conditions.highest is not None,
        states=len(states),
        handlers=len(owners),
        due=conditions.due,
        timeless=timeless,
        picks=tuple((name, len(values)) for name, values in picks.items()),
        texts=bool(loose),
    )
    values: dict[str, Any] = {"court": actor.court, "kind": flow.kind, **hiding.binds(actor)}
    values |= {f"state_{place}": state for place, state in enumerate(states)}
    values |= {f"handler_{place}": owner for place, owner in enumerate(owners)}
    values |= {f"pick_{name}_{place}": one for name, several in picks.items() for place, one in enumerate(several)}  # fmt: skip
    values |= _bounds(house, connection, actor, conditions, shape)
    if not phrases:
        return Asked(shape, values, in_order=True)
    brand = house.store.brand
    if loose:
        values["texts"] = check(brand, loose)
    # The search index takes place, states and handlers as words too.
    where: list[list[Phrase]] = [[(tokens.place_word(actor.court, flow.kind),)]]
    named = (("state", states), ("handler", owners))
    where += [[(tokens.exact(name, one),) for one in several] for name, several in named if several]
    words = questions(brand, phrases, hiding.unwanted(actor), where)
    values |= {f"words_{place}": one for place, one in enumerate(words)}
    if brand != "sqlite":
        return Asked(shape, values, len(words))
    return Asked(shape, values, len(words), in_order=True, counted=_counted(loose))


def _counted(phrases: list[list[Phrase]]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the words to ask for one by one: not the beginnings of words, which are put together before they are counted."""
    return tuple(
        tuple(
            tuple(question("sqlite", [[(word,)]]) for word in phrase if not word.endswith("*"))
            for phrase in any_of
        )
        for any_of in phrases
    )


def _picked(
    flow: Flow, phrases: list[list[Phrase]]
) -> tuple[Mapping[str, tuple[str, ...]], list[list[Phrase]]]:
    """Return the choices that are asked for, by the column they stand in, and the other phrases."""
    picks: dict[str, tuple[str, ...]] = {}
    loose = []
    choices = _choices_of(flow.fields)
    for any_of in phrases:
        found = [choices.get(phrase) for phrase in any_of]
        names = {one[0] for one in found if one is not None}
        if None in found or len(names) != 1 or names & picks.keys():
            loose.append(any_of)
            continue
        (name,) = names
        picks[name] = tuple(dict.fromkeys(one[1] for one in found if one is not None))
    return picks, loose


@lru_cache(maxsize=1024)
def _choices_of(fields: type) -> Mapping[Phrase, tuple[str, str]]:
    """Return (field, value) of each choice that is a column, by the word it is found under."""
    words: dict[Phrase, list[tuple[str, str]]] = {}
    for spec in specs_of(fields).values():
        if spec.search and spec.kind.tokens == "exact" and spec.kind.storage == "text" and not spec.sealed:
            for one in spec.choices:
                words.setdefault((tokens.exact(spec.name, one.value),), []).append((spec.name, one.value))
    return {phrase: several[0] for phrase, several in words.items() if len(several) == 1}


def _bounds(
    house: House, connection: Connection, actor: Actor, conditions: Conditions, shape: Shape
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in ("after", "lowest", "highest"):
        if getattr(shape, name):
            values[name] = getattr(conditions, name)
    if shape.lowest:
        values["lowest_at"] = since = key_time(values["lowest"])
        values["late"] = late(since)
    if shape.after and shape.by_due:
        assert conditions.after_due is not None
        values["after_due"] = EPOCH + timedelta(microseconds=conditions.after_due)
    if shape.due:
        values["now"] = now = house.clock()
        if shape.due == "near":
            days = settings_for(connection, actor.court, "core", CourtDefaults).near_days
            # Till the end of the last of these days, as the pages say it.
            values["soon_days"] = start_of_day(last_day(now) + timedelta(days=days + 1))
            values["soon_hours"] = now + timedelta(hours=NEAR_HOURS)
            values["soon"] = max(values["soon_days"], values["soon_hours"])
    return values


def handlers_of(flow: Flow, actor: Actor, conditions: Conditions) -> frozenset[int] | None:
    """Return whose requests to show; None shows everybody's."""
    seen = None if sight(flow, actor) is Sight.COURT else actor.handles
    if conditions.handler is None:
        return seen
    asked = frozenset({conditions.handler})
    return asked if seen is None else asked & seen
