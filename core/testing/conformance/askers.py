"""That it does not matter who files, nor when: those of the case as well as strangers, and late in the year."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from core.fields.label import Label
from core.law.errors import LawError
from core.module import ApplicantStep, Decision, Flow, Transition
from core.testing.cases import AGENTS, NUMBER, PARTIES
from core.testing.conformance import oracle
from core.testing.conformance.checks import check
from core.testing.conformance.stage import FAILED, LATE, PASSED, Stage
from core.testing.conformance.subject import Subject
from core.testing.houses import START
from core.testing.outside import Outside
from core.values import Actor
from core.work.detail import read_detail

_PHONE = "19900000011"
PEOPLE: dict[str, Mapping[str, Any]] = {
    **{f"a {one['standing']} of the case": {"role": "party", "name": one["name"], "phone": _PHONE} for one in PARTIES},
    **{f"an agent in the case ({role})": {"role": role, "name": AGENTS[0]["name"], "phone": _PHONE, "licence_no": AGENTS[0]["licence_no"]}
       for role in ("lawyer", "relative")},
}  # fmt: skip
"""Those of the case, as submitters."""


@check(
    "askers",
    "Whoever files, a party or an agent of the case as well as a stranger, and whenever, is answered; what was done is told in the words declared.",
)
def askers(subject: Subject) -> Iterator[str]:
    """File as each, look at the request, and take every step that is open then."""
    with subject.stage("sqlite") as stage:
        flows = [one for one in subject.flows if one.kind in stage.examples and one.parent is None]
        for flow in flows:
            stage.flow = flow
            for who, submitter in PEOPLE.items() if getattr(flow, "case", "none") != "none" else ():
                with stage.trial.within():
                    status = stage.file({}, {}, submitter=submitter, case_number=NUMBER)
                    yield from _after(subject, stage, flow, status, f"by {who}")
        stage.fixture.clock.now = LATE
        examples = Outside(stage.house, stage.fixture.token).kinds()
        late = evolve(stage, examples={kind: one["examples"][0] for kind, one in examples.items()})
        for flow in flows:
            late.flow = flow
            with late.trial.within():
                yield from _after(subject, late, flow, late.file({}, {}, LATE), f"on {LATE:%Y-%m-%d}")
        stage.fixture.clock.now = START


def _after(subject: Subject, stage: Stage, flow: Flow, status: int, how: str) -> Iterator[str]:
    """Say what fails once a request was filed, if it was: a module may refuse whom and when it likes."""
    if status == FAILED:
        yield f"{flow.kind} filed {how}: {FAILED} ({stage.raised})"
    if status != PASSED:
        return
    reader = next((one for one in stage.actors.values() if not oracle.outside_sight(flow, one, stage.application)), None)  # fmt: skip
    state, there = stage.application.state, stage.there()
    if reader is not None:
        yield from _told(subject, stage, reader, None, f"{flow.kind} filed {how}, looked at")
    for step in flow.transitions:
        if not isinstance(step, Decision | ApplicantStep) or step.code not in there or not step.leads_from(state):  # fmt: skip
            continue
        what = f"{step.code} of {flow.kind} filed {how}"
        with stage.taken_back():
            before = stage.application.version
            done = _take(stage, flow, step)
            if done == FAILED:
                yield f"{what}: {FAILED} ({stage.raised})"
            elif done == PASSED and stage.application.version > before and reader is not None:
                yield from _told(subject, stage, reader, step, what)


def _take(stage: Stage, flow: Flow, step: Transition) -> int:
    application = stage.application
    able = (one for one in stage.actors.values() if not isinstance(step, Decision)
            or (oracle.may_take(flow, step, one, application) and not oracle.outside_sight(flow, one, application)))  # fmt: skip
    actor = next(able, None)
    try:
        return oracle.FORBIDDEN if actor is None else stage.take(step, {}, actor)
    except LawError:
        return oracle.INVALID  # no values can be given so late in the year


def _told(subject: Subject, stage: Stage, reader: Actor, step: Transition | None, what: str) -> Iterator[str]:
    """Look at the page's facts; the last that was done is told in the words of the step."""
    try:
        detail = read_detail(stage.house, reader, subject.name, stage.serial_no)
    except Exception as error:  # noqa: BLE001 - on its page it would be a page that failed
        yield f"{what}: its page fails ({type(error).__name__}: {error})"
        return
    said: Label = detail.history[-1].step
    if step is not None and said != step.label:
        yield f"{what}: the history says {said.zh} / {said.en}, declared is {step.label.zh} / {step.label.en}"
