"""审判系统登记簿: a trial system for a court that has none of its own at hand; it gives case numbers by the rules.

《关于人民法院案件案号的若干规定》 arts. 2, 9: year, court, case type, and a number that runs through each of them.
"""

from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from core import Module, Operation, Receipt, Store, hookimpl, law

from .tables import Entry, Number

__all__ = ["module", "trial_system"]

module = Module("register", ("审判系统登记簿", "Trial-system register"), version="1.0", order=994)


@hookimpl
def trial_system(operation: Operation, store: Store) -> Receipt:
    """Docket a case: give it the next number. Asked again about the same request, give the same number again."""
    if operation.name != "docket":
        return Receipt(
            reason=f"内置登记簿只办理收案登记，不能办理“{operation.name}”；请启用本院审判系统接口。"
        )
    day = law.dates.court_date(operation.at)
    try:
        law.case_number.parse(f"（{day.year}）{operation.court}{operation.payload.get('case_type', '')}1号")
    except law.errors.LawError as error:
        return Receipt(reason=f"无法编立案号：{error.message_zh}")
    number, docketed_on = store.write(lambda connection: enter(connection, operation, day))
    handler = str(operation.payload.get("handler") or "")
    data = {"case_number": number, "docketed_on": docketed_on.isoformat(), "handler": handler}
    return Receipt(done=True, reference=number, data=data)


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
