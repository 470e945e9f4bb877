"""What the outside platform must show: written with the step that it tells of."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.records import ApplicationRow, Change
from core.store.prepared import PreparedWrite
from core.values import Application
from core.work.transaction import Transaction

_CLIENT = sa.select(ApplicationRow.client_id).where(ApplicationRow.id == sa.bindparam("application"))
_TELL = PreparedWrite(
    sa.insert(Change).values(client_id=_CLIENT.scalar_subquery()).inline(),
    ["court_code", "module", "serial_no", "what", "at", "data"],
)


def tell_outside(tx: Transaction, application: Application, what: str, data: Mapping[str, Any]) -> None:
    """Record something the outside platform must show; its place in the feed is given when it is read."""
    change = {
        "court_code": application.court, "application": application.id, "module": application.module,
        "serial_no": application.serial_no, "what": what, "at": tx.at, "data": dict(data),
    }  # fmt: skip
    _TELL.later(tx.connection, change)
