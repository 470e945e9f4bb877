"""What can be filed, and how it can be decided: taken from what the API offers and the flows declare, and tried once."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from core.fields.example import example_of
from core.fields.problem import Refused
from core.module import Decision, Flow
from core.roles import Role
from core.testing.conformance.forms import form_of
from core.testing.trial import Trial
from core.values import Actor, Application
from core.work.access import may_take
from core.work.advice import begin_with
from core.work.context import around, exists
from core.work.house import House
from core.work.review import decide, save_review
from core.work.snapshots import by_id
from core.work.submit import submit
from core.work.transaction import Transaction

Example = Mapping[str, Any]
OPINION = "材料齐全，符合规定。"


@frozen
class Way:
    """One decision that a request can come to: what is sent for it, and the state it leads to."""

    code: str
    form: Mapping[str, list[str]]
    direct: bool
    state: str


@frozen
class Kind:
    """A kind of request: what is filed, the state it begins in, who decides it how."""

    module: str
    kind: str
    example: Example
    state: str
    cased: bool
    """Whether it is about a case; each request gets one of its own."""
    role: Role
    """Whose decision it is: the handling judge's of the case, or of somebody for the whole court."""
    ways: tuple[Way, ...]


def body_of(example: Example, number: str, case: str, digests: Sequence[str]) -> dict[str, Any]:
    """Return a submission from an example: with its id, about ``case``, with files of these digests in turn."""
    body: dict[str, Any] = copy.deepcopy(dict(example))
    if held := body.get("case_number"):
        body = _instead(body, held, case)
    body["submission_id"] = number
    for place, one in enumerate(body["attachments"]):
        one["sha256"] = digests[place % len(digests)]
    return body


def _instead(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _instead(one, old, new) for name, one in value.items()}
    if isinstance(value, list):
        return [_instead(one, old, new) for one in value]
    return new if value == old else value


def kinds_of(
    house: House, client: int, asking: Actor, staff: Sequence[Actor], examples: Sequence[Example], cases: Sequence[str], digest: str
) -> Iterator[Kind]:  # fmt: skip
    """Give each kind of which an example can be filed, with the ways by which it leaves its first state; ``staff`` are
    those who may decide, and all that is tried is taken back.

    A way counts where it works for each of ``cases``: what depends on the case at hand is not for everybody. What the trial
    system carries out afterwards is left out: all move their hearing to one time, which is rightly refused from the second on.
    """
    trial = Trial(house.store)
    trying = evolve(house, store=trial)
    for example in examples:
        flow = house.modules.flow(example["kind"])
        assert flow is not None
        found: list[Kind] = []
        for case in cases:
            with trial.within():
                body = body_of(example, "tried", case, [digest])
                application = submit(trying, asking, client, body).application
                tried = [(one, list(_ways(trying, trial, flow, application, one))) for one in staff]
                actor, ways = next(((one, ways) for one, ways in tried if ways), (staff[0], []))
                (role,) = actor.roles
                cased, module = bool(example.get("case_number")), house.modules.owner[flow.kind]
                found.append(Kind(module, flow.kind, example, application.state, cased, role, tuple(ways)))
        common = [way for way in found[0].ways if all(way in one.ways for one in found)]
        yield evolve(found[0], ways=tuple(common))


def _ways(house: House, trial: Trial, flow: Flow, application: Application, actor: Actor) -> Iterator[Way]:
    for decision in flow.decisions:
        open_ = may_take(decision, flow, actor, application.handler) and decision.leads_from(
            application.state
        )
        if open_ and not decision.operation and decision.target not in (None, application.state):
            with trial.taken_back():
                way = _tried(house, trial, flow, application, decision, actor)
            if way is not None:
                yield way


def _tried(
    house: House, trial: Trial, flow: Flow, application: Application, decision: Decision, actor: Actor
) -> Way | None:
    with trial.read() as connection:
        tx = Transaction(house, connection, actor, house.clock())
        context = around(tx, flow, application)
        if not exists(decision, application, context):
            return None
        form: Mapping[str, list[str]] = {}
        if decision.fields is not None:
            begun = begin_with(decision, application, context)
            given = decision.example(context) if callable(decision.example) else decision.example or {}
            form = form_of(decision.fields, example_of(decision.fields, tx.registers, {**begun, **given}))
    module, serial_no = application.module, application.serial_no
    try:
        if not decision.direct:
            save_review(
                house, actor, module, serial_no, decision=decision.code, opinion=OPINION, form=form, version=application.version
            )  # fmt: skip
        decide(
            house, actor, module, serial_no, decision.code, application.version, opinion=OPINION,
            form=form if decision.direct else {},
        )  # fmt: skip
    except Refused:
        return None
    with trial.read() as connection:
        after = by_id(connection, house.modules, application.id)
    return Way(decision.code, form, decision.direct, after.state)
