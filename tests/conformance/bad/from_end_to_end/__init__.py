"""A queue from another system that is read whole and sorted, for want of an index."""

import tempfile
from datetime import UTC, datetime

import sqlalchemy as sa

from core import (
    Access,
    Decision,
    Module,
    QueueRow,
    QueueRows,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="from_end_to_end",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XH",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("from_end_to_end", ("坏例", "Bad one"), version="1.0", requests=[request])


class Elsewhere:
    """Another system's database, opened when it is first asked."""

    engine = None

    @classmethod
    def open(cls):
        if cls.engine is None:
            cls.engine = sa.create_engine(f"sqlite:///{tempfile.mkdtemp()}/elsewhere.db")
            with cls.engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT, day TEXT)")
                for number in range(1, 9):
                    connection.exec_driver_sql(
                        "INSERT INTO other VALUES (?, ?, ?)", (number, f"外部{number}", f"2026-01-0{number}")
                    )
        return cls.engine.connect()


def row(number, name):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return QueueRow(
        number,
        f"X{number}",
        "from_end_to_end",
        "from_end_to_end",
        "NEW",
        name,
        None,
        at,
        None,
        {"wish": name},
        {
            "version": 1,
            "reviewed_at": None,
            "reviewer": None,
            "handler": None,
            "handler_id": None,
            "submitter": {"name": name},
            "anonymous": False,
        },
    )


@hookimpl
def list_queue(query):
    with Elsewhere.open() as connection:
        found = connection.exec_driver_sql(
            "SELECT id, name FROM other WHERE name > '' ORDER BY day DESC LIMIT 20"
        ).all()
        return QueueRows(tuple(row(*one) for one in found))
