"""That whatever is typed or sent is answered: taken, or refused by name; never a failure."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of
from core.module import ApplicantStep, Decision, Flow
from core.testing.conformance.checks import check
from core.testing.conformance.filing import file_all, staff_of
from core.testing.conformance.subject import Site, Subject

HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 1e308, "", " ", "0", "-0.001", "1e999", "NaN", "９９", "2026-02-30", "9999-12-31T23:59:59+08:00",
    "x" * 70_000, "\x00", "\ud800", "\u202e反", "👩‍⚖️" * 9, "<script>alert(1)</script>", "'; DROP TABLE application; --", "{{ 7 * 7 }}", "${7*7}",
    "../../etc/passwd", "%s%n", [], {}, [None], [[]], [{}], {"a": {}}, "null", "（2026）粤0199民初1号", "粤0199",
)  # fmt: skip


@check(
    "hostile",
    "Whatever comes in a field, by the API or by a form, is taken or refused by name; nothing fails.",
)
def hostile(subject: Subject) -> Iterator[str]:
    """Send every odd value in every field of every kind, step and decision."""
    site = subject.site()
    for flow in subject.flows:
        if flow.kind in site.outside.kinds():
            yield from _filed(site, flow)
    filed = file_all(subject, site.outside)
    for flow in subject.flows:
        if flow.kind in filed:
            yield from _steps(site, flow, filed[flow.kind])
            yield from _decisions(subject, site, flow, filed[flow.kind])


def _filed(site: Site, flow: Flow) -> Iterator[str]:
    body = site.outside.example(flow.kind)
    for number, (where, fields) in enumerate(_spoilt(flow.fields, body["fields"])):
        reply = site.outside.post(
            "applications", body | {"fields": fields, "submission_id": f"hostile-{number}"}
        )
        if reply.status >= 500:
            yield f"{flow.kind}: {where} by the API: {reply.status}"


def _steps(site: Site, flow: Flow, serial_no: str) -> Iterator[str]:
    for step in flow.steps:
        if isinstance(step, ApplicantStep) and step.fields is not None:
            for where, fields in _spoilt(step.fields, {}):
                path = f"applications/{quote(serial_no)}/steps/{step.code}"
                status = site.outside.post(path, {"fields": fields}).status
                if status >= 500:
                    yield f"{flow.kind}: {where} of the step {step.code}: {status}"


def _decisions(subject: Subject, site: Site, flow: Flow, serial_no: str) -> Iterator[str]:
    """Fill in the forms of what can be decided as things stand, by somebody who may."""
    path = f"/m/{subject.name}/{serial_no}"
    first = [one for one in flow.decisions if flow.initial.code in one.sources]
    for name in staff_of(flow):
        browser = site.browser(name)
        if browser.get(f"{path}/review").status != 200:
            continue
        for decision in first:
            for where, form in _forms(decision):
                way = "decide" if decision.direct else "review"
                given = {"decision": decision.code, "version": "1", **form}
                status = browser.post(f"{path}/{way}", given).status
                if status >= 500:
                    yield f"{flow.kind}: {where} of the decision {decision.code}, by a form: {status}"
        return


def _forms(decision: Decision) -> Iterator[tuple[str, dict[str, Any]]]:
    texts = [one for one in HOSTILE if (isinstance(one, str) and one.isprintable()) or one == "\x00"]
    specs = specs_of(decision.fields) if decision.fields else {}
    names = ["opinion", *(name for name, spec in specs.items() if spec.asked)]
    for name in names:
        spec = specs.get(name)
        inner = [f"{name}.0.{one}" for one in specs_of(spec.item)] if spec and spec.item else [name]
        yield from ((f"{shown(text)} in {part}", {part: text}) for part in inner for text in texts)


def _spoilt(cls: type, fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give (what is odd, fields) for every odd value in every field, those inside groups too."""
    for name, spec in specs_of(cls).items():
        if spec.asked:
            for value in HOSTILE:
                yield f"{shown(value)} in {name}", {**copy.deepcopy(dict(fields)), name: value}
            yield from _inside(name, spec, fields)
    yield "an unknown field", {**fields, "no_such_field": 1}


def _inside(name: str, spec: FieldSpec, fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if spec.kind is KINDS.group and spec.item is not None:
        items = list(fields.get(name) or [{}])
        for where, item in _spoilt(spec.item, items[0]):
            yield f"{where} of {name}", {**fields, name: [item, *items[1:]]}


def shown(value: Any) -> str:
    """Return a value as a line can hold it."""
    text = ascii(value) if not isinstance(value, int) or abs(value) < 10**20 else "an enormous number"
    return text if len(text) < 60 else f"{text[:57]}..."
