"""What a module declares, checked as far as it can be before its tables and hooks: name, version, clashes with others."""

from collections.abc import Iterable
from types import ModuleType

import sqlalchemy as sa
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from core.fields.spec import DeclarationError
from core.module import Module
from core.naming import check_naming
from core.records.base import RESERVED
from core.version import VERSION


def declared(plugin: ModuleType, found_as: str) -> Module:
    """Return what ``plugin`` declares; it must be called as it was found, and name only what there is."""
    module = getattr(plugin, "module", None)
    if not isinstance(module, Module):
        raise DeclarationError("it has no  module = Module(...)  at its top level")
    if module.name != found_as:
        raise DeclarationError(f"it calls itself {module.name}, but was found as {found_as}")
    if not module.name.isidentifier():
        raise DeclarationError(f"{module.name!r} cannot name tables; use letters, digits and underscores")
    if module.name in RESERVED:
        raise DeclarationError(f"{module.name} is a name of the host's; choose another")
    check_naming(module)
    return module


def check_names(module: Module, tables: Iterable[sa.Table]) -> None:
    """A table is its owner's by its name: that is how it is found again when the module's code is gone."""
    strange = [table.name for table in tables if not table.name.startswith(f"{module.name}_")]
    if strange:
        raise DeclarationError(f"table {strange[0]}: its name must begin with {module.name}_")


def check_version(module: Module) -> None:
    """See that it is made for this host."""
    try:
        fits = SpecifierSet(module.host).contains(VERSION, prereleases=True)
    except InvalidSpecifier as error:
        raise DeclarationError(
            f"host={module.host!r} is no version range; write for example >=0.1,<2"
        ) from error
    if not fits:
        raise DeclarationError(f"it is made for Benchside {module.host}; this is {VERSION}")


def check_clashes(module: Module, others: Iterable[Module]) -> None:
    """See that it calls nothing by a name that it, or another, has given already; and names no permission it does not declare."""
    own: dict[str, str] = {}
    for other in others:
        for kind in (flow for flow in other.requests):
            own[f"kind {kind.kind}"] = own[f"serial prefix {kind.serial_prefix}"] = other.name
            own |= {f"limit {rule.id}": other.name for rule in kind.limits}
        own |= {f"permission {one.code}": other.name for one in other.permissions}
    mine = [f"permission {one.code}" for one in module.permissions]
    for flow in module.requests:
        mine += [f"kind {flow.kind}", f"serial prefix {flow.serial_prefix}"]
        mine += [f"limit {rule.id}" for rule in flow.limits]
    twice = sorted({one for one in mine if mine.count(one) > 1})
    if twice:
        raise DeclarationError(f"{twice[0]} is declared twice in it")
    for one in mine:
        if one in own:
            raise DeclarationError(f"{one} of {module.name} belongs to {own[one]} already")
    named = {step.permission for flow in module.requests for step in flow.decisions if step.permission}
    for stray in named - set(module.permissions):
        raise DeclarationError(f"permission {stray.code} is asked for and not among its permissions=[…]")
