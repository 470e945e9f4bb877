"""What a page sends in pieces: rows, counts and addresses, as bytes, each made once for all that it shows."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from markupsafe import escape

from core.fields.spec import FieldSpec
from core.law.dates import court_date
from core.module import Flow
from core.values import QueueRow
from core.web.holes import Hole, cut
from core.web.menu import Shell
from core.web.rows import row_of
from core.web.visit import Visit
from core.work.remaining import remaining


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
        left = remaining(row.due_at, now, near_days, hours=row.due_hours) if row.due_at else None
        words = (left.text.zh, left.pressing) if left else None
        place = (mark, id(row), row.more.get("handler_id") in actor.handles, words)
        kept = site.fragments.get(place)
        # The value is kept beside its bytes, so that its identity is not given to another meanwhile.
        if kept is None:
            shown = row_of(row, flow, list(way.columns), actor, now, near_days, visit.language)
            text = visit.text(
                "parts/queue_row.html",
                shell=None,
                row=shown,
                batch=way.batch,
                cased=way.cased,
                columns=way.columns,
            )
            kept = site.fragments.put(place, (row, text.encode()))
        sent.append(kept[1])
    return b"\n".join(sent)


def filling(visit: Visit, shell: Shell | None) -> dict[str, bytes]:
    """Return what fills the holes of every frame."""
    filled = {"token": written(visit.token), "back": written(visit.back)}
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
    return frame.filled({"previous": written(previous), "next": written(following)})


def written(text: str) -> bytes:
    """Return a text escaped."""
    return str(escape(text)).encode()
