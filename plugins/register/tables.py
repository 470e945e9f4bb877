"""The register's own tables."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core import plugin_base

Base = plugin_base()


class Number(Base):  # type: ignore[misc, valid-type]  # the base is made when the plugin loads
    """The last number given out in a court, a year and a case type."""

    __tablename__ = "register_number"
    court_code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_type: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    last: Mapped[int]


class Entry(Base):  # type: ignore[misc, valid-type]  # the same
    """One request in the register; ``key`` is that of the operation that entered it first."""

    __tablename__ = "register_entry"
    court_code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    serial_no: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(128), unique=True)
    case_number: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    docketed_on: Mapped[date]
