"""A table made on the way, which no declaration knows and no purge finds."""

import sqlalchemy as sa

from core import (
    Access,
    Decision,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


def remember(fields, context):
    context.tx.connection.execute(sa.text("CREATE TABLE IF NOT EXISTS wishes_of_all (wish TEXT)"))
    return []


request = RequestType(
    kind="left_behind",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XN",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
    checks=[remember],
)
module = Module("left_behind", ("坏例", "Bad one"), version="1.0", requests=[request])
