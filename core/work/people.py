"""People: accounts, roles, whom they serve. The security administrator's work, and the operator's."""

from collections.abc import Iterable

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.records import Person, PersonRole, Serves, SessionRow
from core.roles import Role, role
from core.values import Actor
from core.work.guesses import account_of, forget, locked_among
from core.work.house import House
from core.work.login import hash_password
from core.work.refusals import not_found
from core.work.transaction import Transaction

_PASSWORD_LENGTH = 10


@frozen
class Account:
    """A person as the administration lists one."""

    id: int
    username: str
    name: str
    department: str
    roles: tuple[Role, ...]
    active: bool
    locked: bool
    serves: tuple[str, ...] = ()
    """The judges whose requests count as own, by name."""


def password_problem(password: str) -> Problem | None:
    """Return what is wrong with a new password (等保三级: at least 10 characters, three kinds of four)."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
    met = sum(any(kind(char) for char in password) for kind in kinds)
    if len(password) >= _PASSWORD_LENGTH and met >= 3:
        return None
    return Problem("password", "weak", Label("口令至少10位，并含大写、小写、数字、符号中的三类。", "At least 10 characters, with three of: capitals, small letters, digits, symbols."))  # fmt: skip


def add_person(
    house: House, actor: Actor, username: str, name: str, password: str, roles: Iterable[Role], *,
    department: str = "", serves: Iterable[int] = (),
) -> int:  # fmt: skip
    """Create an account in the actor's court and return its id.

    Raises:
        Refused: the name is taken, the password weak, or no role given.
    """
    chosen = sorted(set(roles))
    problems = _account_problems(username, name, department, password, chosen)
    if problems:
        raise invalid(problems)
    hashed = hash_password(password)
    judges = sorted(set(serves))

    def work(connection: Connection) -> int:
        tx = Transaction(house, connection, actor, house.clock())
        known = connection.scalars(
            sa.select(Person.id).where(Person.id.in_(judges), Person.court_code == tx.court)
        ).all()
        if len(known) != len(judges):
            raise invalid([Problem("serves", "unknown_person", Label("只能为本院人员服务。", "Only people of this court can be served."))])  # fmt: skip
        if connection.scalar(sa.select(Person.id).where(Person.username == username)) is not None:
            raise invalid(
                [Problem("username", "taken", Label("此用户名已有人使用。", "This user name is taken."))]
            )
        person = connection.execute(
            sa.insert(Person)
            .values(
                court_code=tx.court,
                username=username,
                name=name.strip(),
                password_hash=hashed,
                department=department,
            )
            .returning(Person.id)
        ).scalar_one()
        connection.execute(
            sa.insert(PersonRole), [{"person_id": person, "role": role.value} for role in chosen]
        )
        if judges:
            connection.execute(
                sa.insert(Serves), [{"person_id": person, "judge_id": judge} for judge in judges]
            )
        tx.audit("people.add", username, {"roles": [role.value for role in chosen]})
        return int(person)

    return house.store.write(work)


def _account_problems(
    username: str, name: str, department: str, password: str, roles: list[Role]
) -> list[Problem]:
    problems = [problem] if (problem := password_problem(password)) else []
    if not username.isascii() or not username.isidentifier() or len(username) > 64:
        problems.append(Problem("username", "bad_name", Label("用户名只用英文字母、数字和下划线。", "Use letters, digits and underscores.")))  # fmt: skip
    if not name.strip():
        problems.append(Problem("name", "missing", Label("请填写姓名。", "Give the name.")))
    for field, given in (("name", name.strip()), ("department", department)):
        if len(given) > 100:
            problems.append(Problem(field, "too_long", Label("最多100个字。", "At most 100 characters.")))
    if not roles:
        problems.append(
            Problem("roles", "missing", Label("请至少选择一个角色。", "Choose at least one role."))
        )
    return problems


def list_people(house: House, court: str) -> list[Account]:
    """Return the accounts of a court, by user name."""
    with house.store.read() as connection:
        people = connection.execute(
            sa.select(Person.__table__).where(Person.court_code == court).order_by(Person.username)
        ).all()
        roles: dict[int, list[Role]] = {}
        for row in connection.execute(
            sa.select(PersonRole.person_id, PersonRole.role)
            .join(Person, Person.id == PersonRole.person_id)
            .where(Person.court_code == court)
            .order_by(PersonRole.role)
        ):
            roles.setdefault(row.person_id, []).append(role(row.role))
        names = {row.id: row.name for row in people}
        serves: dict[int, list[str]] = {}
        for served in connection.execute(
            sa.select(Serves.person_id, Serves.judge_id)
            .join(Person, Person.id == Serves.person_id)
            .where(Person.court_code == court)
            .order_by(Serves.judge_id)
        ):
            serves.setdefault(served.person_id, []).append(names.get(served.judge_id, ""))
        shut = locked_among(connection, house.settings, [row.username for row in people], house.clock())
    return [
        Account(
            row.id, row.username, row.name, row.department, tuple(roles.get(row.id, ())), row.active,
            row.username in shut, tuple(serves.get(row.id, ())),
        )
        for row in people
    ]  # fmt: skip


def set_active(house: House, actor: Actor, person: int, *, active: bool) -> None:
    """Switch an account on or off; off ends its sessions at once. On also lifts a lock.

    Raises:
        Refused: no such account in the actor's court, or one's own.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        if person == actor.person:
            raise invalid(
                [
                    Problem(
                        "person",
                        "own",
                        Label("不能停用自己的账号。", "You cannot switch off your own account."),
                    )
                ]
            )
        which = (Person.id == person) & (Person.court_code == tx.court)
        username = connection.scalar(
            sa.update(Person).where(which).values(active=active).returning(Person.username)
        )
        if username is None:
            raise not_found()
        forget(connection, account_of(house.settings, username))
        if not active:
            _end_sessions(connection, person)
        tx.audit("people.activate" if active else "people.deactivate", str(person))

    house.store.write(work)


def set_roles(house: House, actor: Actor, person: int, roles: Iterable[Role]) -> None:
    """Give a person these roles and no other; sessions of the former ones end at once.

    Raises:
        Refused: no such account in the actor's court, one's own, or no role given.
    """
    chosen = sorted({role.value for role in roles})
    if not chosen:
        raise invalid(
            [Problem("roles", "missing", Label("请至少选择一个角色。", "Choose at least one role."))]
        )

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        if person == actor.person:
            raise invalid(
                [Problem("person", "own", Label("不能修改自己的角色。", "You cannot change your own roles."))]
            )
        there = connection.scalar(
            sa.select(Person.id).where(Person.id == person, Person.court_code == tx.court)
        )
        if there is None:
            raise not_found()
        connection.execute(sa.delete(PersonRole).where(PersonRole.person_id == person))
        connection.execute(sa.insert(PersonRole), [{"person_id": person, "role": role} for role in chosen])
        _end_sessions(connection, person)
        tx.audit("people.roles", str(person), {"roles": chosen})

    house.store.write(work)


def set_password(house: House, username: str, password: str) -> bool:
    """Give an account a new password; tell whether there is one of that name. Its sessions end, and so does a lock.

    Raises:
        Refused: the password is weak.
    """
    if problem := password_problem(password):
        raise invalid([problem])
    hashed = hash_password(password)

    def work(connection: Connection) -> bool:
        person = connection.scalar(
            sa.update(Person)
            .where(Person.username == username)
            .values(password_hash=hashed)
            .returning(Person.id)
        )
        if person is None:
            return False
        forget(connection, account_of(house.settings, username))
        _end_sessions(connection, person)
        return True

    return house.store.write(work)


def _end_sessions(connection: Connection, person: int) -> None:
    connection.execute(sa.delete(SessionRow).where(SessionRow.person_id == person))
