"""A house with two courts and their people, as tests need one; everything by the same doors an operator uses."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typed_settings as ts
from attrs import define, evolve

from core.loader import Modules, find_modules, load_modules
from core.roles import Role
from core.settings import ROOT, Settings
from core.values import Actor
from core.work.arrive import Arrivals
from core.work.clients import add_client, client_of
from core.work.courts import add_court
from core.work.grants import grants_of
from core.work.house import House, open_house
from core.work.migrate import migrate
from core.work.people import add_person
from core.work.switches import enable

PLUGINS = ROOT / "plugins"
COURT = "粤0199"
OTHER = "粤0198"
PASSWORD = "Fictional-Court-1"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OPERATOR = Actor(court=COURT, name="operator")


@define
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@define
class Fixture:
    """A house, its clock, and those who act in it."""

    house: House
    clock: Clock
    people: dict[str, int]
    client: int
    token: str

    def actor(self, name: str, court: str = COURT) -> Actor:
        """Return the person ``name`` as the server would know them."""
        _, roles, serves = next(one for one in STAFF if one[0] == name)
        judges = {self.people[judge] for judge in serves}
        with self.house.store.read() as connection:
            grants = tuple(grants_of(connection, court).items())
        return Actor(
            court=court, person=self.people[name], name=name, roles=frozenset(roles),
            handles=frozenset({self.people[name], *judges}), grants=grants,
        )  # fmt: skip

    @property
    def outside(self) -> Actor:
        """The outside platform."""
        return Actor(court=COURT, client="outside", name="outside")

    def arrivals(self) -> Arrivals:
        return Arrivals(self.house)


STAFF: list[tuple[str, list[Role], list[str]]] = [
    ("judge", [Role.HANDLING_JUDGE], []),
    ("judge2", [Role.HANDLING_JUDGE], []),
    ("assistant", [Role.JUDGE_ASSISTANT], ["judge"]),
    ("clerk", [Role.CLERK], ["judge"]),
    ("panel", [Role.PANEL_MEMBER], ["judge"]),
    ("reviewer", [Role.CENTRE_REVIEWER], []),
    ("reviewer2", [Role.CENTRE_REVIEWER], []),
    ("content", [Role.CONTENT_OFFICER], []),
    ("president", [Role.PRESIDENT], []),
    ("supervisor", [Role.SUPERVISOR], []),
    ("sysadmin", [Role.SYS_ADMIN], []),
    ("secadmin", [Role.SEC_ADMIN], []),
    ("auditadmin", [Role.AUDIT_ADMIN], []),
]


def settings_for_tests(database_url: str, folder: Path, keys: Path | None = None, **more: object) -> Settings:
    """Return settings that need nothing of the machine; ``keys`` is the file that personal data is sealed with."""
    return Settings(
        database_url=database_url, data_dir=folder, keys_file=keys, secret_key=ts.SecretStr("test-secret-of-at-least-32-characters"),
        **more,  # type: ignore[arg-type]  # each test names real settings
    )  # fmt: skip


def make_house(
    database_url: str, folder: Path, modules: Iterable[str] = (), *, folders: Iterable[Path] = (), clock: Clock | None = None,
    loaded: Modules | None = None, keys: Path | None = None, **settings: object,
) -> Fixture:  # fmt: skip
    """Return a house on ``database_url`` with two courts, one person a role, a client, and ``modules`` on.

    The modules of ``folders``, the repository and installed packages are there, or those that are ``loaded`` already; what
    ``modules`` require is on as well.
    """
    clock = clock or Clock()
    chosen = settings_for_tests(database_url, folder, keys, **settings)
    loaded = loaded or load_modules(find_modules([*folders, PLUGINS]))
    house = evolve(open_house(chosen, loaded), clock=clock)
    migrate(house.store, loaded)
    add_court(house, COURT, "广东省虚构市第一人民法院", "Fictional First People's Court", "020-00000199")
    add_court(house, OTHER, "广东省虚构市第二人民法院", "Fictional Second People's Court", "020-00000198")
    people: dict[str, int] = {}
    for name, roles, serves in STAFF:
        people[name] = add_person(
            house, OPERATOR, name, name, PASSWORD, roles, serves=[people[judge] for judge in serves]
        )
    other = evolve(OPERATOR, court=OTHER)
    people["other_judge"] = add_person(
        house, other, "other_judge", "other_judge", PASSWORD, [Role.HANDLING_JUDGE]
    )
    people["other_reviewer"] = add_person(
        house, other, "other_reviewer", "other_reviewer", PASSWORD, [Role.CENTRE_REVIEWER]
    )
    token = add_client(house, "outside", [COURT, OTHER])
    client = client_of(house, token)
    assert client is not None
    for name in loaded.with_needed(modules):
        enable(house, OPERATOR, name)
    return Fixture(house, clock, people, client.id, token)
