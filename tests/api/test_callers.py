"""A client that was here before is known; what it may do now is asked of the database, with whatever it writes."""

import secrets
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from core.records import ApplicationRow, ClientCourt, ClientRow, IdempotentAnswer
from core.work.clients import add_client, client_of, digest_of, list_clients, set_client_active
from tests.support.houses import COURT, OTHER


@pytest.fixture
def known(api):
    """Give the token of a client that has filed a request already."""
    house = api.fixture.house
    api.token = add_client(house, f"known-{secrets.token_hex(4)}", [COURT])
    api.file()
    return client_of(house, api.token)


def filed(api, client) -> int:
    with api.fixture.house.store.read() as connection:
        mine = (
            sa.select(sa.func.count())
            .select_from(ApplicationRow)
            .where(ApplicationRow.client_id == client.id)
        )
        return int(connection.scalar(mine))


def changed(api, statement: sa.Update | sa.Delete | sa.Insert) -> None:
    api.fixture.house.store.write(lambda connection: connection.execute(statement))


def switched_off(api, client) -> None:
    set_client_active(api.fixture.house, client.id, active=False)


def with_another_token(api, client) -> None:
    new = digest_of(secrets.token_hex(8))
    changed(api, sa.update(ClientRow).where(ClientRow.id == client.id).values(token_digest=new))


def without_the_court(api, client) -> None:
    changed(api, sa.insert(ClientCourt).values(client_id=client.id, court_code=OTHER))
    changed(
        api, sa.delete(ClientCourt).where(ClientCourt.client_id == client.id, ClientCourt.court_code == COURT)
    )


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [(switched_off, 401, "no_token"), (with_another_token, 401, "no_token"), (without_the_court, 403, "other_court")],
)  # fmt: skip
@pytest.mark.parametrize("keyed", [False, True])
def test_a_change_counts_from_the_next_request(
    api, known, change: Callable[..., None], status: int, code: str, keyed: bool
):
    """Whatever was changed by another process: nothing is filed, and no key is taken."""
    body = api.submission(2)
    change(api, known)
    given = {"Idempotency_Key": secrets.token_hex(8)} if keyed else {}
    reply = api.post("applications", body, **given)
    assert (reply.status, reply.body["code"], filed(api, known)) == (status, code, 1)
    with api.fixture.house.store.read() as connection:
        claimed = sa.select(IdempotentAnswer.key).where(IdempotentAnswer.client_id == known.id)
        assert connection.scalars(claimed).all() == []


def test_who_is_switched_on_again_goes_on(api, known):
    body = api.submission(2)
    switched_off(api, known)
    assert api.post("applications", body).status == 401
    set_client_active(api.fixture.house, known.id, active=True)
    assert api.post("applications", body).status == 201
    assert filed(api, known) == 2


def test_a_court_that_is_new_to_a_known_client_counts_too(api, known):
    changed(api, sa.insert(ClientCourt).values(client_id=known.id, court_code=OTHER))
    reply = api.post("applications", {"kind": "none"}, court=OTHER)
    assert (reply.status, reply.body["code"]) == (404, "unknown_kind")


def test_another_name_is_the_one_that_is_recorded(api, known):
    body = api.submission(2)
    name = f"renamed-{secrets.token_hex(4)}"
    changed(api, sa.update(ClientRow).where(ClientRow.id == known.id).values(name=name))
    reply = api.post("applications", body)
    assert (reply.status, reply.body["code"]) == (409, "client_changed")
    assert api.post("applications", body).status == 201
    assert [one.name for one, active in list_clients(api.fixture.house) if one.id == known.id and active] == [
        name
    ]
