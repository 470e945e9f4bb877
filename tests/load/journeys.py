"""What people and platforms do: each a short row of requests with pauses between, every answer checked."""

import hashlib
import re
import threading
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import quote

from attrs import Factory, define, field

from core.roles import Role
from tests.load.court import Court, document
from tests.load.seen import API, PAGES, Seen
from tests.load.talk import Person, Platform, Reply
from tests.load.ways import OPINION, Kind, Way, body_of

IDLE = 600
"""Seconds after which people log in anew, before the house asks them to."""
_SERIAL = re.compile(r"[A-Z]{2}\d{20}")


class Unfinished(Exception):
    """An answer was wrong: the journey ends there."""


@define
class Filed:
    """A request that the load filed, as its answers say it stands."""

    kind: Kind
    serial_no: str
    client: int
    judge: str
    state: str
    digests: list[str]
    decided: Way | None = None
    said: list[str] = Factory(list)
    """Texts of messages, each of which was taken."""


@define
class Memory:
    """What all journeys share: who is free, what was filed, what still waits for a decision."""

    court: Court
    kinds: list[Kind]
    port: int
    seen: Seen
    filed: list[Filed] = Factory(list)
    open: list[Filed] = Factory(list)
    cursors: dict[int, list[int]] = Factory(dict)
    told: dict[int, list[tuple[str, str]]] = Factory(dict)
    """What the feed said to each client: serial number and what."""
    reading: dict[int, threading.Lock] = Factory(dict)
    unmanned: int = 0
    """Journeys for which nobody was free."""
    _people: dict[str, Person] = Factory(dict)
    _busy: set[str] = Factory(set)
    _cases: int = 2
    _lock: threading.Lock = field(factory=threading.Lock)

    def case(self) -> tuple[str, str]:
        """Return a case nobody has filed in."""
        with self._lock:
            self._cases += 1
            return self.court.cases[self._cases - 1]

    def someone(self, dice: Random, role: Role) -> Person | None:
        """Take somebody who is free."""
        return self.named(dice, self.court.people[role])

    def named(self, dice: Random, names: Sequence[str]) -> Person | None:
        """Take one of these who is free."""
        with self._lock:
            free = [name for name in names if name not in self._busy]
            return self._taken(dice.choice(free)) if free else None

    def undecided(self, dice: Random) -> tuple[Filed, Person] | None:
        """Take a request that waits, and who decides it."""
        with self._lock:
            for place, one in enumerate(self.open):
                names = (
                    [one.judge] if one.kind.role is Role.HANDLING_JUDGE else self.court.people[one.kind.role]
                )
                free = [name for name in names if name not in self._busy]
                if free:
                    del self.open[place]
                    return one, self._taken(dice.choice(free))
        return None

    def _taken(self, name: str) -> Person:
        self._busy.add(name)
        return self._people.setdefault(name, Person(self.port, name))

    def release(self, person: Person) -> None:
        """Let somebody go."""
        with self._lock:
            self._busy.discard(person.name)

    def add(self, one: Filed) -> None:
        """Note what was filed."""
        with self._lock:
            self.filed.append(one)
            if one.kind.ways:
                self.open.append(one)

    def any_filed(self, dice: Random) -> Filed | None:
        """Return something that was filed before."""
        with self._lock:
            return dice.choice(self.filed) if self.filed else None


@define
class Journey:
    """One visit: its dice, its place in time."""

    memory: Memory
    number: int
    due: float
    """When the next request is due, by the monotonic clock."""
    pause: float
    """Seconds between an answer and the next request, on average."""
    dice: Random = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.dice = Random(self.number)

    def ask(self, sort: str, kind: str, asked: Callable[[], Reply], *expected: tuple[str, Callable[[Reply], bool]], status: int = 200) -> Reply:  # fmt: skip
        """Ask when it is due, check the answer, note it."""
        threading.Event().wait(max(0.0, self.due - time.monotonic()))
        reply, fault = None, None
        try:
            reply = asked()
            if reply.status != status:
                fault = f"{reply.status} instead of {status}: {reply.text[-300:]}"
            else:
                fault = next((f"not right: {what}" for what, holds in expected if not holds(reply)), None)
        except Exception as error:  # noqa: BLE001 - whatever happens to a request is an answer of the load
            fault = f"{type(error).__name__}: {error}"
        now = time.monotonic()
        self.memory.seen.note(sort, kind, now - self.due, fault)
        if fault is not None or reply is None:
            raise Unfinished(fault)
        self.due = now + self.dice.expovariate(1 / self.pause) if self.pause else now
        return reply

    # --- People

    def log_in(self, person: Person) -> None:
        """Log in where the session is old, and come to the desk."""
        if time.monotonic() - person.used > IDLE:
            person.cookies.clear()
            self.ask(
                PAGES, "log-in form", lambda: person.get("/login"), ("a form", lambda one: bool(person.token))
            )
            self.ask(PAGES, "log-in", person.enter, ("to the desk", lambda one: one.location.endswith("/")), status=303)  # fmt: skip
        self.ask(PAGES, "desk", lambda: person.get("/"), ("my name", lambda one: person.name in one.text))
        person.used = time.monotonic()

    def leave(self, person: Person) -> None:
        """Some log out."""
        if self.dice.random() < 0.1:
            self.ask(PAGES, "log-out", lambda: person.post("/logout", {}), status=303)
            person.used = float("-inf")

    def queue(self, person: Person, kind: Kind, name: str, **query: str) -> Reply:
        """Open a page of a queue; its rows are of this court, of one list, in order, in the states asked for."""
        state = query.get("state")
        days = "descending" if query.get("order", "newest") == "newest" and "due" not in query else ""
        return self.ask(
            PAGES, name, lambda: person.get(f"/m/{kind.module}/", **query),
            ("the list", lambda one: f'data-queue="{kind.module}"' in one.text),
            ("rows once", lambda one: len(dict(one.rows)) == len(one.rows) <= 20),
            ("this court's", lambda one: all("440199" in serial for serial, _ in one.rows)),
            ("in these states", lambda one: not state or all(held == state for _, held in one.rows)),
            ("in order", lambda one: not days or _falls([serial[8:16] for serial, _ in one.rows])),
        )  # fmt: skip

    def detail(self, person: Person, one: Filed, *more: tuple[str, Callable[[Reply], bool]]) -> Reply:
        """Open a request."""
        return self.ask(
            PAGES, "detail", lambda: person.get(_path(one)), ("its number", lambda reply: one.serial_no in reply.text),
            ("its files", lambda reply: len(reply.files) >= len(one.digests)), *more,
        )  # fmt: skip

    # --- Journeys

    def file(self) -> None:
        """A party files: uploads, submits — now and then twice — and looks."""
        memory = self.memory
        kind = self.dice.choice(memory.kinds)
        client = self.dice.randrange(len(memory.court.clients))
        platform = Platform(memory.port, memory.court.clients[client].token)
        case, judge = memory.case() if kind.cased else ("", "")
        digests = []
        for _ in kind.example["attachments"]:
            digest, content = document(self.dice)
            self.ask(API, "file upload", lambda d=digest, c=content: platform.call("PUT", f"files/{d}", c),
                     ("its digest", lambda one, d=digest: one.body["sha256"] == d), status=201)  # fmt: skip
            digests.append(digest)
        body = body_of(kind.example, f"load-{self.number}", case, digests)
        came = self.ask(
            API, f"submission of {kind.kind}", lambda: platform.call("POST", "applications", body),
            ("a serial number", lambda one: _SERIAL.fullmatch(one.body["serial_no"]) is not None),
            ("who filed", lambda one: one.body["receipt"]["submitter"] == body["submitter"]["name"]),
            ("its state", lambda one: one.body["state"]["code"] == kind.state), status=201,
        ).body  # fmt: skip
        one = Filed(kind, came["serial_no"], client, judge, kind.state, digests)
        if self.dice.random() < 0.1:
            self.ask(
                API, "the same submission again", lambda: platform.call("POST", "applications", body),
                ("the same number", lambda reply: reply.body["serial_no"] == one.serial_no), status=201,
            )  # fmt: skip
        self.ask(
            API, "where it stands", lambda: platform.call("GET", f"applications/{one.serial_no}"),
            ("its state", lambda reply: reply.body["state"]["code"] == kind.state),
            ("its files", lambda reply: sorted(file["sha256"] for file in reply.body["attachments"]) == sorted(digests)),
        )  # fmt: skip
        memory.add(one)

    def decide(self) -> None:
        """Somebody opens what waits, reads it, saves an opinion and carries it out; the platform sees what came of it."""
        found = self.memory.undecided(self.dice)
        if found is None:
            self.read()
            return
        one, person = found
        try:
            self.log_in(person)
            self.queue(person, one.kind, "queue, one state", state=one.kind.state)
            page = self.detail(person, one, ("its state", lambda reply: reply.state == one.state))
            if page.files:
                path = self.dice.choice(page.files)
                self.ask(PAGES, "file", lambda: person.get(path), ("the same bytes", lambda reply: hashlib.sha256(reply.raw).hexdigest() in one.digests))  # fmt: skip
            self.conclude(person, one, self.dice.choice(one.kind.ways))
            self.leave(person)
        finally:
            self.memory.release(person)

    def conclude(self, person: Person, one: Filed, way: Way) -> None:
        """Save and carry out, or carry out at once what needs no opinion; read the state back from both sides."""
        path = _path(one)
        form: dict[str, Any] = {**way.form, "decision": way.code, "opinion": OPINION}
        if way.direct:
            page = self.ask(PAGES, "direct form", lambda: person.get(f"{path}/decide", decision=way.code))
            final = {**form, "version": page.version, "direct": "form"}
        else:
            page = self.ask(PAGES, "review form", lambda: person.get(f"{path}/review"), ("a form", lambda reply: bool(reply.version)))  # fmt: skip
            final = {"decision": way.code, "version": page.version}
            self.ask(PAGES, "saving a review", lambda: person.post(f"{path}/review", {**form, "version": page.version}), status=303)  # fmt: skip
            self.ask(PAGES, "review form, saved", lambda: person.get(f"{path}/review"), ("my text", lambda reply: OPINION in reply.text))  # fmt: skip
        self.ask(
            PAGES,
            f"carrying out {one.kind.kind} {way.code}",
            lambda: person.post(f"{path}/decide", final),
            status=303,
        )
        one.decided, one.state = way, way.state
        self.detail(person, one, ("it moved", lambda reply: reply.state != one.kind.state))  # fmt: skip
        platform = Platform(self.memory.port, self.memory.court.clients[one.client].token)
        self.ask(API, "where it stands", lambda: platform.call("GET", f"applications/{one.serial_no}"), ("it moved", lambda reply: reply.body["state"]["code"] != one.kind.state))  # fmt: skip

    def read(self) -> None:
        """Somebody looks through the lists: conditions, searches, next pages, a request, a file."""
        role = self.dice.choice((Role.CENTRE_REVIEWER, Role.HANDLING_JUDGE, Role.CLERK))
        person = self.memory.someone(self.dice, role)
        if person is None:
            self.memory.unmanned += 1
            return
        try:
            self.log_in(person)
            kind = self._listed(role)
            page = self.queue(person, kind, "queue", order="newest")
            if page.next:
                before = {serial for serial, _ in page.rows}
                self.ask(PAGES, "queue, next page", lambda: person.get(page.next), ("other rows", lambda one: before.isdisjoint(dict(one.rows))))  # fmt: skip
            name, query = self.dice.choice((
                ("queue, by time limit", {"order": "due"}), ("queue, due soon", {"due": "near"}),
                ("queue, oldest first", {"order": "oldest"}), ("queue, one state", {"state": kind.state}),
                ("search, common", {"q": "贸易"}), ("search, absent", {"q": "龘龘"}),
            ))  # fmt: skip
            self.queue(person, kind, name, **query)
            self._look_up(person, role)
            self.leave(person)
        finally:
            self.memory.release(person)

    def _listed(self, role: Role) -> Kind:
        """Return a kind whose list the role has: judges and clerks those of cases."""
        cased = role is not Role.CENTRE_REVIEWER
        kinds = [one for one in self.memory.kinds if one.role is (Role.HANDLING_JUDGE if cased else role)]
        return self.dice.choice(kinds or self.memory.kinds)

    def _look_up(self, person: Person, role: Role) -> None:
        """Find a request by its number, and open it."""
        one = self.memory.any_filed(self.dice)
        if one is None or one.kind.role is not role:
            return
        if role is Role.HANDLING_JUDGE and one.judge != person.name:
            return
        self.ask(PAGES, "search, a number", lambda: person.get(f"/m/{one.kind.module}/", q=one.serial_no),
                 ("that one alone", lambda reply: [serial for serial, _ in reply.rows] == [one.serial_no]))  # fmt: skip
        self.ask(PAGES, "search box", lambda: person.get("/search", q=one.serial_no), ("that one", lambda reply: one.serial_no in reply.text))  # fmt: skip
        self.detail(person, one)

    def talk(self) -> None:
        """The court writes, the party answers, the court reads it."""
        memory, one = self.memory, self.memory.any_filed(self.dice)
        names = [] if one is None else [one.judge] if one.judge else memory.court.people[one.kind.role]
        person = memory.named(self.dice, names)
        if one is None or person is None:
            self.read()
            return
        platform = Platform(memory.port, memory.court.clients[one.client].token)
        asked, answered = f"请补充说明第{self.number}项。", f"已说明第{self.number}项。"
        path = _path(one)
        try:
            self.log_in(person)
            self.ask(PAGES, "message form", lambda: person.get(f"{path}/comment"))
            self.ask(
                PAGES,
                "sending a message",
                lambda: person.post(f"{path}/comment", {"text": asked}),
                status=303,
            )
            self.ask(API, "reading a message", lambda: platform.call("GET", f"applications/{one.serial_no}"), ("the text", lambda reply: asked in [said["text"] for said in reply.body["messages"]]))  # fmt: skip
            self.ask(API, "answering a message", lambda: platform.call("POST", f"applications/{one.serial_no}/messages", {"text": answered}), status=201)  # fmt: skip
            one.said += [asked, answered]
            self.detail(person, one, ("the answer", lambda reply: answered in reply.text))
            self.leave(person)
        finally:
            memory.release(person)

    def follow(self) -> None:
        """A platform reads the feed to its end."""
        client = self.dice.randrange(len(self.memory.court.clients))
        self.follow_up(client)

    def follow_up(self, client: int) -> None:
        """Read what changed for a client since it last asked; one reader at a time, as a platform does."""
        memory = self.memory
        platform = Platform(memory.port, memory.court.clients[client].token)
        if not memory.reading[client].acquire(blocking=False):
            return
        try:
            cursors = memory.cursors[client]
            while True:
                after = cursors[-1] if cursors else 0
                body = self.ask(
                    API, "change feed", lambda after=after: platform.call("GET", f"changes?after={after}"),
                    ("in order", lambda one, after=after: _rises([after, *(each["cursor"] for each in one.body["changes"])])),
                ).body  # fmt: skip
                cursors += [each["cursor"] for each in body["changes"]]
                memory.told[client] += [(each["serial_no"], each["what"]) for each in body["changes"]]
                if len(body["changes"]) < 100:
                    return
        finally:
            memory.reading[client].release()


def _path(one: Filed) -> str:
    return f"/m/{one.kind.module}/{quote(one.serial_no)}"


def _falls(values: list[str]) -> bool:
    return all(first >= second for first, second in pairwise(values))


def _rises(values: list[int]) -> bool:
    return all(first < second for first, second in pairwise(values))
