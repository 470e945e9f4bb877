"""The texts of papers that a court puts in the place of the built-in ones: listed, checked, kept, taken back."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.gate import enabled
from core.module import Flow, Module
from core.paper import Paper
from core.papers.blocks import Block, Document
from core.papers.fill import TemplateWrong, check_template, fill
from core.papers.load import BuiltIn
from core.papers.sample import sample_values
from core.papers.shapes import Trouble, paths
from core.records import Court, PaperTemplate
from core.store.upsert import upsert
from core.values import Actor
from core.work.house import House
from core.work.papers import PREVIEW
from core.work.refusals import not_found
from core.work.transaction import Transaction


@frozen
class TemplateLine:
    """One paper in the list: whose it is, and whether the court has a text of its own."""

    module: Label
    kind: str
    code: str
    title: Label
    changed_at: datetime | None
    changed_by: str
    works: bool
    """A court's text may name what a newer module no longer has; the built-in one is taken until it is mended."""


@frozen
class TemplateShown:
    """One paper's text in the editor, with what it may name."""

    line: TemplateLine
    text: str
    built_in: str
    names: tuple[tuple[str, Label], ...]

    @property
    def digest(self) -> str:
        """What the text is known by when it is sent back changed."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return a template's digest."""
    return hashlib.sha256(text.encode()).hexdigest()


def list_templates(house: House, actor: Actor) -> list[TemplateLine]:
    """Return the papers of the modules that are on in the court, in the order of the menu."""
    with house.store.read() as connection:
        own = _own(connection, actor.court)
        return [
            _line(house, module, flow, paper, own.get((flow.kind, paper.code)))
            for module, flow, paper in _papers(house, enabled(connection, actor.court))
        ]


def read_template(house: House, actor: Actor, kind: str, code: str) -> TemplateShown:
    """Return a paper's text as it is taken now, with the names it may use.

    Raises:
        Refused: there is no such paper in a module that is on.
    """
    with house.store.read() as connection:
        return _shown(house, connection, actor.court, kind, code)


def save_template(house: House, actor: Actor, kind: str, code: str, text: str, seen: str) -> None:
    """Keep the court's own text of a paper; it holds from the next one issued.

    Raises:
        Refused: it does not work (every trouble with its line), or somebody changed it since ``seen``.
    """
    clean = text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        held = _shown(house, connection, actor.court, kind, code)
        _unchanged(held, seen)
        _filled(tx, kind, code, clean)
        content = {
            "module": house.modules.owner[kind], "text": clean, "changed_at": tx.at, "changed_by": actor.name,
        }  # fmt: skip
        upsert(
            connection, PaperTemplate, {"court_code": tx.court, "kind": kind, "code": code}, content, content
        )
        tx.audit("paper.template_save", f"{kind}.{code}", {"before": held.digest, "after": digest_of(clean)})

    house.store.write(work)


def reset_template(house: House, actor: Actor, kind: str, code: str, seen: str) -> None:
    """Go back to the built-in text of a paper.

    Raises:
        Refused: there is no such paper, or somebody changed it since ``seen``.
    """

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        held = _shown(house, connection, actor.court, kind, code)
        _unchanged(held, seen)
        connection.execute(
            sa.delete(PaperTemplate).where(
                PaperTemplate.court_code == tx.court, PaperTemplate.kind == kind, PaperTemplate.code == code
            )
        )
        tx.audit("paper.template_reset", f"{kind}.{code}", {"before": held.digest})

    house.store.write(work)


def example_of_template(house: House, actor: Actor, kind: str, code: str, text: str) -> Document:
    """Return what ``text`` would make of an example; nothing is kept.

    Raises:
        Refused: it does not work, every trouble with its line.
    """
    with house.store.read() as connection:
        tx = Transaction(house, connection, actor, house.clock())
        shown = _shown(house, connection, actor.court, kind, code)
        blocks = _filled(tx, kind, code, text.replace("\r\n", "\n"))
        return Document(shown.line.title.zh, tx.court_name, tx.at, blocks, PREVIEW)


def _papers(house: House, on: frozenset[str]) -> Iterable[tuple[Module, Flow, Paper]]:
    for name, module in house.modules.ordered():
        if name in on:
            for flow in module.requests:
                for paper in flow.papers:
                    yield module, flow, paper


def _own(connection: Connection, court: str) -> dict[tuple[str, str], sa.Row[tuple[object, ...]]]:
    rows = connection.execute(sa.select(PaperTemplate.__table__).where(PaperTemplate.court_code == court))
    return {(row.kind, row.code): row for row in rows}


def _line(
    house: House, module: Module, flow: Flow, paper: Paper, row: sa.Row[tuple[object, ...]] | None
) -> TemplateLine:
    title = module.title
    if len(module.requests) > 1:
        title = Label(f"{module.title.zh} · {flow.title.zh}", f"{module.title.en} · {flow.title.en}")
    if row is None:
        return TemplateLine(title, flow.kind, paper.code, paper.title, None, "", works=True)
    works = not check_template(str(row.text), _built_in(house, flow.kind, paper.code).variables)
    return TemplateLine(
        title, flow.kind, paper.code, paper.title, row.changed_at, row.changed_by, works=works
    )


def _built_in(house: House, kind: str, code: str) -> BuiltIn:
    return house.modules.papers[kind, code]


def _shown(house: House, connection: Connection, court: str, kind: str, code: str) -> TemplateShown:
    wanted = [
        one
        for one in _papers(house, enabled(connection, court))
        if (one[1].kind, one[2].code) == (kind, code)
    ]
    if not wanted:
        raise not_found()
    row = _own(connection, court).get((kind, code))
    built_in = _built_in(house, kind, code)
    text = built_in.text if row is None else str(row.text)
    return TemplateShown(_line(house, *wanted[0], row), text, built_in.text, tuple(paths(built_in.variables)))


def _unchanged(held: TemplateShown, seen: str) -> None:
    if seen != held.digest:
        raise Refused(Reason.CONFLICT, "stale_version", ("此模板在您编辑期间已被他人更新；您的文本已保留，请核对后再保存。", "Somebody changed this template meanwhile; your text is kept. Check what changed and save again."))  # fmt: skip


def _filled(tx: Transaction, kind: str, code: str, text: str) -> tuple[Block, ...]:
    """Return the blocks of ``text`` with an example, having checked it."""
    variables = _built_in(tx.house, kind, code).variables
    troubles = check_template(text, variables)
    if not troubles:
        flow = tx.house.modules.sides[kind].flow
        court = tx.connection.execute(
            sa.select(Court.name, Court.telephone).where(Court.code == tx.court)
        ).one()
        code_ = "A" * 32
        known = {
            "court": {"name": court.name, "telephone": court.telephone},
            "verify": {"code": code_, "address": f"{tx.house.settings.outside_address}/verify/{code_}"},
        }
        try:
            return fill(text, sample_values(flow, variables, tx.registers, known))
        except TemplateWrong as wrong:
            troubles = wrong.troubles
    raise invalid([_problem(one) for one in troubles])


def _problem(one: Trouble) -> Problem:
    return Problem("text", "template", one.said())
