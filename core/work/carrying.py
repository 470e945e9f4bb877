"""What goes with a decision, checked; and the decision carried out in the transaction at hand."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.context import Context
from core.fields.bind import bind, from_form
from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused, invalid
from core.module import Decision, Flow
from core.records import ReviewDraft
from core.store.prepared import PreparedRead
from core.values import Application, DecisionMade
from core.work.advice import against, reviewing_choices
from core.work.context import around
from core.work.hiding import may_handle
from core.work.refusals import may_not
from core.work.steps import Taken, take_step
from core.work.transaction import Transaction

_OPINION_LENGTH = 2000
Form = Mapping[str, list[str]]
_SAVED = PreparedRead(
    sa.select(ReviewDraft.__table__).where(
        ReviewDraft.application_id == sa.bindparam("application"),
        ReviewDraft.author_id == sa.bindparam("author"),
    )
)


def checked(
    tx: Transaction,
    flow: Flow,
    application: Application,
    decision: str,
    opinion: str,
    form: Form,
    *,
    direct: bool,
) -> tuple[Decision, Any, str]:
    problems: list[Problem] = []
    choices = (
        reviewing_choices(flow, application, around(tx, flow, application))
        if not direct
        else tuple(one for one in flow.decisions if one.direct)
    )
    chosen = next((one for one in choices if one.code == decision), None)
    clean = opinion.strip()
    if chosen is None:
        problems.append(
            Problem("decision", "not_a_choice", Label("请选择审查结论。", "Choose a conclusion."))
        )
    elif chosen.opinion and not clean:
        problems.append(Problem("opinion", "missing", Label("请填写审查意见及理由。", "Write the opinion and its reasons.")))  # fmt: skip
    if len(clean) > _OPINION_LENGTH:
        problems.append(Problem("opinion", "too_long", Label(f"审查意见最多{_OPINION_LENGTH}个字，现有{len(clean)}个字。", f"At most {_OPINION_LENGTH} characters; it has {len(clean)}.")))  # fmt: skip
    values = None
    if chosen is not None and chosen.fields is not None:
        values, found = bind(chosen.fields, from_form(chosen.fields, form), tx.registers)
        problems += found
    if problems or chosen is None:
        raise invalid(problems)
    return chosen, values, clean


def saved(tx: Transaction, application: Application, chosen: Decision) -> tuple[Any, str]:
    row = _SAVED.first(tx.connection, {"application": application.id, "author": tx.actor.person})
    if row is None or row.decision != chosen.code or row.version != application.version:
        raise Refused(
            Reason.CONFLICT,
            "not_saved",
            (
                f"请先填写意见并保存，再点“{chosen.zh}”。",
                f"Write and save the opinion first, then press “{chosen.en}”.",
            ),
        )
    if chosen.fields is None:
        return None, row.opinion
    values, problems = bind(chosen.fields, row.data, tx.registers)
    if problems:
        raise invalid(problems)
    return values, row.opinion


def carry_out(
    tx: Transaction, application: Application, chosen: Decision, values: Any, opinion: str, context: Context
) -> Application:
    """Take the step of a decision, with what the module adds to it.

    Raises:
        Refused: a guard or the module stands against it.
    """
    if (stands := against(chosen, application, values, context)) is not None:
        raise invalid([stands])
    made = DecisionMade(chosen.code, opinion, values, tx.actor, tx.at)
    outcome = tx.house.hooks.review(tx.on, application.module, application, made, context)
    if outcome.handler is not None and not may_handle(
        tx.connection, application.hidden_from, outcome.handler
    ):
        raise may_not("将此件交给该人办理", "hand this over to that person")
    handed = {} if outcome.handler is None else {"handler_id": outcome.handler}
    added = Taken(values=values, reason=opinion, data=outcome.data, payload=outcome.payload, changes=handed)
    return take_step(tx, application, chosen, added)
