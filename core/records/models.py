"""The tables a plugin's own classes make: found, checked and forgotten by the package they are written in."""

import sys
from collections.abc import Iterable
from types import ModuleType

import sqlalchemy as sa
from sqlalchemy.orm import registry

from core.records.base import METADATA, Base


def parts_of(package: str) -> list[str]:
    """Return the names under which ``package`` and what is inside it are imported."""
    return [name for name in sys.modules if name == package or name.startswith(f"{package}.")]


def model_tables(plugin: ModuleType) -> list[sa.Table]:
    """Return the tables of the classes in ``plugin``, wherever in its package they are written."""
    mappers = (mapper for one in _registries(plugin) for mapper in one.mappers)
    return [table for mapper in mappers if isinstance(table := mapper.local_table, sa.Table)]


def configure_models(plugin: ModuleType) -> None:
    """Have the mappers of ``plugin`` checked, and every foreign key resolved; what is wrong raises here."""
    for one in _registries(plugin):
        one.configure(cascade=True)
    for table in METADATA.tables.values():
        for key in table.foreign_keys:
            key.column  # noqa: B018 - resolving it is the check: a foreign key to nowhere raises here


def forget_tables(tables: Iterable[sa.Table]) -> None:
    """Take ``tables`` out of the shared MetaData."""
    for table in tables:
        if METADATA.tables.get(table.name) is table:
            METADATA.remove(table)


def _registries(plugin: ModuleType) -> set[registry]:
    parts = [plugin, *(sys.modules[name] for name in parts_of(plugin.__name__))]
    models = (value for part in parts for value in vars(part).values() if isinstance(value, type))
    found = {one for value in models if isinstance(one := getattr(value, "registry", None), registry)}
    return found - {Base.registry}
