"""From rows to the snapshot that rules, hooks and pages read."""

from typing import Any

import cattrs
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.loader import Modules
from core.records import ApplicationFile, ApplicationRow, Blob
from core.store.prepared import PreparedRead
from core.values import Application, AttachedFile, Submitter
from core.work.refusals import not_found

_TABLE = ApplicationRow.__table__
_BY_SERIAL = PreparedRead(
    sa.select(_TABLE).where(
        ApplicationRow.court_code == sa.bindparam("court"),
        ApplicationRow.serial_no == sa.bindparam("serial_no"),
    )
)
_BY_ID = PreparedRead(sa.select(_TABLE).where(ApplicationRow.id == sa.bindparam("key")))
_FILES = PreparedRead(
    sa.select(ApplicationFile.__table__, Blob.mime, Blob.size)
    .join(Blob, Blob.sha256 == ApplicationFile.sha256)
    .where(ApplicationFile.application_id == sa.bindparam("key"))
    .order_by(ApplicationFile.revision, ApplicationFile.place)
)


def by_serial(connection: Connection, modules: Modules, court: str, serial_no: str) -> Application:
    """Return the request ``serial_no`` of ``court``.

    Raises:
        Refused: there is none, or the module that knows its fields does not work.
    """
    return _snapshot(
        connection, modules, _BY_SERIAL.first(connection, {"court": court, "serial_no": serial_no})
    )


def by_id(connection: Connection, modules: Modules, key: int) -> Application:
    """Return the request with this key; raises as ``by_serial`` does."""
    return _snapshot(connection, modules, _BY_ID.first(connection, {"key": key}))


def files_of(connection: Connection, key: int) -> tuple[AttachedFile, ...]:
    """Return the files of the request with this key, as they are recorded now."""
    return tuple(_file(file) for file in _FILES.all(connection, {"key": key}))


def _snapshot(connection: Connection, modules: Modules, row: Any) -> Application:
    if row is None or row.kind not in modules.sides:
        raise not_found()
    return Application(
        id=row.id,
        serial_no=row.serial_no,
        court=row.court_code,
        module=row.module,
        kind=row.kind,
        state=row.state,
        version=row.version,
        revision=row.revision,
        case_id=row.case_id,
        case_number=row.case_number,
        parent_id=row.parent_id,
        applicant=row.applicant,
        handler=row.handler_id,
        submitted_at=row.submitted_at,
        received_at=row.received_at,
        due_at=row.due_at,
        due_hours=row.due_hours,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        submitter=cattrs.structure(row.submitter, Submitter),
        fields=modules.sides[row.kind].load(connection, row.id),
        data=row.data,
        files=files_of(connection, row.id),
        hidden_from=row.hidden_from,
        anonymous=row.anonymous,
    )


def _file(row: Any) -> AttachedFile:
    return AttachedFile(
        row.id,
        row.category,
        row.name,
        row.sha256,
        row.mime,
        row.size,
        row.pages,
        row.copies,
        row.is_original,
        row.revision,
    )
