"""审判系统登记簿: a trial system for a court that has none of its own at hand; it gives case numbers by the rules.

《关于人民法院案件案号的若干规定》 arts. 2, 9: year, court, case type, and a number that runs through each of them. It
also keeps a list of the hearings that were moved.
"""

from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from core import Module, Operation, Receipt, Store, hookimpl, law

from .book import commands, jobs
from .tables import Entry, Moved, Number

__all__ = ["commands", "jobs", "module", "trial_system"]

module = Module(
    "register", ("审判系统登记簿", "Trial-system register"), version="1.0", order=994, host=">=0.1,<0.2"
)


@hookimpl
def trial_system(operation: Operation, store: Store) -> Receipt:
    """Docket a case, or move a hearing; asked again, give the first answer again."""
    match operation.name:
        case "docket":
            return docket(operation, store)
        case "reschedule":
            return reschedule(operation, store)
    return Receipt(
        reason=f"内置登记簿只办理收案登记和开庭改期，不能办理“{operation.name}”；请启用本院审判系统接口。"
    )


def docket(operation: Operation, store: Store) -> Receipt:
    """Give a case the next number; the same request gets the same number again."""
    day = law.dates.court_date(operation.at)
    try:
        law.case_number.parse(f"（{day.year}）{operation.court}{operation.payload.get('case_type', '')}1号")
    except law.errors.LawError as error:
        return Receipt(reason=f"无法编立案号：{error.message_zh}")
    number, docketed_on = store.write(lambda connection: enter(connection, operation, day))
    handler = str(operation.payload.get("handler") or "")
    data = {"case_number": number, "docketed_on": docketed_on.isoformat(), "handler": handler}
    return Receipt(done=True, reference=number, data=data)


def reschedule(operation: Operation, store: Store) -> Receipt:
    """Write down that a hearing was moved, or cancelled until further notice; the same key is written once."""
    asked = operation.payload
    if not asked.get("case_number") or not asked.get("hearing_at"):
        return Receipt(reason="未写明案号或者原定开庭时间，无法改期。")
    names = ("case_number", "hearing_at", "courtroom", "new_hearing_at", "new_courtroom")
    row = {name: asked.get(name) for name in names} | {
        "court_code": operation.court,
        "serial_no": operation.serial_no,
    }

    def write(connection: Connection) -> dict[str, str | None]:
        _put(connection, Moved, key=operation.key, **row)
        held = connection.execute(select(Moved.__table__).where(Moved.key == operation.key)).one()
        return {name: getattr(held, name) for name in names}

    return Receipt(done=True, reference=operation.key, data=store.write(write))


def enter(connection: Connection, operation: Operation, day: date) -> tuple[str, date]:
    """Return the number and date under which the request stands in the register, entering it where it does not.

    The entry comes first: whoever asks about the same request at the same time waits here for it.
    """
    _put(
        connection,
        Entry,
        court_code=operation.court,
        serial_no=operation.serial_no,
        key=operation.key,
        docketed_on=day,
    )
    mine = (Entry.court_code == operation.court, Entry.serial_no == operation.serial_no)
    held = connection.execute(select(Entry.case_number, Entry.docketed_on).where(*mine)).one()
    if held.case_number:
        return held.case_number, held.docketed_on
    case_type = operation.payload["case_type"]
    _put(connection, Number, court_code=operation.court, year=day.year, case_type=case_type, last=0)
    last = connection.execute(
        update(Number)
        .where(Number.court_code == operation.court, Number.year == day.year, Number.case_type == case_type)
        .values(last=Number.last + 1)
        .returning(Number.last)
    ).scalar_one()
    number = f"（{day.year}）{operation.court}{case_type}{last}号"
    connection.execute(update(Entry).where(*mine).values(case_number=number))
    return number, day


def _put(connection: Connection, table: Any, **values: Any) -> None:
    """Insert a row; one that is there stays as it is."""
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(table).values(**values))
