"""The appointment a request came to, for the client whose request it is."""

import sqlalchemy as sa

from core.api.answers import FileAnswer
from core.api.call import Call
from core.gate import enabled
from core.papers.ics import TYPE, calendar_file
from core.records import ApplicationRow, Court
from core.work.agenda import appointment_of
from core.work.refusals import not_found
from core.work.snapshots import by_serial


def get_appointment(call: Call) -> FileAnswer:
    """Answer the appointment a request came to, as it stands now, as a calendar file; 404 while there is none."""
    modules = call.house.modules
    with call.house.store.read() as connection:
        application = by_serial(connection, modules, call.court, call.path["serial_no"])
        owner = sa.select(ApplicationRow.client_id).where(ApplicationRow.id == application.id)
        if connection.scalar(owner) != call.client.id or application.module not in enabled(
            connection, call.court
        ):
            raise not_found()
        found = appointment_of(connection, modules.sides[application.kind].flow, application)
        court = connection.scalar(sa.select(Court.name).where(Court.code == call.court)) or ""
    if found is None:
        raise not_found()
    name = f'attachment; filename="{application.serial_no}.ics"'
    body = calendar_file([found], court=court, now=call.house.clock())
    return FileAnswer(body, TYPE, headers={"Content-Disposition": name})
