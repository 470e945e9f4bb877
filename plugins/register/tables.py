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


class Moved(Base):  # type: ignore[misc, valid-type]  # the same
    """A hearing that was moved (without a new time: until further notice), by the operation ``key``."""

    __tablename__ = "register_moved"
    key: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    court_code: Mapped[str] = mapped_column(sa.String(16))
    serial_no: Mapped[str] = mapped_column(sa.String(32))
    case_number: Mapped[str] = mapped_column(sa.String(64))
    hearing_at: Mapped[str] = mapped_column(sa.String(40))
    courtroom: Mapped[str | None] = mapped_column(sa.String(100))
    new_hearing_at: Mapped[str | None] = mapped_column(sa.String(40))
    new_courtroom: Mapped[str | None] = mapped_column(sa.String(100))
