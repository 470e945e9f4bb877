"""What a page sends in pieces: rows, counts and addresses, as bytes, each made once for all that it shows."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from attrs import frozen

from core.fields.spec import FieldSpec
from core.law.dates import court_date
from core.module import Flow
from core.values import QueueRow
from core.web.holes import Frame, Hole, cut, written
from core.web.menu import Shell
from core.web.rows import left_of, shown_as, texts_of, tones_of
from core.web.visit import Visit
from core.work.remaining import Remaining


@frozen(eq=False)
class Way:
    """How the rows of a list are shown."""

    flow: Flow
    columns: tuple[FieldSpec, ...]
    batch: bool

    @property
    def cased(self) -> bool:
        """What belongs to a case is known by it; of what becomes one, the number comes last."""
        return bool(getattr(self.flow, "case", "none") != "none")


def rows_sent(visit: Visit, way: Way, rows: Sequence[QueueRow], near_days: int) -> bytes:
    """Return the rows of the table.

    Which rows, and what they hold, the database said just now: a row that changed is another value, for which nothing
    is kept yet. What else a row shows is in the key: language, columns, what the person's roles may do, whether it is
    one's own, the day (years and days left are told), and the words for the time that remains.
    """
    site, now, actor, flow = visit.site, visit.now, visit.actor, way.flow
    names = tuple(spec.name for spec in way.columns)
    key = (visit.language, flow.kind, names, way.batch, actor.roles, actor.grants, court_date(now))
    mark = site.views.get(key) or site.views.put(key, object())
    sent = []
    for row in rows:
        left = left_of(row, now, near_days)
        mine = row.more.get("handler_id") in actor.handles
        place = (mark, id(row), mine, (left.text.zh, left.pressing) if left else None)
        kept = site.fragments.get(place)
        # The value is kept beside its bytes, so that its identity is not given to another meanwhile.
        if kept is None:
            texts = texts_of(row, way.columns, left, now, visit.language)
            frame = _row_frame(visit, way, row, left, texts, (mark, mine))
            kept = site.fragments.put(place, (row, frame.filled(written(texts))))
        sent.append(kept[1])
    return b"\n".join(sent)


def _row_frame(
    visit: Visit, way: Way, row: QueueRow, left: Remaining | None, texts: Mapping[str, str], seen: tuple[Hashable, ...],
) -> Frame:  # fmt: skip
    """Return ``row`` without its words: the same for all rows that show the same things (see ``shown_as``), the same words left out."""
    pressing = (left.pressing, left.hours) if left else None
    empty = tuple(name for name, text in texts.items() if not text)
    shape = (*seen, row.state, bool(row.href), tones_of(row, way.columns), pressing, empty)
    found = visit.site.shapes.get(shape)
    if found is not None:
        return found
    holes = {name: Hole(name) if text else "" for name, text in texts.items()}
    text = visit.text(
        "parts/queue_row.html",
        shell=None,
        row=shown_as(row, way.flow, way.columns, visit.actor, left, holes),
        batch=way.batch,
        cased=way.cased,
        columns=way.columns,
    )
    return visit.site.shapes.put(shape, cut(text))


def filling(visit: Visit, shell: Shell | None) -> dict[str, bytes]:
    """Return what fills the holes of every frame."""
    filled = written({"token": visit.token, "back": visit.back})
    if shell is not None:
        filled["unread"] = count(visit, "unread_count", shell.unread)
        for place, entry in enumerate(shell.work):
            filled[f"menu_{place}"] = count(visit, "menu_count", entry.waiting)
    return filled


def count(visit: Visit, drawn: str, number: Any) -> bytes:
    """Return a count as the filter ``drawn`` shows it."""
    return str(visit.site.templates[visit.language].filters[drawn](number)).encode() if number else b""


def pages_sent(visit: Visit, count: int, previous: str, following: str) -> bytes:
    """Return the links to the pages before and after."""
    key = ("pages", visit.language, count, bool(previous), bool(following))
    frame = visit.site.frames.get(key)
    if frame is None:
        holes = {"previous": Hole("previous") if previous else "", "next": Hole("next") if following else ""}
        frame = visit.site.frames.put(
            key, cut(visit.text("parts/queue_pages.html", shell=None, count=count, **holes))
        )
    return frame.filled(written({"previous": previous, "next": following}))
