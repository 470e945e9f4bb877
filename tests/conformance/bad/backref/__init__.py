"""A table that puts a relationship into the host's requests."""

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column, relationship

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
from core.records import ApplicationRow


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="backref",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XE",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("backref", ("坏例", "Bad one"), version="1.0", requests=[request])

Base = plugin_base()


class Remark(Base):
    __tablename__ = "backref_remark"
    id = mapped_column(sa.BigInteger, primary_key=True)
    application_id = mapped_column(sa.ForeignKey(ApplicationRow.id), index=True)
    application = relationship(ApplicationRow, backref="remarks")
