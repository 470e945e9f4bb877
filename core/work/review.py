"""Review: take the lock, save an opinion, carry it out. Two steps, as the seed manual has it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import Connection

from core.context import Context
from core.fields.bind import bind, to_json
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.module import Decision, Flow
from core.records import Person, ReviewDraft
from core.store.upsert import upsert
from core.values import Actor, Application
from core.work.access import may_draft, may_review, may_take, needs, see
from core.work.advice import advice_on, begin_with, hints_of, phrases_of, reviewing_choices
from core.work.carrying import Form, carry_out, checked, saved
from core.work.context import around, exists
from core.work.freshness import must_be_fresh
from core.work.house import House
from core.work.locks import Lock, must_hold, take_lock
from core.work.refusals import not_offered, wrong_state
from core.work.transaction import Transaction


@frozen
class Draft:
    """A saved opinion of one author."""

    author_id: int
    author: str
    decision: str
    opinion: str
    data: Mapping[str, Any]
    version: int
    saved_at: datetime


@frozen
class Review:
    """What the review dialog shows: the request, its choices, my saved opinion, those of others, the lock."""

    application: Application
    flow: Flow
    choices: tuple[Decision, ...]
    draft: Draft | None
    others: tuple[Draft, ...]
    lock: Lock
    mine: bool
    """Whether the lock is mine."""
    may_decide: bool
    hints: tuple[Label, ...]
    advice: tuple[Label, ...]
    """What to weigh about my saved opinion."""
    phrases: tuple[str, ...]
    """Standard texts of the court to pick from."""
    prefilled: Mapping[str, Mapping[str, Any]]
    """By conclusion: the JSON-like values its form begins with."""


def open_review(house: House, actor: Actor, module: str, serial_no: str) -> Review:
    """Open the review of a request and take its lock where it is free.

    Raises:
        Refused: not mine to see or draft, or already reviewed.
    """

    def work(connection: Connection) -> Review:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = _reviewable(tx, module, serial_no)
        lock = take_lock(tx, application, by_force=False)
        return _review(tx, application, flow, lock)

    return house.store.write(work)


def take_over(house: House, actor: Actor, module: str, serial_no: str) -> Review:
    """Take the review lock from whoever holds it; recorded, so that nobody does it lightly."""

    def work(connection: Connection) -> Review:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = _reviewable(tx, module, serial_no)
        lock = take_lock(tx, application, by_force=True)
        tx.audit(f"{application.kind}.take_over", serial_no)
        return _review(tx, application, flow, lock)

    return house.store.write(work)


def save_review(
    house: House,
    actor: Actor,
    module: str,
    serial_no: str,
    *,
    decision: str,
    opinion: str,
    form: Form,
    version: int,
) -> Review:
    """Save the actor's opinion as a draft; nothing moves yet.

    Raises:
        Refused: something is wrong with it (all named), the page is outdated, or another holds the lock.
    """

    def work(connection: Connection) -> Review:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = _reviewable(tx, module, serial_no)
        must_be_fresh(tx, flow, application, version)
        lock = take_lock(tx, application, by_force=False)
        must_hold(lock, actor)
        chosen, values, clean = checked(tx, flow, application, decision, opinion, form, direct=False)
        upsert(
            connection, ReviewDraft, {"application_id": application.id, "author_id": actor.person},
            content := {
                "court_code": tx.court, "decision": chosen.code, "opinion": clean,
                "data": to_json(values) if values is not None else {}, "version": application.version,
                "saved_at": tx.at,
            }, content,
        )  # fmt: skip
        tx.audit(f"{application.kind}.save_opinion", serial_no, {"decision": chosen.code})
        return _review(tx, application, flow, lock)

    return house.store.write(work)


def decide(
    house: House, actor: Actor, module: str, serial_no: str, decision: str, version: int | None, *,
    opinion: str = "", form: Form | None = None,
) -> Application:  # fmt: skip
    """Carry out a decision: the saved one, or a direct one that needs no saved opinion.

    ``version`` None (a batch) takes the request as it stands.

    Raises:
        Refused: not mine, not possible now, nothing saved, outdated, or a guard stands against it.
    """

    def work(connection: Connection) -> Application:
        tx = Transaction(house, connection, actor, house.clock())
        application, flow = see(house, connection, actor, module, serial_no, tx.on)
        chosen = flow.decision(decision)
        if chosen is None:
            raise invalid(
                [Problem("decision", "not_a_choice", Label("没有这个结论。", "There is no such conclusion."))]
            )
        mine = may_take(chosen, flow, actor, application.handler)
        needs(mine or may_review(flow, actor, application), "作出结论", "decide")
        if version is not None:
            must_be_fresh(tx, flow, application, version)
        if not chosen.leads_from(application.state):
            label = flow.state(application.state).label
            raise wrong_state(label.zh, label.en)
        needs(mine, f"作出“{chosen.zh}”", f"carry out “{chosen.en}”")
        context = around(tx, flow, application)
        if not exists(chosen, application, context):
            raise not_offered(chosen.label)
        if chosen.direct:
            _, values, clean = checked(tx, flow, application, decision, opinion, form or {}, direct=True)
        else:
            must_hold(take_lock(tx, application, by_force=False), actor)
            values, clean = saved(tx, application, chosen)
        return carry_out(tx, application, chosen, values, clean, context)

    return house.store.write(work)


def _reviewable(tx: Transaction, module: str, serial_no: str) -> tuple[Application, Flow]:
    application, flow = see(tx.house, tx.connection, tx.actor, module, serial_no, tx.on)
    choices = reviewing_choices(flow, application, around(tx, flow, application))
    needs(may_draft(flow, tx.actor, application.handler, choices), "审查此件", "review this")
    if not choices:
        label = flow.state(application.state).label
        raise wrong_state(label.zh, label.en)
    return application, flow


def _review(tx: Transaction, application: Application, flow: Flow, lock: Lock) -> Review:
    rows = tx.connection.execute(
        sa.select(ReviewDraft.__table__, Person.name)
        .join(Person, Person.id == ReviewDraft.author_id)
        .where(ReviewDraft.application_id == application.id)
        .order_by(ReviewDraft.saved_at)
    )
    drafts = [
        Draft(row.author_id, row.name, row.decision, row.opinion, row.data, row.version, row.saved_at)
        for row in rows
    ]
    mine = next((one for one in drafts if one.author_id == tx.actor.person), None)
    context = around(tx, flow, application)
    choices = tuple(
        one
        for one in reviewing_choices(flow, application, context)
        if may_draft(flow, tx.actor, application.handler, [one])
    )
    return Review(
        application=application,
        flow=flow,
        choices=choices,
        draft=mine,
        others=tuple(one for one in drafts if one is not mine),
        lock=lock,
        mine=lock.person_id == tx.actor.person,
        may_decide=any(may_take(one, flow, tx.actor, application.handler) for one in choices),
        hints=hints_of(flow, application, context),
        advice=_advice(tx, choices, mine, application, context),
        phrases=phrases_of(flow, context),
        prefilled={one.code: begin_with(one, application, context) for one in choices},
    )


def _advice(
    tx: Transaction, choices: tuple[Decision, ...], mine: Draft | None, application: Application, context: Context
) -> tuple[Label, ...]:  # fmt: skip
    chosen = next((one for one in choices if mine is not None and one.code == mine.decision), None)
    if mine is None or chosen is None:
        return ()
    values, problems = (
        bind(chosen.fields, mine.data, tx.registers) if chosen.fields is not None else (None, [])
    )
    return () if problems else advice_on(chosen, application, values, context)
