"""One MetaData for all tables; a registry of its own for each plugin, so that one's bad mapping stays its own."""

from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, registry

from core.store.types import Instant, Money

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

RESERVED = frozenset({"alembic", "application", "calendar", "core", "sqlite"})
"""Names no module may have: its tables and settings are known by its name, and these are the host's own."""


class Base(DeclarativeBase):
    """The base of the host's tables."""

    metadata = METADATA


def plugin_base() -> type[DeclarativeBase]:
    """Return a fresh declarative base over the shared MetaData for one plugin's tables.

    ``Mapped[datetime]`` is an aware moment in UTC, ``Mapped[Decimal]`` yuan with two decimals, on either database.
    """
    kept = registry(metadata=METADATA, type_annotation_map={datetime: Instant(), Decimal: Money()})
    return type("PluginBase", (DeclarativeBase,), {"metadata": METADATA, "registry": kept})
