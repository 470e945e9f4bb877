"""What is told to whom: notices to the applicant through the outbox, reminders to the court's own people."""

import secrets
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from core.fields.kinds import KINDS
from core.fields.label import Label
from core.fields.spec import specs_of
from core.module import ClockStep, Flow, Transition
from core.records import Delivery, Person, PersonRole, Reminder
from core.roles import Role, Sight
from core.store.prepared import PreparedRead, inserting
from core.values import Application, Notice
from core.work.deadlines import ends_of
from core.work.grants import grants_of
from core.work.hiding import those_who_find
from core.work.opened import Opened
from core.work.remaining import end_words
from core.work.transaction import Transaction

_SUBMITTED = Label(
    "【{court}】您的{kind}（流水号{serial_no}）已于{date}收到。查询请登录诉讼服务网，咨询12368。",
    "[{court}] Your {kind} (no. {serial_no}) was received on {date}. See the service site; questions: 12368.",
)
_MOVED = Label(
    "【{court}】您的{kind}（流水号{serial_no}）：{state}。详情请登录诉讼服务网，咨询12368。",
    "[{court}] Your {kind} (no. {serial_no}): {state}. See the service site; questions: 12368.",
)
MESSAGE_SENT = Label(
    "【{court}】法官就流水号{serial_no}给您留言，请登录诉讼服务网查看，咨询12368。",
    "[{court}] The court left you a message on no. {serial_no}. See the service site; questions: 12368.",
)


_DELIVER = inserting(
    Delivery, "key", "court_code", "application_id", "module", "hook", "channel", "payload", "status", "next_at", "created_at",
)  # fmt: skip
_REMIND = inserting(
    Reminder, "court_code", "application_id", "module", "text_zh", "text_en", "at", "person_id",
)  # fmt: skip


class _Blank(string.Formatter):
    """Leaves out what a text asks for and nobody knows."""

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "—")


def words_for(
    tx: Transaction, flow: Flow, application: Application, values: Any = None, opened: Opened | None = None
) -> dict[str, str]:
    """Return what the placeholders of a notice stand for; ``values`` are the step's typed fields."""
    ends = ends_of(tx, application.id, opened.limits if opened else None)
    if ends is None and application.due_at is not None:
        ends = (application.due_at, application.due_hours)
    words = {
        "court": tx.court_name,
        "kind": flow.title.zh,
        "serial_no": application.serial_no,
        "date": tx.today.isoformat(),
        "due": end_words(ends[0], hours=ends[1]) if ends else "法定期限届满",
        "case_number": application.case_number or "",
        "name": application.applicant if application.anonymous else application.submitter.name,
        "state": flow.state(application.state).applicant.zh,
    }
    words |= {name: str(value) for name, value in application.data.items() if isinstance(value, str | int)}
    if values is not None:
        for spec in specs_of(type(values)).values():
            held = getattr(values, spec.name)
            if held is None:
                continue
            if spec.kind is KINDS.group:
                words[f"{spec.name}_count"] = str(len(held))
            else:
                words[spec.name] = spec.kind.show(held, spec, "zh")
    return {name: word for name, word in words.items() if word}


def tell_applicant(
    tx: Transaction, flow: Flow, application: Application, text: Label, values: Any = None,
    more: Mapping[str, str] = MappingProxyType({}), opened: Opened | None = None,
) -> None:  # fmt: skip
    """Put a notice to the applicant into the outbox of every channel that is on; ``more`` are further words of it."""
    told = fill(text, words_for(tx, flow, application, values, opened) | dict(more))
    submitter = application.submitter
    send(tx, application, application.serial_no, submitter.name, submitter.phone, told)


def fill(text: Label, words: Mapping[str, str]) -> str:
    """Return what a notice says with its placeholders filled; what nobody knows is a dash."""
    parts = _parts(text.zh)
    if parts is None:
        return _Blank().vformat(text.zh, (), words)
    return "".join([literal + (words.get(name, "—") if name else "") for literal, name in parts])


@lru_cache(maxsize=512)
def _parts(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return a text as pieces, each with the placeholder behind it; None where one is more than a name."""
    found = list(string.Formatter().parse(text))
    if any(
        name is not None and (not name.isidentifier() or form or turned) for _, name, form, turned in found
    ):
        return None
    return tuple((literal, name or "") for literal, name, _, _ in found)


def send(
    tx: Transaction, application: Application | None, about: str, to_name: str, to_phone: str, told: str
) -> None:
    """Put a notice into the outbox of every channel that is on; ``about`` is the serial or case number it concerns."""
    for channel in sorted(tx.house.hooks.implements("notify") & tx.on):
        notice = Notice(
            key=f"{about}-{secrets.token_hex(6)}-{channel}",
            court=tx.court,
            court_name=tx.court_name,
            serial_no=about,
            to_name=to_name,
            to_phone=to_phone,
            text=told,
        )
        put_in_outbox(tx, application, "notify", channel, notice.key, _payload(notice))


def put_in_outbox(
    tx: Transaction,
    application: Application | None,
    hook: str,
    channel: str,
    key: str,
    payload: Mapping[str, Any],
) -> None:
    """Write one delivery, about a request or (None) a case; it leaves after commit, if the commit comes."""
    delivery = {
        "key": key, "court_code": tx.court, "application_id": application.id if application else None,
        "module": application.module if application else "", "hook": hook, "channel": channel, "payload": dict(payload),
        "status": "waiting", "next_at": tx.at, "created_at": tx.at,
    }  # fmt: skip
    _DELIVER.later(tx.connection, delivery)


def order_again(tx: Transaction, application: Application, stem: str, payload: Mapping[str, Any]) -> None:
    """Put an operation into the outbox, under a key that never orders a thing twice.

    Where an earlier attempt ended without an answer, the other side may have acted: the same key asks again.
    Only an answer, done or refused, makes the next one a new order.
    """
    answered = tx.connection.scalar(
        sa.select(sa.func.count()).where(
            Delivery.key.startswith(stem, autoescape=True), Delivery.status.in_(("refused", "done"))
        )
    )
    key = f"{stem}-{answered}" if answered else stem
    changed = tx.connection.execute(
        sa.update(Delivery)
        .where(Delivery.key == key)
        .values(status="waiting", attempts=0, next_at=tx.at, error="", done_at=None, payload=dict(payload))
    )
    if changed.rowcount == 0:
        put_in_outbox(tx, application, "trial_system", "", key, payload)


def _payload(notice: Notice) -> dict[str, Any]:
    return {
        name: getattr(notice, name) for name in ("court_name", "serial_no", "to_name", "to_phone", "text")
    }


def text_of_step(flow: Flow, step: Transition | None) -> Label:
    """Return what the applicant is told of ``step``; None is the submission itself.

    Of a step of the clock the house's own sentence says what time brought: its state may read as if somebody had acted.
    """
    if step is None:
        return flow.submit_notice or _SUBMITTED
    if step.notice is None and isinstance(step, ClockStep):
        return Label(_MOVED.zh.replace("{state}", step.zh), _MOVED.en.replace("{state}", step.en))
    return step.notice or _MOVED


def remind(tx: Transaction, flow: Flow, application: Application, text: Label) -> None:
    """Remind those who look after it: the handler, or whoever reviews such requests for the whole court."""
    _remind(tx, application, text, _who_cares(tx, flow, application))


def remind_next(tx: Transaction, flow: Flow, application: Application, text: Label, *, besides: int | None) -> None:  # fmt: skip
    """Remind those who have to act next, unless ``besides``, who brought it there, is one of them.

    They are those of the roles that alone may take what leads on, where the handler has none of these; else as ``remind``.
    """
    onward = [one for one in flow.decisions if one.leads_from(application.state)]
    grants = grants_of(tx.connection, tx.court) if any(one.permission for one in onward) else {}
    kept_for = [one.takers(grants) for one in onward]
    named = sorted({str(role) for roles in kept_for for role in roles})
    handler = application.handler
    others = all(kept_for) and not (handler is not None and _has(tx, handler, named))
    people = _holders(tx, named) if onward and others else _who_cares(tx, flow, application)
    if besides not in people:
        _remind(tx, application, text, people)


def remind_role(tx: Transaction, application: Application, text: Label, role: Role) -> None:
    """Remind everybody in the court who has ``role``."""
    _remind(tx, application, text, _holders(tx, [role.value]))


def _remind(tx: Transaction, application: Application, text: Label, people: Iterable[int]) -> None:
    common = {
        "court_code": application.court, "application_id": application.id, "module": application.module,
        "text_zh": text.zh, "text_en": text.en, "at": tx.at,
    }  # fmt: skip
    found = those_who_find(tx.connection, application.hidden_from, people)
    reminders = [common | {"person_id": person} for person in found]
    if reminders:
        _REMIND.later(tx.connection, *reminders)


def _has(tx: Transaction, person: int, roles: Iterable[str]) -> bool:
    return _having(*sorted(roles)).first(tx.connection, {"person": person}) is not None


def _who_cares(tx: Transaction, flow: Flow, application: Application) -> Sequence[int]:
    # A reminder that the handler cannot open helps nobody.
    seeing = [role.value for role, may in flow.access.items() if may.see is not Sight.NONE]
    if application.handler is not None and _has(tx, application.handler, seeing):
        return [application.handler]
    roles = [role.value for role, may in flow.access.items() if may.review and may.see is Sight.COURT]
    return _holders(tx, roles)


def _holders(tx: Transaction, roles: Iterable[str]) -> Sequence[int]:
    return [person for (person,) in _holding(*sorted(roles)).all(tx.connection, {"court": tx.court})]


@cache
def _having(*roles: str) -> PreparedRead:
    """Return what finds whether a person has one of ``roles``."""
    mine = (PersonRole.person_id == sa.bindparam("person"), _one_of(roles))
    return PreparedRead(sa.select(PersonRole.role).where(*mine).limit(1))


@cache
def _holding(*roles: str) -> PreparedRead:
    """Return what finds the people of a court who have one of ``roles``."""
    active = (Person.court_code == sa.bindparam("court"), Person.active.is_(True), _one_of(roles))
    found = sa.select(Person.id).join(PersonRole, PersonRole.person_id == Person.id).where(*active)
    return PreparedRead(found.distinct().order_by(Person.id), common=True)


def _one_of(roles: Iterable[str]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(PersonRole.role == role for role in roles))
