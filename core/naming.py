"""What the declarations of a module may name: in its limits and conditions, and in the notices it sends.

A name that is not there holds for nothing: such a limit would never begin, such a notice would say a dash.
"""

import string
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from core.fields.condition import FieldRef, names_in
from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.spec import DeclarationError, specs_of
from core.module import ApplicantStep, CaseStep, Flow, Module, ReceiptStep, Transition

WORDS = {
    "court": Label("法院名称", "Court's name"), "kind": Label("申请种类", "Kind of request"), "serial_no": Label("流水号", "Serial number"),
    "date": Label("今天的日期", "Today's date"), "due": Label("期限届满日", "End of the time limit"), "case_number": Label("案号", "Case number"),
    "name": Label("收件人姓名", "Name of who is told"), "state": Label("办理状态", "Where the request stands"),
}  # fmt: skip
"""What every notice may name."""
SETTING = "settings."
_MESSAGE = {"message": Label("来信", "What was written")}
_HEARING = {
    "hearing_before": Label("原开庭", "Hearing before"), "hearing_after": Label("现开庭", "Hearing now"),
    "hearing_after_at": Label("现开庭时间", "Hearing now, as a moment"),
}  # fmt: skip
_ANSWER = {"docketed_on": Label("立案日期", "Docketed on"), "failure": Label("失败原因", "Why it failed")}


def placeholders(flow: Flow) -> dict[str, Label]:
    """Return what a notice of ``flow`` may name: the house's words, and everything that is kept with a step."""
    names = dict(WORDS)
    for step in flow.transitions:
        for spec in specs_of(step.fields).values() if step.fields is not None else ():
            if spec.kind is KINDS.group:
                names[f"{spec.name}_count"] = Label(f"{spec.label.zh}（项数）", f"{spec.label.en} (how many)")
            else:
                names[spec.name] = spec.label
    return names | _kept(flow)


def _kept(flow: Flow) -> dict[str, Label]:
    """Return what is kept with steps and no field of theirs declares."""
    kept = dict(flow.keeps)
    numbered = (paper for paper in flow.papers if paper.number is not None)
    kept |= {f"{paper.code}_number": paper.number for paper in numbered if paper.number is not None}
    for step in flow.steps:
        if isinstance(step, ApplicantStep) and step.by_message:
            kept |= _MESSAGE
        elif isinstance(step, CaseStep):
            kept |= _HEARING
        elif isinstance(step, ReceiptStep):
            kept |= _ANSWER
    return kept


@lru_cache(maxsize=512)
def faults_of(text: str, names: tuple[str, ...]) -> tuple[Label, ...]:
    """Return what is wrong with the text of a notice that may name ``names``."""
    try:
        given = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return (
            Label("花括号没有成对；变量写作 {名称}。", "Braces do not match; a variable is written {name}."),
        )
    faults = []
    for name, form, conversion in given:
        if form or conversion or name not in names:
            listed = "、".join(names)
            faults.append(
                Label(
                    f"没有变量“{{{name}}}”，可用：{listed}。", f"There is no {{{name}}}; there are: {listed}."
                )
            )
    return tuple(faults)


def check_naming(module: Module) -> None:
    """See that limits, conditions and notices name only what there is.

    Raises:
        DeclarationError: what names what is not there, by kind and place, with what there is.
    """
    settings = [f"{SETTING}{name}" for name in specs_of(module.settings)] if module.settings else []
    wrong = [
        f"request type {flow.kind}: {fault}"
        for flow in module.requests
        for fault in (*_strange_names(flow, settings), *_strange_words(flow))
    ]
    if wrong:
        raise DeclarationError("; ".join(wrong))


def _strange_names(flow: Flow, settings: Collection[str]) -> Iterator[str]:
    fields = list(specs_of(flow.fields))
    steps = [step.fields for step in flow.transitions if step.fields is not None]
    known = dict.fromkeys(
        [*fields, *(name for one in steps for name in specs_of(one)), *_kept(flow), *settings]
    )
    for where, names in _named(flow):
        yield from _strange(where, names, known)
    for where, names in _named_on_arrival(flow):
        yield from _strange(where, names, dict.fromkeys(fields))
    if flow.phrases is not None:
        yield from _strange("phrases", [flow.phrases.name], dict.fromkeys(settings))


def _strange(where: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            alike = [one for one in known if one.startswith(SETTING) == name.startswith(SETTING)]
            yield f"{where} names {name}, which there is not; there are: {', '.join(alike) or 'none'}"


def _named(flow: Flow) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, names) of what is asked when steps were taken."""
    for rule in flow.limits:
        for what, ref in (("length", rule.length), ("start", rule.start), ("until", rule.until)):
            if isinstance(ref, FieldRef):
                yield f"limit {rule.id}: its {what}", [ref.name]
        yield f"limit {rule.id}: its when", names_in(rule.when)
    for step in flow.transitions:
        yield f"step {step.code}: its when", names_in(step.when)
        yield f"step {step.code}: its participants_when", names_in(step.participants_when)
    for paper in flow.papers:
        yield f"paper {paper.code}: its when", names_in(paper.when)
        if paper.verify is not None and paper.verify.until:
            yield f"paper {paper.code}: its until", [paper.verify.until]


def _named_on_arrival(flow: Flow) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, names) of what is asked of the request's fields alone."""
    yield "anonymous", names_in(flow.anonymous)
    for one in flow.attachments:
        yield f"attachment {one.category}: its required_when", names_in(one.required_when)


def _strange_words(flow: Flow) -> Iterator[str]:
    names = tuple(placeholders(flow))
    for where, text in _told(flow):
        for words in dict.fromkeys((text.zh, text.en)):
            yield from (f"{where}: {fault.en}" for fault in faults_of(words, names))


def _told(flow: Flow) -> Iterator[tuple[str, Label]]:
    if flow.submit_notice is not None:
        yield "submit_notice", flow.submit_notice
    for step in flow.transitions:
        yield from _told_of(step)


def _told_of(step: Transition) -> Iterator[tuple[str, Label]]:
    if step.notice is not None:
        yield f"notice of step {step.code}", step.notice
    if step.participants is not None:
        yield f"participants of step {step.code}", step.participants
