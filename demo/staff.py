"""The courts of the demo, and who works in them: nobody real."""

import secrets
from collections.abc import Mapping

from attrs import frozen

from core.roles import Role
from core.values import Actor
from core.work.clients import add_client, client_of
from core.work.courts import add_court
from core.work.house import House
from core.work.people import add_person
from core.work.switches import enable
from demo.told import AccountTold, ClientTold, CourtTold


@frozen
class DemoCourt:
    """A court of the demo and which modules are on in it."""

    code: str
    name: str
    name_en: str
    telephone: str
    modules: tuple[str, ...]
    surnames: str
    second: bool
    """Whether there is a second judge and a second reviewer."""

    @property
    def digits(self) -> str:
        """What tells its accounts apart from those of others: 0199."""
        return self.code[1:]


SERVICES = ("filing", "appeal", "postponement", "preservation", "investigation", "contact", "suggestion")
"""What both courts offer, as far as it is installed."""
FIRST = DemoCourt("粤0199", "广东省虚构市第一人民法院", "Fictional First People's Court", "020-00000199",
                  (*SERVICES, "register", "sms"), "林陈周吴郑冯褚卫蒋沈韩杨朱", second=True)  # fmt: skip
SECOND = DemoCourt("粤0198", "广东省虚构市第二人民法院", "Fictional Second People's Court", "020-00000198",
                   (*SERVICES, "register"), "秦尤许何吕施张孔曹严华", second=False)  # fmt: skip
COURTS = (FIRST, SECOND)
BOTH = "platform_both"
_GIVEN = ("示例", "演示", "样本", "虚构")


@frozen
class Post:
    """One account of every court: its user name's stem, role, division, and the judge it serves."""

    stem: str
    role: Role
    department: str
    serves: str = ""
    second: bool = False


POSTS = (
    Post("judge", Role.HANDLING_JUDGE, "民事审判第一庭"),
    Post("judge2", Role.HANDLING_JUDGE, "民事审判第二庭", second=True),
    Post("reviewer", Role.CENTRE_REVIEWER, "诉讼服务中心"),
    Post("reviewer2", Role.CENTRE_REVIEWER, "诉讼服务中心", second=True),
    Post("assistant", Role.JUDGE_ASSISTANT, "民事审判第一庭", serves="judge"),
    Post("clerk", Role.CLERK, "民事审判第一庭", serves="judge"),
    Post("panel", Role.PANEL_MEMBER, "民事审判第一庭", serves="judge"),
    Post("content", Role.CONTENT_OFFICER, "诉讼服务中心"),
    Post("president", Role.PRESIDENT, "院部"),
    Post("supervisor", Role.SUPERVISOR, "审判管理办公室"),
    Post("sysadmin", Role.SYS_ADMIN, "信息技术科"),
    Post("secadmin", Role.SEC_ADMIN, "信息技术科"),
    Post("auditadmin", Role.AUDIT_ADMIN, "督察室"),
)


@frozen
class Outside:
    """A client of the API as it acts in one court."""

    client: int
    actor: Actor


@frozen
class Cast:
    """Who acts in one court: its people by the stem of their user name, and the outside platforms."""

    court: DemoCourt
    people: Mapping[str, Actor]
    platforms: tuple[Outside, ...]


@frozen
class Told:
    """What goes into demo.json."""

    courts: tuple[CourtTold, ...]
    accounts: tuple[AccountTold, ...]
    clients: tuple[ClientTold, ...]


def operator(court: str) -> Actor:
    """Return who does in ``court`` what an operator does from the command line."""
    return Actor(court=court, name="operator")


def password() -> str:
    """Return a random password that can be read out: Kimo-Ravu-4711."""

    def word() -> str:
        return "".join(secrets.choice("bdfgkmnprstv") + secrets.choice("aeiou") for _ in range(2))

    return f"{word().capitalize()}-{word().capitalize()}-{secrets.randbelow(9000) + 1000}"


def found_courts(house: House) -> tuple[list[Cast], Told]:
    """Found the courts with their people, modules and clients; return who acts, and what must be told."""
    for court in COURTS:
        add_court(house, court.code, court.name, court.name_en, court.telephone)
        for module in court.modules:
            if module in house.modules.ready:
                enable(house, operator(court.code), module)
    clients = [_client(house, f"platform_{court.digits}", court.code) for court in COURTS]
    clients.append(_client(house, BOTH, *(court.code for court in COURTS)))
    casts, accounts = [], []
    for court in COURTS:
        people, told = _hire(house, court)
        platforms = tuple(_outside(house, one, court.code) for one in clients if court.code in one.courts)
        casts.append(Cast(court, people, platforms))
        accounts += told
    return casts, Told(
        tuple(CourtTold(court.code, court.name) for court in COURTS), tuple(accounts), tuple(clients)
    )


def _hire(house: House, court: DemoCourt) -> tuple[dict[str, Actor], list[AccountTold]]:
    people: dict[str, Actor] = {}
    told = []
    posts = [post for post in POSTS if court.second or not post.second]
    for place, (post, surname) in enumerate(zip(posts, court.surnames, strict=True)):
        username, name, secret = f"{post.stem}_{court.digits}", surname + _GIVEN[place % 4], password()
        serves = [people[post.serves].person or 0] if post.serves else []
        person = add_person(
            house, operator(court.code), username, name, secret, [post.role],
            department=post.department, serves=serves,
        )  # fmt: skip
        people[post.stem] = Actor(
            court=court.code, person=person, name=name, roles=frozenset({post.role}),
            handles=frozenset({person, *serves}), address="127.0.0.1",
        )  # fmt: skip
        told.append(AccountTold(username, secret, post.role.value, court.code, name))
    return people, told


def _client(house: House, name: str, *courts: str) -> ClientTold:
    return ClientTold(name, add_client(house, name, courts), courts)


def _outside(house: House, told: ClientTold, court: str) -> Outside:
    client = client_of(house, told.token)
    assert client is not None
    return Outside(client.id, Actor(court=court, name=told.name, client=told.name, address="127.0.0.1"))
