"""What a court says in its notices in the place of the built-in words: listed, checked, kept, taken back, and taken when one is sent."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.gate import enabled
from core.module import Flow, Module
from core.naming import faults_of, placeholders
from core.records import Court, NoticeTemplate
from core.store.prepared import PreparedRead
from core.store.upsert import upsert
from core.values import Actor
from core.work.house import House
from core.work.notices import fill, text_of_step
from core.work.refusals import not_found, stale
from core.work.transaction import Transaction

SUBMIT, OTHERS = "submit", ".participants"
LONGEST = 500
"""Characters of a wording; a message on a telephone holds some seventy."""
_OWN = PreparedRead(
    sa.select(NoticeTemplate.text).where(
        NoticeTemplate.court_code == sa.bindparam("court"),
        NoticeTemplate.kind == sa.bindparam("kind"),
        NoticeTemplate.code == sa.bindparam("code"),
    ),
    common=True,
)


@frozen
class Wording:
    """One notice of a flow: when it is sent, the built-in words, and what they may name."""

    module: Label
    kind: str
    code: str
    title: Label
    built_in: str
    names: Mapping[str, Label]


@frozen
class WordingLine:
    """A notice with what the court says in it now."""

    wording: Wording
    text: str
    changed_at: datetime | None
    changed_by: str
    works: bool
    """A court's words may name what a newer module no longer has; the built-in ones are taken until they are mended."""

    @property
    def digest(self) -> str:
        """What the text is known by when it is sent back changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def wording_of(tx: Transaction, flow: Flow, code: str, built_in: Label) -> Label:
    """Return what the court says in the notice ``code``: its own words where it has some that still work."""
    own = _OWN.scalar(tx.connection, {"court": tx.court, "kind": flow.kind, "code": code})
    if own is None:
        return built_in
    return Label(own, built_in.en) if not faults_of(own, tuple(placeholders(flow))) else built_in


def list_wordings(house: House, actor: Actor) -> list[WordingLine]:
    """Return the notices of the modules that are on in the court, in the order of the menu."""
    with house.store.read() as connection:
        return _lines(house, connection, actor.court)


def read_wording(house: House, actor: Actor, kind: str, code: str) -> WordingLine:
    """Return one notice as it is worded now.

    Raises:
        Refused: there is no such notice in a module that is on.
    """
    with house.store.read() as connection:
        return _line(house, connection, actor.court, kind, code)


def save_wording(house: House, actor: Actor, kind: str, code: str, text: str | None, seen: str) -> None:
    """Keep the court's own words of a notice, from the next one sent; None goes back to the built-in ones.

    Raises:
        Refused: they are empty, too long or name what is not there; or somebody changed them since ``seen``.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        held = _line(house, connection, tx.court, kind, code)
        if seen != held.digest:
            raise stale()
        key = {"court_code": tx.court, "kind": kind, "code": code}
        if text is None:
            same = [getattr(NoticeTemplate, name) == value for name, value in key.items()]
            connection.execute(sa.delete(NoticeTemplate).where(*same))
            tx.audit("notice.wording_reset", f"{kind}.{code}", {"before": held.text})
            return
        clean = checked(held, text)
        content = {
            "module": house.modules.owner[kind], "text": clean, "changed_at": tx.at, "changed_by": actor.name,
        }  # fmt: skip
        upsert(connection, NoticeTemplate, key, content, content)
        tx.audit("notice.wording_save", f"{kind}.{code}", {"before": held.text, "after": clean})

    house.store.write(work)


def checked(line: WordingLine, text: str) -> str:
    """Return a wording as it would be kept.

    Raises:
        Refused: it is empty, too long, or names what is not there.
    """
    clean = " ".join(text.split())
    faults = list(faults_of(clean, tuple(line.wording.names)))
    if not clean:
        faults.append(Label("请填写通知内容。", "Write what the notice says."))
    if len(clean) > LONGEST:
        faults.append(Label(f"最多{LONGEST}个字，现有{len(clean)}个字。", f"At most {LONGEST} characters; it has {len(clean)}."))  # fmt: skip
    if faults:
        raise invalid([Problem("text", "wording", one) for one in faults])
    return clean


def example_of_wording(house: House, actor: Actor, line: WordingLine, text: str) -> str:
    """Return what ``text`` would say, with the names of what is not known yet in its place."""
    with house.store.read() as connection:
        court = connection.scalar(sa.select(Court.name).where(Court.code == actor.court))
    words = {name: f"〔{label.zh}〕" for name, label in line.wording.names.items()} | {"court": str(court)}
    return fill(Label(text, text), words) if not faults_of(text, tuple(line.wording.names)) else text


def _lines(house: House, connection: Connection, court: str) -> list[WordingLine]:
    on = enabled(connection, court)
    rows = connection.execute(sa.select(NoticeTemplate.__table__).where(NoticeTemplate.court_code == court))
    own = {(row.kind, row.code): row for row in rows}
    return [
        _shown(wording, own.get((wording.kind, wording.code)))
        for name, module in house.modules.ordered()
        if name in on
        for flow in module.requests
        for wording in _wordings(module, flow)
    ]


def _line(house: House, connection: Connection, court: str, kind: str, code: str) -> WordingLine:
    for line in _lines(house, connection, court):
        if (line.wording.kind, line.wording.code) == (kind, code):
            return line
    raise not_found()


def _shown(wording: Wording, row: sa.Row[tuple[object, ...]] | None) -> WordingLine:
    if row is None:
        return WordingLine(wording, wording.built_in, None, "", works=True)
    works = not faults_of(str(row.text), tuple(wording.names))
    return WordingLine(wording, str(row.text), row.changed_at, row.changed_by, works=works)


def _wordings(module: Module, flow: Flow) -> Iterator[Wording]:
    title = module.title
    if len(module.requests) > 1:
        title = Label(f"{module.title.zh} · {flow.title.zh}", f"{module.title.en} · {flow.title.en}")

    names = placeholders(flow)

    def made(code: str, when: Label, text: str) -> Wording:
        return Wording(title, flow.kind, code, when, text, names)

    yield made(SUBMIT, Label("收到申请", "A request is received"), text_of_step(flow, None).zh)
    for step in flow.transitions:
        if step.tells:
            yield made(step.code, step.label, text_of_step(flow, step).zh)
        if step.participants is not None:
            told = Label(f"{step.zh}（告知其他当事人）", f"{step.en} (the others are told)")
            yield made(step.code + OTHERS, told, step.participants.zh)
