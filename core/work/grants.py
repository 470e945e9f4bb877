"""Who holds a permission in a court, where it departs from what the module declares: read, shown, changed."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.gate import enabled
from core.records import CourtSetting
from core.roles import Permission, Role
from core.store.prepared import PreparedRead
from core.store.upsert import upsert
from core.values import OUTSIDE, Actor
from core.work.house import House
from core.work.refusals import not_found
from core.work.transaction import Transaction

STEM = "permission."
"""What the names of such settings begin with; no field of a settings class has a dot in its name."""
_GRANTS = PreparedRead(
    sa.select(CourtSetting.name, CourtSetting.value).where(
        CourtSetting.court_code == sa.bindparam("court"), CourtSetting.name.startswith(STEM, autoescape=True)
    )
)
Grants = Mapping[str, frozenset[str]]


@frozen
class PermissionLine:
    """One permission of a module that is on, and who holds it."""

    module: Label
    permission: Permission
    holders: frozenset[str]
    changed: bool
    """Whether the court departs from what the module declares."""


def grants_of(connection: Connection, court: str) -> Grants:
    """Return permission → holders, where ``court`` departs from what is declared."""
    return {
        name.removeprefix(STEM): frozenset(held) for name, held in _GRANTS.all(connection, {"court": court})
    }


def declared_holders(permission: Permission) -> frozenset[str]:
    """Return who holds it until a court says otherwise."""
    return frozenset({*permission.roles, *([OUTSIDE] if permission.outside else [])})


def list_permissions(house: House, actor: Actor) -> list[PermissionLine]:
    """Return the permissions of the modules that are on in the court, in the order of the menu."""
    with house.store.read() as connection:
        on, grants = enabled(connection, actor.court), grants_of(connection, actor.court)
    return [
        PermissionLine(module.title, one, grants.get(one.code, declared_holders(one)), one.code in grants)
        for name, module in house.modules.ordered()
        if name in on
        for one in module.permissions
    ]


def change_permission(house: House, actor: Actor, code: str, holders: Collection[str] | None) -> None:
    """Give a permission to exactly ``holders`` (roles, or ``OUTSIDE``); None goes back to what the module declares.

    Raises:
        Refused: no module that is on has such a permission, or a holder is none.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        owners = {
            one.code: (name, one) for name, module in house.modules.ordered() if name in tx.on for one in module.permissions
        }  # fmt: skip
        if code not in owners or not set(holders or ()) <= {*Role, OUTSIDE}:
            raise not_found()
        module, permission = owners[code]
        before = grants_of(connection, tx.court).get(code, declared_holders(permission))
        place = {"court_code": tx.court, "module": module, "name": STEM + code}
        if holders is None:
            same = [getattr(CourtSetting, name) == value for name, value in place.items()]
            connection.execute(sa.delete(CourtSetting).where(*same))
        else:
            value = {"value": sorted(str(one) for one in holders)}
            upsert(connection, CourtSetting, place, value, value)
        after = declared_holders(permission) if holders is None else holders
        tx.audit(
            "permission.change", code, {"before": sorted(before), "after": sorted(str(one) for one in after)}
        )

    house.store.write(work)
