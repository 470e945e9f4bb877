"""A table whose name does not begin with the module's: nobody could tell whose it is."""

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from core import plugin_base
from tests.conformance.parts import module_of, request_of

request = request_of("no_prefix", "XP")
module = module_of(request)


class Remark(plugin_base()):
    __tablename__ = "remarks"
    id = mapped_column(sa.BigInteger, primary_key=True)
