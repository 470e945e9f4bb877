"""Rows of a queue that a module has from elsewhere: those that are asked for, and that the actor may see."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from attrs import evolve

from core.module import Flow
from core.store.keys import first_key
from core.store.terms import Phrase
from core.values import QueueRow
from core.work import tokens
from core.work.conditions import Conditions
from core.work.remaining import pressing_of

_LAST_BITS = (1 << 20) - 1


def fitting(
    rows: Sequence[QueueRow],
    flow: Flow,
    court: str,
    conditions: Conditions,
    handlers: Collection[int] | None,
    now: datetime,
    near_days: int,
) -> Iterator[QueueRow]:
    """Give the rows of ``flow`` that ``conditions`` ask for, whatever page of them, each with its key.

    ``handlers`` are those whose rows to show; None shows everybody's.
    """
    for given in rows:
        if given.kind != flow.kind:
            continue
        row = evolve(
            given, key=first_key(given.submitted_at) | zlib.crc32(given.serial_no.encode()) & _LAST_BITS
        )
        if (
            (not conditions.states or row.state in conditions.states)
            and (handlers is None or row.more.get("handler_id") in handlers)
            and (conditions.lowest is None or row.key >= conditions.lowest)
            and (conditions.highest is None or row.key < conditions.highest)
            and (not conditions.phrases or _found(tokens.words_of_row(flow, court, row), conditions.phrases))
            and conditions.due in ("", pressing_of(row.due_at, now, near_days, hours=row.due_hours))
        ):
            yield row


def _found(words: list[str], asked: Sequence[tuple[Phrase, ...]]) -> bool:
    """Tell whether of every inner tuple at least one phrase stands among ``words``."""
    return all(any(_stands(phrase, words) for phrase in any_of) for any_of in asked)


def _stands(phrase: Phrase, words: list[str]) -> bool:
    *first, last = phrase
    for at in range(len(words) - len(phrase) + 1):
        end = words[at + len(first)]
        if words[at : at + len(first)] == first and (
            end.startswith(last[:-1]) if last.endswith("*") else end == last
        ):
            return True
    return False
