"""Walks every flow: from what can be filed, by every step that can be taken, to every state; and tries everything there.

At each place that differs from those seen before — another state, other steps that exist, other guards that let pass —
every decision is tried by every role, every step of the applicant's by its own client and by another, every receipt, the
clock and a moved hearing. What was not seen to work anywhere, and what worked where it must not, is a fault.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from core.fields.kinds import KINDS
from core.fields.spec import specs_of
from core.module import ApplicantStep, CaseStep, ClockStep, Decision, Flow, Transition
from core.testing.conformance import oracle
from core.testing.conformance.forms import moments_after
from core.testing.conformance.report import Report, no_way, wishes
from core.testing.conformance.stage import FAILED, LATE, PASSED, Stage
from core.values import Actor

DEEP = 14
"""No walk is longer; the longest of a real flow has about ten steps."""
ROUNDS = ((3, False), (5, False), (4, True), (7, False), (9, False), (7, True), (DEEP, False))
"""How deep to walk, and whether with every choice of every form; the next round only where something is missing."""
Way = tuple[str, ...]


class Walker:
    """One flow on one stage; ``ways`` are those that another walker found worth going."""

    def __init__(self, stage: Stage, flow: Flow, ways: Iterable[Way] = ()) -> None:
        stage.flow = flow
        self.stage, self.flow, self.report = stage, flow, Report()
        self._wishes = wishes(flow)
        self._seen: dict[Any, int] = {}
        self._matrix_of: set[str] = set()
        self._deepest, self._thorough = ROUNDS[0]
        self.ways: set[Way] = set()
        """The ways to the places where something was tried that had not been seen before."""
        self._known = frozenset(way[:end] for way in ways for end in range(1, len(way) + 1))

    def run(self) -> Report:
        """Walk from everything that can be filed."""
        rounds = ((DEEP, True),) if self._known else ROUNDS
        for deepest, thorough in rounds:
            self._deepest, self._thorough = deepest, thorough
            if self._missing():
                self._walk()
        for code, state in self._missing():
            self.report.fault(no_way(self.flow, code, state, self.stage.refusals))
        return self.report

    def _walk(self) -> None:
        asked = {name for name, spec in specs_of(self.flow.fields).items() if spec.asked}
        starts: list[tuple[dict[str, Any], dict[str, Any]]] = [({}, {})]
        for name, value in self._wishes:
            setting = name.removeprefix("settings.")
            if value is not ... and setting != name:
                starts.append(({}, {setting: value}))
            elif value is not ... and name in asked:
                starts.append(({name: value}, {}))
        for place, (over, settings) in enumerate(starts):
            self._seen = {}
            way = (f"start {over or settings or ''}",)
            if (not self._missing() and place) or (self._known and way not in self._known):
                continue
            with self.stage.trial.within():
                status = self.stage.file(over, settings)
                if status == PASSED:
                    self._at(0, way)
                elif place == 0:
                    self.report.fault(f"the example of the kind is refused with {status}")

    def _missing(self) -> list[tuple[str, str]]:
        """Return (step, state) that were not yet seen to work."""
        pairs = [(step.code, state) for step in self.flow.transitions for state in step.sources]
        never = [("to be", one.code) for one in self.flow.states if one.code not in self._matrix_of]
        return never + [pair for pair in pairs if pair not in self.report.shown]

    def _at(self, depth: int, way: Way) -> None:
        stage = self.stage
        state, there = stage.application.state, stage.there()
        leading = [step for step in self.flow.transitions if step.leads_from(state) and step.code in there]
        moves = [(step, over) for step in leading for over in self._variants(step)]
        open_ = [(step, over) for step, over in moves if stage.stands(step, over)]
        place = (state, frozenset(there), frozenset((step.code, str(over)) for step, over in open_))
        if not self._known and self._seen.get(place, DEEP) <= depth:
            return
        self._seen[place] = depth
        before = len(self._missing())
        self._try_all(state, there, {step.code: over for step, over in reversed(open_)}, " > ".join(way))
        if len(self._missing()) < before:
            self.ways.add(way)
        if depth == self._deepest:
            return
        # First where nobody was yet.
        for step, over in sorted(open_, key=lambda move: (move[0].target or state) in self._matrix_of):
            if not self._missing():
                return
            further = (*way, f"{step.code} {over or ''}".strip())
            if not self._known or further in self._known:
                with stage.taken_back():
                    if self._go(step, over):
                        self._at(depth + 1, further)
        further = (*way, "time")
        if self._missing() and (not self._known or further in self._known):
            with stage.taken_back():
                if stage.run_out() == PASSED:
                    self._at(depth + 1, further)

    def _variants(self, step: Transition) -> list[dict[str, Any]]:
        """Return values to lay over a step's own: none, what conditions elsewhere ask for, at last every choice."""
        if isinstance(step, CaseStep):
            return [
                {},
                *(
                    {"to": goal}
                    for goal in moments_after(self.stage.house.clock(), self.stage.application.data)
                ),
            ]
        if step.fields is None:
            return [{}]
        known = specs_of(step.fields)
        found: list[dict[str, Any]] = [{}]
        with self.stage.trial.read() as connection:
            lookups = self.stage.transaction(connection).registers
            for name, value in self._wishes:
                if name in known and known[name].asked:
                    given = known[name].kind.example(known[name], lookups) if value is ... else value
                    found.append({name: given})
            colleagues = [name for name, spec in known.items() if spec.kind is KINDS.colleague]
            found += [{name: judge} for name in colleagues for judge, _ in lookups.judges()]
        if self._thorough:
            choices = [
                (name, one.value) for name, spec in known.items() if spec.asked for one in spec.choices
            ]
            found += [{name: value} for name, value in choices if known[name].kind is KINDS.choice]
        return found

    def _go(self, step: Transition, over: Mapping[str, Any]) -> bool:
        actor = self._somebody(step)
        if isinstance(step, Decision) and actor is None:
            return False
        before = self.stage.application.version
        return self.stage.take(step, over, actor) == PASSED and self.stage.application.version != before

    def _somebody(self, step: Transition) -> Actor | None:
        if not isinstance(step, Decision):
            return None
        application = self.stage.application
        return next(
            (one for one in self.stage.actors.values() if oracle.may_take(self.flow, step, one, application)
             and not oracle.outside_sight(self.flow, one, application)), None,
        )  # fmt: skip

    # --- Everything at one place

    def _try_all(self, state: str, there: set[str], open_: Mapping[str, Mapping[str, Any]], way: str) -> None:
        first = state not in self._matrix_of
        self._matrix_of.add(state)
        for step in self.flow.transitions:
            new = step.code in open_ and (step.code, state) not in self.report.shown
            if not (first or new):
                continue
            over = open_.get(step.code, {})
            faults = len(self.report.faults)
            if isinstance(step, Decision):
                worked = self._by_everybody(step, state, there, over, step.code in open_, way)
            elif isinstance(step, ApplicantStep):
                worked = self._by_applicants(step, state, there, over, step.code in open_, way)
            else:
                worked = self._by_itself(step, state, there, way)
            if worked and len(self.report.faults) == faults:
                self.report.shown.add((step.code, state))
            if worked and not self._known:
                self._late(step, state, over)

    def _late(self, step: Transition, state: str, over: Mapping[str, Any]) -> None:
        """Take a step when the year is nearly over, and nobody has entered the next: refused it may be, failing it must not."""
        with self.stage.taken_back():
            self.stage.fixture.clock.now = LATE
            if (
                not isinstance(step, ClockStep)
                and self.stage.take(step, over, self._somebody(step)) == FAILED
            ):
                self.report.fault(
                    f"{step.code} in {state} on {LATE:%Y-%m-%d}: {FAILED} ({self.stage.raised})"
                )

    def _by_everybody(
        self, step: Decision, state: str, there: set[str], over: Mapping[str, Any], free: bool, way: str
    ) -> bool:
        """Try a decision by every role: saved first where it must be, then carried out."""
        stage, worked = self.stage, False
        application = stage.application
        form = stage.form(step, over) if state in step.sources else {}
        for name, actor in stage.actors.items():
            what = f"{step.code} in {state} by {name} ({way})"
            expected = oracle.of_decision(self.flow, step, actor, application, exists=step.code in there)
            if expected == oracle.DONE and not free:
                expected = oracle.INVALID  # its guard stands against it here
            saving = oracle.of_saving(self.flow, step, actor, application, there)
            with stage.taken_back():
                if not step.direct:
                    save = partial(stage.save, step, actor, form, application.version)
                    self._expect(f"saving {what}", save, saving, state)
                if step.direct or saving == oracle.DONE or expected != oracle.DONE:
                    act = partial(stage.decide, step, actor, form, application.version)
                    done = self._expect(what, act, expected, state, step, actor.name)
                    worked |= done and expected == oracle.DONE
        return worked

    def _by_applicants(
        self, step: ApplicantStep, state: str, there: set[str], over: Mapping[str, Any], free: bool, way: str
    ) -> bool:
        """Try a step of the applicant's: by who filed the request, and by another client of the court."""
        leads = state in step.sources and step.code in there
        allowed = (oracle.DONE if free else oracle.INVALID) if leads else oracle.CONFLICT
        for who, client in (
            ("its client", self.stage.fixture.client),
            ("another client", self.stage.stranger),
        ):
            expected = allowed if who == "its client" else oracle.NOT_FOUND
            if self._of_sister(step, state, there) and who == "its client":
                continue
            takes: Transition | None = step if leads and expected == oracle.DONE else None
            if step.by_message and who == "its client":
                expected = (
                    oracle.DONE
                )  # a message may always be written; it takes the step where that leads on
            with self.stage.taken_back():
                act = partial(self.stage.by_applicant, step, over, client)
                self._expect(
                    f"{step.code} in {state} by {who} ({way})", act, expected, state, takes, "outside"
                )
        return leads and free

    def _of_sister(self, step: ApplicantStep, state: str, there: set[str]) -> bool:
        """Tell whether the same door takes another step in this state."""
        return any(
            one is not step and isinstance(one, ApplicantStep) and state in one.sources and one.code in there
            and (one.resubmits, one.by_message) == (step.resubmits, step.by_message) and (one.resubmits or one.by_message)
            for one in self.flow.steps
        )  # fmt: skip

    def _by_itself(self, step: Transition, state: str, there: set[str], way: str) -> bool:
        """Try a step that nobody takes: by the clock, a receipt, a hearing that moved."""
        leads = state in step.sources and step.code in there
        for over in self._variants(step):
            with self.stage.taken_back():
                trace = self.stage.trace()
                status = self.stage.take(step, over)
                after, _ = self.stage.since(trace)
            self.report.tried[type(step).__name__] += 1
            new = [row.step for row in after]
            if step.code not in new or status != PASSED:
                continue
            if not leads:
                self.report.fault(
                    f"{step.code} in {state}: it was taken, though it does not lead from there ({way})"
                )
                continue
            # What else runs out on the way may come first, and leave the request where it is.
            row = after[new.index(step.code)]
            self._check_row(row, step, row.from_state, "", f"{step.code} in {state}")
            return True
        return False

    def _expect(
        self, what: str, act: Callable[[], int], expected: int, state: str, step: Transition | None = None, actor: str = "",
    ) -> bool:  # fmt: skip
        """Do it, and look at status, history and audit; ``step`` is what must be in them when it works."""
        trace = self.stage.trace()
        status = act()
        self.report.tried[str(expected)] += 1
        if status != expected:
            raised = f" ({self.stage.raised})" if status == FAILED else ""
            self.report.fault(f"{what}: {status} instead of {expected}{raised}")
            return False
        if status != PASSED:
            if self.stage.trace() != trace:
                self.report.fault(f"{what}: refused, but it left an entry in the history or the audit")
            return False
        new, noted = self.stage.since(trace)
        mine = [row for row in noted if step is not None and row.action == f"{self.flow.kind}.{step.code}"]
        if step is None:
            if new:
                self.report.fault(f"{what}: it left history, though it is no step")
            return True
        if len(new) != 1 or len(mine) != 1 or not mine[0].succeeded:
            self.report.fault(f"{what}: it left {len(new)} history and {len(mine)} audit entries")
            return True
        self._check_row(new[0], step, state, actor, what)
        return True

    def _check_row(self, row: Any, step: Transition, state: str, actor: str, what: str) -> None:
        wanted = (step.code, state, step.target or state, actor or row.actor)
        found = (row.step, row.from_state, row.to_state, row.actor)
        if found != wanted:
            self.report.fault(f"{what}: the history says {found}, not {wanted}")
