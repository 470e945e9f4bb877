"""Review: choose a conclusion, write the opinion, save; then carry it out. And the direct decisions."""

import hashlib
from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.module import Decision
from core.values import Application
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES, refusal, trouble
from core.web.inputs import by_name, flat, inputs_of, places, typed_again, when
from core.web.pages.detail import decision_named
from core.web.visit import Visit
from core.work.detail import Detail, read_detail
from core.work.freshness import Stale
from core.work.registers import Registers
from core.work.review import Review, decide, open_review, save_review, take_over
from core.work.times import court_day


def _here(visit: Visit) -> tuple[str, str]:
    return visit.values["module"], visit.values["serial_no"]


def base_of(visit: Visit) -> str:
    """Return the address of the request at hand."""
    return "/m/{}/{}".format(*_here(visit))


def registers_for(visit: Visit, classes: list[type | None]) -> dict[str, list[tuple[Any, str]]]:
    """Return what there is to choose from where a declaration asks for a cause of action or a colleague."""
    asked = inputs_of(classes)
    with visit.house.store.read() as connection:
        registers = Registers(connection, visit.actor.court, court_day(visit.now))
        return {
            "cause": registers.causes() if "cause" in asked else [],
            "colleague": registers.judges() if "colleague" in asked else [],
        }


@frozen(eq=False)
class ReviewPage:
    """``/m/<module>/<serial_no>/review``: the form, and saving the opinion."""

    def get(self, visit: Visit) -> Answer:
        """Show the form with what I saved last; opening it takes the lock where it is free."""
        review = open_review(visit.house, visit.actor, *_here(visit))
        draft = review.draft
        typed = flat(draft.data) | {"opinion": [draft.opinion], "decision": [draft.decision]} if draft else {}
        if chosen := visit.asked("decision"):
            typed = typed | {"decision": [chosen]}
        return _form(visit, review, typed)

    def post(self, visit: Visit) -> Answer:
        """Save the opinion; what is wrong is named beside what was typed."""
        version = visit.number("version")
        try:
            review = save_review(
                visit.house,
                visit.actor,
                *_here(visit),
                decision=visit.sent("decision"),
                opinion=visit.sent("opinion"),
                form=visit.form,
                version=version if version is not None else -1,
            )
        except Refused as refused:
            return _refused(visit, refused)
        assert review.draft is not None
        if (
            visit.sent("send")
            and review.flow.answering is not None
            and visit.sent("weighed") == _weighed(review)
        ):
            return _send(visit, review)
        if not visit.partial:
            return see_other(base_of(visit) + "/review")
        typed = flat(review.draft.data) | {
            "opinion": [review.draft.opinion],
            "decision": [review.draft.decision],
        }
        return _form(visit, review, typed, just_saved=True)


@frozen(eq=False)
class TakeOverPage:
    """``/m/<module>/<serial_no>/take-over``."""

    def post(self, visit: Visit) -> Answer:
        """Take the lock from whoever holds it; what was typed stays."""
        review = take_over(visit.house, visit.actor, *_here(visit))
        if not visit.partial:
            return see_other(base_of(visit) + "/review")
        return _form(visit, review, _typed(visit, review))


@frozen(eq=False)
class DecidePage:
    """``/m/<module>/<serial_no>/decide``: carrying out; and the form of a direct decision that asks for something."""

    def get(self, visit: Visit) -> Answer:
        """Show the form of a direct decision."""
        detail = read_detail(visit.house, visit.actor, *_here(visit))
        decision = decision_named(detail, visit.asked("decision"))
        if decision is None or not decision.direct:
            return trouble(visit, 404)
        return _direct_form(visit, detail, decision)

    def post(self, visit: Visit) -> Answer:
        """Carry the decision out and go back to the request."""
        version = visit.number("version")
        if version is None and visit.asked("version").isascii() and visit.asked("version").isdigit():
            version = int(visit.asked("version")[:18])
        code = visit.sent("decision")
        try:
            if version is None:
                raise Refused(Reason.INVALID, "version_missing", ("缺少版本号，请刷新后重试。", "The version is missing; reload and try again."))  # fmt: skip
            after = decide(
                visit.house,
                visit.actor,
                *_here(visit),
                code,
                version,
                opinion=visit.sent("opinion"),
                form=visit.form,
            )
        except Refused as refused:
            return self._refused(visit, refused, code)
        return _done(visit, after)

    def _refused(self, visit: Visit, refused: Refused, code: str) -> Answer:
        direct = visit.sent("direct") == "form"
        if direct and refused.reason in (Reason.INVALID, Reason.CONFLICT):
            detail = read_detail(visit.house, visit.actor, *_here(visit))
            decision = decision_named(detail, code)
            if decision is not None:
                return _direct_form(visit, detail, decision, refused)
        if refused.problems:
            words = "；".join(problem.message.zh for problem in refused.problems)
            english = "; ".join(problem.message.en for problem in refused.problems)
            return trouble(visit, STATUSES[refused.reason], Label(words, english))
        return refusal(visit, refused)


def _send(visit: Visit, review: Review) -> Answer:
    """Carry out what was just saved."""
    assert review.draft is not None
    try:
        return _done(
            visit,
            decide(visit.house, visit.actor, *_here(visit), review.draft.decision, review.draft.version),
        )
    except Refused as refused:
        return _refused(visit, refused)


def _weighed(review: Review) -> str:
    """Return the mark of the advice on a saved opinion: it is sent once who sends has seen all of it."""
    lines = "\n".join(line.zh for line in review.advice)
    return hashlib.sha256(lines.encode()).hexdigest()[:16] if lines else ""


def _done(visit: Visit, after: Application) -> Answer:
    module = _here(visit)[0]
    back = visit.sent("back")
    target = back if back == "/" or back.startswith(f"/m/{module}/") else base_of(visit)
    if visit.partial:
        flow = visit.house.modules.flow(after.kind)
        state = flow.state(after.state) if flow else None
        answer = visit.render(
            "parts/done.html", serial_no=after.serial_no, state=state, target=base_of(visit)
        )
        return evolve(answer, headers={"HX-Retarget": "#dialog-content"})
    return see_other(target)


def _form(
    visit: Visit, review: Review, typed: Mapping[str, list[str]], refused: Refused | None = None, *, just_saved: bool = False,
    status: int = 200,
) -> Answer:  # fmt: skip
    chosen = (typed.get("decision") or [""])[-1]
    draft = review.draft
    current = draft is not None and draft.version == review.application.version
    return visit.render(
        "review.html" if not visit.partial else "parts/review.html",
        status,
        base=base_of(visit),
        review=review,
        application=review.application,
        flow=review.flow,
        typed=typed,
        # Until something was saved or sent, a form begins with what the request itself says.
        begun=bool(typed.keys() - {"decision", "opinion"}),
        drafted={one.author_id: flat(one.data) for one in review.others},
        weighed=_weighed(review) if current else "",
        prefilled={code: flat(values) for code, values in review.prefilled.items()},
        chosen=chosen,
        saved=current and refused is None and draft is not None and draft.decision == chosen,
        just_saved=just_saved,
        refused=refused.message if refused else None,
        stale=refused.shown if refused is not None and isinstance(refused.shown, Stale) else None,
        wrong=by_name(refused.problems) if refused else {},
        places=places,
        when_=when,
        registers=registers_for(visit, [one.fields for one in review.choices]),
        back=_back(visit),
    )


def _back(visit: Visit) -> str:
    """Return the list the dialog was opened from, to go on there."""
    return visit.asked("back") or visit.sent("back")


def _typed(visit: Visit, review: Review) -> dict[str, list[str]]:
    chosen = next((one for one in review.choices if one.code == visit.sent("decision")), None)
    own = typed_again(chosen.fields if chosen else None, visit.form)
    return own | {"decision": [visit.sent("decision")], "opinion": [visit.sent("opinion")]}


def _refused(visit: Visit, refused: Refused) -> Answer:
    if refused.reason not in (Reason.INVALID, Reason.CONFLICT):
        raise refused
    try:
        review = open_review(visit.house, visit.actor, *_here(visit))
    except Refused:
        # Nothing is left to review: the text comes back to be read and copied.
        texts = [
            visit.sent("opinion"),
            *(value for name, values in visit.form.items() if "." in name for value in values),
        ]
        template = "parts/overtaken.html" if visit.partial else "overtaken.html"
        return visit.render(
            template, STATUSES[refused.reason], refused=refused.message, base=base_of(visit), text="\n".join(filter(None, texts)),
            stale=refused.shown if isinstance(refused.shown, Stale) else None,
        )  # fmt: skip
    return _form(visit, review, _typed(visit, review), refused, status=STATUSES[refused.reason])


def _direct_form(visit: Visit, detail: Detail, decision: Decision, refused: Refused | None = None) -> Answer:
    typed: dict[str, Any] = flat(detail.begun.get(decision.code, {}))
    if refused is not None:
        typed = typed_again(decision.fields, visit.form) | {"opinion": [visit.sent("opinion")]}
    return visit.render(
        "direct.html" if not visit.partial else "parts/direct.html",
        STATUSES[refused.reason] if refused else 200,
        base=base_of(visit),
        application=detail.application,
        flow=detail.flow,
        decision=decision,
        typed=typed,
        wrong=by_name(refused.problems) if refused else {},
        refused=refused.message if refused else None,
        places=places,
        when_=when,
        registers=registers_for(visit, [decision.fields]),
        back=_back(visit),
    )
