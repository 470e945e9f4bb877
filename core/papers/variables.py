"""What a paper of a request type may name: the house's own words, the request's fields, what the steps filled in."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import nodes

from core.fields.label import Label
from core.module import Flow, Module
from core.papers.fill import parse
from core.papers.shapes import Leaf, Record, Rows, Shape, shape_of
from core.values import Submitter


def _leaves(names: Mapping[str, tuple[str, str]]) -> Record:
    return Record({name: Leaf(Label(*words)) for name, words in names.items()})


_COURT = _leaves({"name": ("法院名称", "Court's name"), "telephone": ("法院电话", "Court's telephone")})
_MATERIAL = _leaves({
    "name": ("材料名称", "Name of the material"), "category": ("材料类别", "Category"), "pages": ("页数", "Pages"),
    "copies": ("份数", "Copies"), "original": ("原件或复印件", "Original or copy"),
})  # fmt: skip
_PERSON = {"name": ("姓名", "Name"), "telephone": ("电话", "Telephone")}
_CASE = _leaves({
    "number": ("案号", "Case number"), "cause": ("案由", "Cause of action"), "title": ("案件名称", "Title of the case"),
    "docketed_on": ("立案日期", "Docketed on"), "procedure": ("适用程序", "Procedure"), "handler": ("案件承办人", "Handling judge"),
    "plaintiffs": ("原告一方", "Plaintiff's side"), "defendants": ("被告一方", "Defendant's side"),
})  # fmt: skip
_PARTY = _leaves({"standing": ("诉讼地位", "Standing"), "name": ("姓名或名称", "Name")})
_AGENT = _leaves({
    "party": ("所代理的当事人", "Party represented"), "name": ("代理人姓名", "Agent's name"), "licence_no": ("执业证号", "Licence number"),
})  # fmt: skip
_HEARING = _leaves({
    "starts_at": ("开庭时间", "Begins at"), "courtroom": ("法庭", "Courtroom"), "judge": ("法官", "Judge"), "state": ("状态", "State"),
})  # fmt: skip


def variables_of(flow: Flow, module: Module, code: str, *, invented: Iterable[str] = ()) -> Record:
    """Return everything the paper ``code`` may name.

    ``invented`` are names that the module itself keeps with its steps without declaring them as fields.
    """
    filled = [step.fields for step in flow.transitions if step.fields is not None]
    issuing = [step.fields for step in flow.transitions if code in step.issues and step.fields is not None]
    kept: dict[str, Shape] = {name: Leaf(Label("模块给出", "Given by the module")) for name in invented}
    case = {
        **_CASE.names, "parties": Rows(_PARTY), "agents": Rows(_AGENT), "hearings": Rows(_HEARING),
    }  # fmt: skip
    application = _leaves({
        "serial_no": ("流水号", "Serial number"), "kind": ("申请种类", "Kind of request"), "applicant": ("申请人", "Applicant"),
        "submitted_at": ("提交时间", "Submitted at"), "received_at": ("收到时间", "Received at"),
    })  # fmt: skip
    return Record({
        "number": Leaf(Label("文书编号", "The paper's number")), "today": Leaf(Label("落款日期", "Date below the paper")),
        "opinion": Leaf(Label("审查意见", "The opinion")),
        "court": _COURT, "application": application, "materials": Rows(_MATERIAL), "submitter": shape_of(Submitter),
        "fields": shape_of(flow.fields), "step": Record({**kept, **shape_of(None, *issuing).names}),
        "data": Record({**kept, **shape_of(None, *filled).names}), "case": Record(case),
        "handler": _leaves(_PERSON), "issuer": _leaves(_PERSON), "settings": shape_of(module.settings),
        "due": Record({due_name(rule.id): Leaf(rule.label) for rule in flow.limits}),
        "verify": _leaves({"address": ("核验网址", "Address for verification"), "code": ("核验码", "Code")}),
    })  # fmt: skip


@lru_cache(maxsize=1024)
def due_name(rule: str) -> str:
    """Return how a template writes a rule's number: ``F-1`` is ``due.F_1``."""
    return "".join(char if char.isalnum() else "_" for char in rule)


def invented_in(texts: Iterable[str]) -> frozenset[str]:
    """Return what the module's own templates take from ``data`` and ``step``.

    A module may keep values with a step that no field declares; its own templates know them, so a court's may too.
    """
    return frozenset().union(*(_taken(text) for text in texts))


@lru_cache(maxsize=128)
def _taken(text: str) -> frozenset[str]:
    return frozenset(
        node.attr
        for node in parse(text).find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in ("data", "step")
    )
