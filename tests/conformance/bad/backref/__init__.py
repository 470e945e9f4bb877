"""A table that puts a relationship into the host's requests."""

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column, relationship

from core import plugin_base
from core.records import ApplicationRow
from tests.conformance.parts import module_of, request_of

request = request_of("backref", "XE")
module = module_of(request)


Base = plugin_base()


class Remark(Base):
    __tablename__ = "backref_remark"
    id = mapped_column(sa.BigInteger, primary_key=True)
    application_id = mapped_column(sa.ForeignKey(ApplicationRow.id), index=True)
    application = relationship(ApplicationRow, backref="remarks")
