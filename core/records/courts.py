"""Courts, what is switched on in them, their settings, their calendar and their causes of action."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.records.base import Base
from core.store.types import Instant, Json


class Court(Base):
    """A court; ``code`` is the prefix of its case numbers (法院代字)."""

    __tablename__ = "court"
    code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    name_en: Mapped[str] = mapped_column(sa.String(200))
    telephone: Mapped[str] = mapped_column(sa.String(32), default="12368")
    parent_code: Mapped[str | None] = mapped_column(sa.String(16), sa.ForeignKey("court.code"))


class KnownCourt(Base):
    """A court of the country by the prefix of its case numbers, for telling whose a case number is."""

    __tablename__ = "known_court"
    prefix: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    level_code: Mapped[str] = mapped_column(sa.String(8), default="")


class ModuleSwitch(Base):
    """Whether a module is on in a court; no row means off."""

    __tablename__ = "module_switch"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    enabled: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(sa.String(100))


class CourtSetting(Base):
    """One setting of a module (or of the host: ``core``) in a court."""

    __tablename__ = "court_setting"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    module: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class CalendarDay(Base):
    """A day that differs from the weekly rule: a holiday, or a weekend that is worked."""

    __tablename__ = "calendar_day"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(60))
    source: Mapped[str] = mapped_column(sa.String(60))


class CalendarYear(Base):
    """A year whose holidays and make-up workdays are published and held."""

    __tablename__ = "calendar_year"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)


class CauseRow(Base):
    """A cause of action of one version of the official list."""

    __tablename__ = "cause"
    court_code: Mapped[str] = mapped_column(sa.String(16), sa.ForeignKey("court.code"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    level: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[str] = mapped_column(sa.String(120))
    parent: Mapped[str | None] = mapped_column(sa.String(16))
