"""What the outside platform must show: written with the step that it tells of."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.records import ApplicationRow, Change
from core.values import Application
from core.work.transaction import Transaction


def tell_outside(tx: Transaction, application: Application, what: str, data: Mapping[str, Any]) -> None:
    """Record something the outside platform must show; its place in the feed is given when it is read."""
    client = sa.select(ApplicationRow.client_id).where(ApplicationRow.id == application.id).scalar_subquery()
    tx.connection.execute(
        sa.insert(Change).values(
            court_code=application.court,
            client_id=client,
            module=application.module,
            serial_no=application.serial_no,
            what=what,
            at=tx.at,
            data=dict(data),
        )
    )
