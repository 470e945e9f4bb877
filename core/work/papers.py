"""Issuing papers: number, code and content are fixed in the transaction of the step that issues them."""

import base64
import hashlib
import logging
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from core.fields.problem import Reason, Refused
from core.module import Flow
from core.paper import Paper
from core.papers.blocks import Document
from core.papers.fill import TemplateWrong, fill_text
from core.papers.markdown import read_blocks
from core.records import PaperCounter, PaperRow, PaperTemplate
from core.store.prepared import PreparedKeyed, PreparedRead
from core.store.upsert import upserting
from core.values import Application
from core.work.context import around, values_of
from core.work.feed import tell_outside
from core.work.opened import Opened
from core.work.paper_values import Filling, values_for
from core.work.transaction import Transaction

log = logging.getLogger("benchside.papers")
PREVIEW = "预览"
_OWN = PreparedRead(
    sa.select(PaperTemplate.text).where(
        PaperTemplate.court_code == sa.bindparam("court"),
        PaperTemplate.kind == sa.bindparam("kind"),
        PaperTemplate.code == sa.bindparam("code"),
    ),
    common=True,
)
_NEXT = upserting(
    PaperCounter,
    ("court_code", "caption", "year"),
    ("last",),
    {"last": PaperCounter.last + 1},
    PaperCounter.last,
)
_ISSUED = (
    "application_id", "court_code", "code", "title", "title_en", "offered", "number", "verification", "issued_at", "issued_by",
    "issued_by_id", "step", "revision", "content", "template_digest", "state", "error",
)  # fmt: skip
_ISSUE = PreparedKeyed(PaperRow, *_ISSUED)


@frozen(kw_only=True)
class Issuing:
    """The step that issues: its code, what it filled in (JSON-like), the opinion given."""

    step: str
    filled: Mapping[str, Any] = {}
    opinion: str = ""
    opened: Opened | None = None
    """Of a request that is opened just now: what was written of it."""


def issue(
    tx: Transaction, flow: Flow, application: Application, codes: Iterable[str], issuing: Issuing
) -> dict[str, str]:
    """Issue the papers ``codes`` for ``application`` as it stands after the step; return their numbers by code.

    In a preview they go to ``tx.preview`` instead, without a number of their own.

    Raises:
        Refused: a template cannot be filled in; the step does not happen.
    """
    declared = {one.code: one for one in flow.papers}
    numbers = {
        paper.code: _issue(tx, flow, application, paper, issuing)
        for paper in [declared[code] for code in codes]
        if paper.when is None or _holds(tx, flow, application, paper, issuing)
    }
    return {code: number for code, number in numbers.items() if number}


def _holds(tx: Transaction, flow: Flow, application: Application, paper: Paper, issuing: Issuing) -> bool:
    assert paper.when is not None
    known = values_of(application, around(tx, flow, application))
    return paper.when.holds({**known, **issuing.filled})


def _issue(tx: Transaction, flow: Flow, application: Application, paper: Paper, issuing: Issuing) -> str:
    drafting = tx.preview is not None
    filling = Filling(
        step=issuing.filled,
        opinion=issuing.opinion,
        number=_number(tx, paper, drafting=drafting),
        code=_code(drafting=drafting) if paper.verify is not None else "",
        opened=issuing.opened,
    )
    template, text = written(tx, flow, application, paper, filling)
    if tx.preview is not None:
        tx.preview[paper.code] = Document(paper.title.zh, tx.court_name, tx.at, read_blocks(text), PREVIEW)
        return filling.number
    row = {
            "application_id": application.id, "court_code": tx.court, "code": paper.code, "title": paper.title.zh, "title_en": paper.title.en,
            "offered": paper.to, "number": filling.number, "verification": filling.code or None, "issued_at": tx.at, "issued_by": tx.actor.name,
            "issued_by_id": tx.actor.person, "step": issuing.step, "revision": application.revision,
            "content": {"court": tx.court_name, "text": text}, "template_digest": _digest(template),
            "state": "waiting", "error": "",
        }  # fmt: skip
    told = {"paper": _ISSUE.later(tx.connection, row), "code": paper.code, "number": filling.number}
    tx.audit(f"{application.kind}.issue_paper", application.serial_no, told)
    if paper.to != "court":
        tell_outside(
            tx, application, "paper", {**told, "title_zh": paper.title.zh, "title_en": paper.title.en}
        )
    return filling.number


@lru_cache(maxsize=128)
def _digest(template: str) -> str:
    return hashlib.sha256(template.encode()).hexdigest()


def written(
    tx: Transaction, flow: Flow, application: Application, paper: Paper, filling: Filling
) -> tuple[str, str]:
    """Return the template that was taken and its filled text; the built-in one where the court's own fails.

    Raises:
        Refused: the built-in one fails as well.
    """
    built_in = tx.house.modules.papers[flow.kind, paper.code]
    values = values_for(tx, flow, application, built_in.variables, filling)
    own = own_text(tx, flow.kind, paper.code)
    if own is not None:
        try:
            return own, fill_text(own, values)
        except TemplateWrong as wrong:
            log.warning("the template of %s %s in %s fails: %s", flow.kind, paper.code, tx.court, wrong)
            tx.audit(
                "paper.template_failed",
                f"{flow.kind}.{paper.code}",
                {"error": str(wrong)[:300]},
                succeeded=False,
            )
    try:
        return built_in.text, fill_text(built_in.text, values)
    except TemplateWrong as wrong:
        raise cannot_fill(paper, wrong) from wrong


def cannot_fill(paper: Paper, wrong: TemplateWrong) -> Refused:
    """Return the refusal for a template that cannot be filled in."""
    zh = "；".join(one.said().zh for one in wrong.troubles)
    en = "; ".join(one.said().en for one in wrong.troubles)
    return Refused(
        Reason.CONFLICT, "paper_template",
        (f"文书“{paper.title.zh}”无法生成：{zh}请联系系统管理员修改文书模板。",
         f"The paper “{paper.title.en}” cannot be made: {en} Ask the system administrator to mend its template."),
    )  # fmt: skip


def own_text(tx: Transaction, kind: str, code: str) -> str | None:
    """Return the court's own text of a paper, or None."""
    text: str | None = _OWN.scalar(tx.connection, {"court": tx.court, "kind": kind, "code": code})
    return text


def _number(tx: Transaction, paper: Paper, *, drafting: bool) -> str:
    """Return the next number under the paper's caption; its row stays locked until the step commits or is undone."""
    if paper.number is None:
        return ""
    caption, year = paper.number.zh, tx.today.year
    if drafting:
        return f"（{year}）{tx.court}{caption}　　号"
    given = {"court_code": tx.court, "caption": caption, "year": year, "last": 1}
    last = _NEXT.returning(tx.connection, given).last
    return f"（{year}）{tx.court}{caption}{last}号"


def _code(*, drafting: bool) -> str:
    """Return 160 bits of chance, in letters that are read aloud without doubt."""
    return PREVIEW if drafting else base64.b32encode(secrets.token_bytes(20)).decode()
