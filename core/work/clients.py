"""Clients of the API: tokens, and the courts they may serve."""

import hashlib
import secrets
from collections.abc import Iterable

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.records import ClientCourt, ClientRow, Court
from core.store.prepared import PreparedRead
from core.values import Actor
from core.work.house import House
from core.work.refusals import not_found
from core.work.transaction import Transaction

_CLIENT = PreparedRead(
    sa.select(ClientRow.id, ClientRow.name, ClientCourt.court_code)
    .join(ClientCourt, ClientCourt.client_id == ClientRow.id)
    .where(ClientRow.token_digest == sa.bindparam("digest"), ClientRow.active.is_(True))
)


_STILL = PreparedRead(
    sa.select(ClientRow.id)
    .join(ClientCourt, ClientCourt.client_id == ClientRow.id)
    .where(
        ClientRow.id == sa.bindparam("client"), ClientRow.name == sa.bindparam("name"),
        ClientRow.token_digest == sa.bindparam("digest"), ClientRow.active.is_(True),
        ClientCourt.court_code == sa.bindparam("court"),
    ),
    common=True,
)  # fmt: skip


@frozen
class Client:
    """A client as the API knows it after its token was read."""

    id: int
    name: str
    courts: frozenset[str]
    digest: str = ""
    """Of its token, where it was found by that."""


def digest_of(token: str) -> str:
    """Return what a client is found by: its token's digest."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_client(house: House, name: str, courts: Iterable[str], actor: Actor | None = None) -> str:
    """Create a client and return its token, which is shown this once and kept only as a digest.

    With ``actor`` it is recorded in that court's audit log who did.

    Raises:
        Refused: the name is taken, or a court is unknown.
    """
    token = secrets.token_urlsafe(32)
    wanted = sorted(set(courts))
    name = name.strip()

    def work(connection: Connection) -> None:
        known = set(connection.scalars(sa.select(Court.code).where(Court.code.in_(wanted))))
        problems = [
            Problem("courts", "unknown_court", Label(f"没有法院“{code}”。", f"There is no court {code}."))
            for code in wanted
            if code not in known
        ]
        if not wanted:
            problems.append(
                Problem("courts", "missing", Label("请至少给出一个法院。", "Give at least one court."))
            )
        if not name or connection.scalar(sa.select(ClientRow.id).where(ClientRow.name == name)) is not None:
            problems.append(
                Problem("name", "taken", Label("名称为空或已被使用。", "The name is empty or taken."))
            )
        if len(name) > 64:
            problems.append(Problem("name", "too_long", Label("最多64个字。", "At most 64 characters.")))
        if problems:
            raise invalid(problems)
        client = connection.execute(
            sa.insert(ClientRow).values(name=name, token_digest=digest_of(token)).returning(ClientRow.id)
        ).scalar_one()
        connection.execute(
            sa.insert(ClientCourt), [{"client_id": client, "court_code": code} for code in wanted]
        )
        if actor is not None:
            Transaction(house, connection, actor, house.clock()).audit(
                "clients.add", name, {"courts": wanted}
            )

    house.store.write(work)
    return token


def list_clients(house: House, court: str | None = None) -> list[tuple[Client, bool]]:
    """Return (client, active) by name: those that may serve ``court``, or all."""
    with house.store.read() as connection:
        rows = connection.execute(
            sa.select(ClientRow.id, ClientRow.name, ClientRow.active, ClientCourt.court_code)
            .join(ClientCourt, ClientCourt.client_id == ClientRow.id)
            .order_by(ClientRow.name)
        ).all()
    found: dict[int, tuple[str, bool, set[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (row.name, row.active, set()))[2].add(row.court_code)
    return [
        (Client(key, name, frozenset(courts)), active)
        for key, (name, active, courts) in found.items()
        if court is None or court in courts
    ]


def set_client_active(house: House, client: int, *, active: bool, actor: Actor | None = None) -> None:
    """Switch a client on or off; its token counts, or not, from the next request.

    With ``actor`` it is recorded who did, and only a client of that court alone can be switched: no court
    decides for another.

    Raises:
        Refused: with ``actor``, the client does not serve the court, or serves others too.
    """

    def work(connection: Connection) -> None:
        if actor is not None:
            serves = set(
                connection.scalars(sa.select(ClientCourt.court_code).where(ClientCourt.client_id == client))
            )
            if actor.court not in serves:
                raise not_found()
            if len(serves) > 1:
                raise Refused(Reason.CONFLICT, "shared_client", ("此平台还接入其他法院，只能由运维人员用命令行启停。", "This client serves other courts too; only the operator's command line switches it."))  # fmt: skip
        connection.execute(sa.update(ClientRow).where(ClientRow.id == client).values(active=active))
        if actor is not None:
            name = connection.scalars(sa.select(ClientRow.name).where(ClientRow.id == client)).one()
            Transaction(house, connection, actor, house.clock()).audit(
                "clients.activate" if active else "clients.deactivate", name
            )

    house.store.write(work)


def client_of(house: House, token: str) -> Client | None:
    """Return the client with this token, or None."""
    digest = digest_of(token)
    rows = house.store.asking.rows(_CLIENT, {"digest": digest})
    if not rows:
        return None
    return Client(rows[0].id, rows[0].name, frozenset(row.court_code for row in rows), digest)


class ClientChanged(Exception):
    """A client is no longer what it was known as: it was switched off, its token exchanged, or a court taken from it."""


def confirm(connection: Connection, client: Client, court: str) -> None:
    """Make sure, within a transaction, that ``client`` still is as it was known, and serves ``court``.

    Raises:
        ClientChanged: it is not.
    """
    given = {"client": client.id, "name": client.name, "digest": client.digest, "court": court}
    if _STILL.first(connection, given) is None:
        raise ClientChanged
