"""The counter: a page on which slips of paper are registered, one on which each is read, and the slips as rows of the queue."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from core import (
    Label,
    MenuItem,
    Page,
    Permission,
    Place,
    QueueQuery,
    QueueRow,
    QueueRows,
    Role,
    hookimpl,
    law,
)

from .purposes import PURPOSES
from .tables import Slip

TITLE = Label("窗口收件", "At the counter")
COUNTER = Permission("certificate.counter", ("窗口收件", "Work at the counter"), [Role.CENTRE_REVIEWER])
RECENT = 500
"""So many slips stand in the queue, the newest ones."""
T = Slip.__table__


def slips(place: Place, *which: Any) -> list[Any]:
    """Return slips of the court, the newest first."""
    asked = sa.select(T).where(T.c.court_code == place.court, *which)
    with place.store.read() as connection:
        return list(connection.execute(asked.order_by(T.c.id.desc()).limit(RECENT)))


@hookimpl
def list_queue(query: QueueQuery) -> QueueRows:
    """Return the slips as rows beside what the outside platform filed."""
    return QueueRows(tuple(
        QueueRow(
            f"CK{slip.id:06d}", "certificate", "certificate", "ISSUED" if slip.handed_out_at else "SUBMITTED", slip.applicant, slip.case_number,
            slip.taken_at, None, {"document": slip.document, "purpose": slip.purpose, "copies": slip.copies},
            {"submitter": {"name": slip.applicant}, "reviewer": slip.taken_by}, href=f"/m/certificate/slip?no={slip.id}",
        )
        for slip in slips(query.place)
    ))  # fmt: skip


def wrong(form: Mapping[str, str]) -> Label | None:
    """Say what is missing in a slip."""
    try:
        law.case_number.parse(form["case_number"])
    except law.errors.LawError as error:
        return Label(error.message_zh, error.message_en)
    if not form["applicant"] or not form["document"]:
        return Label("请填写申请人和文书名称。", "Applicant and document are needed.")
    if form["purpose"] not in PURPOSES or form["copies"] not in map(str, range(1, 21)):
        return Label("请选择用途，份数为1至20。", "Choose a purpose; 1 to 20 copies.")
    return None


def register(visit: Any) -> Any:
    """Show the form, or take what it sent."""
    names = ("applicant", "case_number", "document", "purpose", "copies")
    form = {name: visit.sent(name).strip()[:100] for name in names}
    problem = wrong(form) if visit.method == "POST" else None
    if visit.method != "POST" or problem:
        return visit.render("certificate/counter.html", title=TITLE, form=form, problem=problem, purposes=PURPOSES, status=422 if problem else 200)  # fmt: skip
    row = form | {
        "copies": int(form["copies"]),
        "court_code": visit.actor.court,
        "taken_at": visit.now,
        "taken_by": visit.actor.name,
    }
    number = visit.place.store.write(
        lambda connection: connection.execute(sa.insert(T).values(row)).inserted_primary_key[0]
    )
    return visit.go(f"/m/certificate/slip?no={number}")


def show(visit: Any) -> Any:
    """Show one slip, or note that the certificate was handed out."""
    number = visit.asked("no")
    found = slips(visit.place, T.c.id == int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else []  # fmt: skip
    if found and visit.method == "POST":
        handed_out = (
            sa.update(T)
            .where(T.c.id == found[0].id, T.c.handed_out_at.is_(None))
            .values(handed_out_at=visit.now)
        )
        visit.place.store.write(lambda connection: connection.execute(handed_out).rowcount)
        return visit.go(f"/m/certificate/slip?no={number}")
    return visit.render("certificate/slip.html", title=TITLE, slip=found[0] if found else None, purposes=PURPOSES, status=200 if found else 404)  # fmt: skip


@hookimpl
def pages() -> Iterable[Page]:
    """Return both pages."""
    return (Page("counter", TITLE, register, COUNTER), Page("slip", TITLE, show, COUNTER))


@hookimpl
def menu(court: str) -> Iterable[MenuItem]:
    """Return the way to the form."""
    return (MenuItem(TITLE, "/m/certificate/counter", 78, "certificate", icon="notes", permission=COUNTER),)
