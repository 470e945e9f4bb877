"""From rows to the snapshot that rules, hooks and pages read."""

from typing import Any

import cattrs
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from core.loader import Modules
from core.records import ApplicationFile, ApplicationRow, Blob
from core.values import Application, AttachedFile, Submitter
from core.work.refusals import not_found

_TABLE = ApplicationRow.__table__
_BY_SERIAL = sa.select(_TABLE).where(
    ApplicationRow.court_code == sa.bindparam("court"), ApplicationRow.serial_no == sa.bindparam("serial_no")
)
_BY_ID = sa.select(_TABLE).where(ApplicationRow.id == sa.bindparam("id"))
_FILES = (
    sa.select(ApplicationFile.__table__, Blob.mime, Blob.size)
    .join(Blob, Blob.sha256 == ApplicationFile.sha256)
    .where(ApplicationFile.application_id == sa.bindparam("id"))
    .order_by(ApplicationFile.revision, ApplicationFile.place)
)


def by_serial(connection: Connection, modules: Modules, court: str, serial_no: str) -> Application:
    """Return the request ``serial_no`` of ``court``.

    Raises:
        Refused: there is none, or the module that knows its fields does not work.
    """
    row = connection.execute(_BY_SERIAL, {"court": court, "serial_no": serial_no}).one_or_none()
    return _snapshot(connection, modules, row)


def by_id(connection: Connection, modules: Modules, key: int) -> Application:
    """Return the request with this key; raises as ``by_serial`` does."""
    return _snapshot(connection, modules, connection.execute(_BY_ID, {"id": key}).one_or_none())


def files_of(connection: Connection, key: int) -> tuple[AttachedFile, ...]:
    """Return the files of the request with this key, as they are recorded now."""
    return tuple(_file(file) for file in connection.execute(_FILES, {"id": key}))


def _snapshot(connection: Connection, modules: Modules, row: Row[Any] | None) -> Application:
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


def _file(row: Row[Any]) -> AttachedFile:
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
