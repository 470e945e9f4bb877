"""A table whose name does not begin with the module's: nobody could tell whose it is."""

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from core import (
    Access,
    Decision,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    plugin_base,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="no_prefix",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XP",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("no_prefix", ("坏例", "Bad one"), version="1.0", requests=[request])


class Remark(plugin_base()):
    __tablename__ = "remarks"
    id = mapped_column(sa.BigInteger, primary_key=True)
