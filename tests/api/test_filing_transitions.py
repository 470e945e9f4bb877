"""Every step of filing in every state and by every role: what the declaration allows works, all else is refused and leaves no trace."""

import copy
import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.module import ApplicantStep, ClockStep, Decision, ReceiptStep
from core.records import ApplicationRow, Audit, CourtSetting, DeadlineRow, Delivery, History, QueueCount
from core.roles import Sight
from core.store.terms import write_terms
from core.values import Actor, Application, Receipt
from core.work import assign, clock, comment, deliver, files, outside, oversight, receipts, review, submit
from core.work.registers import Registers
from core.work.snapshots import by_serial
from core.work.tokens import words_of
from core.work.transaction import Transaction
from plugins.filing import filing
from plugins.filing.example import EXAMPLE
from plugins.filing.fields import Filing
from tests.support.acting import PDF
from tests.support.gateways import accept_sms, docket, reply, reset, serving
from tests.support.houses import COURT, OPERATOR, OTHER, STAFF, Fixture, make_house

STATES = [state.code for state in filing.states]
FORMS: dict[str, dict[str, list[str]]] = {
    "approve": {"procedure": ["ordinary"], "fee_category": ["prop"], "prepaid_fee": ["2869.14"]},
    "return_for_correction": {"reasons": ["incomplete"], "corrections.0.item": ["起诉状"], "corrections.0.requirement": ["补签名"], "correction_days": ["7"]},
    "not_accept": {"ground": ["insisted"], "reasons": ["no_jurisdiction"]},
    "redirect": {"redirect_ground": ["other_court"], "reasons": ["no_jurisdiction"], "authority": ["虚构市第九人民法院"]},
    "docket": {}, "revoke_approval": {"revocation_reason": ["误操作"]},
    "refer_to_mediation": {"organisation": ["示例市人民调解委员会"], "signed_on": ["2026-11-20"]},
    "fee_paid": {"paid_amount": ["2869.14"], "paid_on": ["2026-11-23"]},
    "copy_served": {"copy_served_on": ["2026-11-23"], "copy_served_to": ["示例贸易有限公司"]},
    "transferred_to_division": {"division": ["民事审判庭"], "passed_on": ["2026-11-23"]},
}  # fmt: skip


class Court:
    """A house with one filed request a test, moved into any state."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.house = fixture.house
        self._number = 0

    def body(self) -> dict[str, Any]:
        from core.fields.example import example_of

        self._number += 1
        with self.house.store.read() as connection:
            fields = copy.deepcopy(
                {**example_of(Filing, Registers(connection, COURT, self.house.clock().date())), **EXAMPLE}
            )
        digest = hashlib.sha256(PDF).hexdigest()
        files.put_file(self.house, self.fixture.outside, self.fixture.client, digest, io.BytesIO(PDF))
        papers = [
            {"sha256": digest, "name": "a.pdf", "category": one.category}
            for one in filing.attachments
            if one.needed(fields)
        ]
        submitter = {"role": "lawyer", "name": "丙某某", "phone": "19900000003"}
        return {
            "submission_id": f"t-{self._number}",
            "submitter": submitter,
            "fields": fields,
            "attachments": papers,
        }

    def file(self) -> str:
        raw = {"kind": "filing", **self.body()}
        return submit.submit(self.house, self.fixture.outside, self.fixture.client, raw).serial_no

    def read(self, serial_no: str) -> Application:
        with self.house.store.read() as connection:
            return by_serial(connection, self.house.modules, COURT, serial_no)

    def put(self, serial_no: str, state: str, handler: int | None = None) -> Application:
        """Stand the request in ``state``, counts and words with it, as if it had come there."""
        before = self.read(serial_no)
        after = evolve(before, state=state, handler=handler, version=before.version + 1)

        def work(connection: sa.Connection) -> None:
            tx = Transaction(self.house, connection, OPERATOR, self.house.clock())
            changed = {"state": state, "handler_id": handler, "version": after.version}
            connection.execute(
                sa.update(ApplicationRow).where(ApplicationRow.id == before.id).values(changed)
            )
            write_terms(connection, after.id, words_of(filing, after), replace=True)
            tx.count(before, after)

        self.house.store.write(work)
        return self.read(serial_no)

    def trace(self, serial_no: str) -> tuple[int, int, dict[str, int]]:
        """Return what a step leaves: entries in history and audit, and the counts of the court's states."""
        key = self.read(serial_no).id
        with self.house.store.read() as connection:
            histories = connection.scalar(sa.select(sa.func.count()).where(History.application_id == key))
            audits = connection.scalar(
                sa.select(sa.func.count()).where(
                    Audit.target == serial_no,
                    Audit.action.in_([f"filing.{step.code}" for step in filing.transitions]),
                )
            )
            counts = connection.execute(
                sa.select(QueueCount.state, QueueCount.count).where(
                    QueueCount.court_code == COURT, QueueCount.handler_id == 0, QueueCount.count > 0
                )
            )
            return int(histories or 0), int(audits or 0), {row.state: row.count for row in counts}

    def act(self, actor: Actor, serial_no: str, step: Decision) -> None:
        """Carry a decision out as the pages do: direct, or saved first."""
        version = self.read(serial_no).version
        if not step.direct:
            review.save_review(
                self.house,
                actor,
                "filing",
                serial_no,
                decision=step.code,
                opinion="意见",
                form=FORMS[step.code],
                version=version,
            )
        review.decide(self.house, actor, "filing", serial_no, step.code, version, form=FORMS[step.code])


@pytest.fixture(scope="session")
def court_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Court]]:
    """Give the court of a brand; it is made once a run."""
    made: dict[str, Court] = {}
    ends: list[Callable[[], None]] = []

    def get(brand: str) -> Court:
        if brand not in made:
            folder = tmp_path_factory.mktemp(f"transitions-{brand}")
            url = f"sqlite:///{folder / 'benchside.sqlite3'}"
            if brand == "postgresql":
                server = request.getfixturevalue("postgres_server")
                name = server.create()
                url = server.url(name)
                ends.append(lambda: server.drop(name))
            made[brand] = Court(make_house(url, folder / "house", ["filing", "register"]))
            ends.append(made[brand].house.store.close)
        return made[brand]

    yield get
    for end in reversed(ends):
        end()


@pytest.fixture(params=["sqlite", "postgresql"])
def court(request: pytest.FixtureRequest, court_of: Callable[[str], Court]) -> Court:
    return court_of(request.param)


def stands(court: Court, serial_no: str, before: tuple[int, int, dict[str, int]], state: str) -> None:
    """Make sure that nothing happened."""
    assert court.read(serial_no).state == state
    assert court.trace(serial_no) == before


def moved(
    court: Court, serial_no: str, before: tuple[int, int, dict[str, int]], source: str, target: str
) -> None:
    """Make sure that one step was taken and everything that belongs to it was written."""
    assert court.read(serial_no).state == target
    histories, audits, counts = court.trace(serial_no)
    assert (histories, audits) == (before[0] + 1, before[1] + 1)
    expected = dict(before[2])
    expected[source] -= 1
    expected[target] = expected.get(target, 0) + 1
    assert counts == {state: count for state, count in expected.items() if count}


DECISIONS = [(step, state) for step in filing.decisions for state in STATES]


@pytest.mark.parametrize(("step", "state"), DECISIONS, ids=lambda one: getattr(one, "code", one))
def test_a_decision_is_carried_out_where_it_leads_from_and_by_whom_it_may(court, step, state):
    serial_no = court.file()
    judge = court.fixture.people["judge"]
    court.put(serial_no, state, judge)
    before = court.trace(serial_no)
    for name, roles, _ in STAFF:
        actor = court.fixture.actor(name)
        accesses = [filing.access[role] for role in roles if role in filing.access]
        own = judge in actor.handles
        reaches = [one for one in accesses if one.see is Sight.COURT or (one.see is Sight.OWN and own)]
        may = any(one.review for one in reaches)
        allowed = may and step.leads_from(state) and (not step.roles or step.roles & set(roles))
        if allowed:
            court.act(actor, serial_no, step)
            moved(court, serial_no, before, state, step.target or state)
            court.put(serial_no, state, judge)
            before = court.trace(serial_no)
            continue
        with pytest.raises(Refused) as refusal:
            review.decide(court.house, actor, "filing", serial_no, step.code, None, form=FORMS[step.code])
        if not accesses:
            expected = Reason.NOT_FOUND
        elif not may or (step.leads_from(state) and step.roles):
            expected = Reason.FORBIDDEN
        else:
            expected = Reason.CONFLICT
        assert (name, refusal.value.reason) == (name, expected)
    stands(court, serial_no, before, state)


@pytest.mark.parametrize("state", STATES)
def test_nobody_of_another_court_finds_it(court, state):
    serial_no = court.file()
    court.put(serial_no, state)
    before = court.trace(serial_no)
    other = evolve(
        court.fixture.actor("reviewer"), court=OTHER, person=court.fixture.people["other_reviewer"]
    )
    for step in filing.decisions:
        with pytest.raises(Refused) as refusal:
            review.decide(court.house, other, "filing", serial_no, step.code, None, form=FORMS[step.code])
        assert refusal.value.reason is Reason.NOT_FOUND
    stands(court, serial_no, before, state)


APPLICANTS = [(step, state) for step in filing.steps if isinstance(step, ApplicantStep) for state in STATES]


@pytest.mark.parametrize(("step", "state"), APPLICANTS, ids=lambda one: getattr(one, "code", one))
def test_the_applicant_steps_from_the_states_declared(court, step, state):
    serial_no = court.file()
    court.put(serial_no, state)
    before = court.trace(serial_no)
    caller = (court.house, court.fixture.outside, court.fixture.client, serial_no)

    def act() -> None:
        outside.resubmit(*caller, court.body()) if step.resubmits else outside.withdraw(*caller)

    if step.leads_from(state):
        act()
        moved(court, serial_no, before, state, step.target)
    else:
        with pytest.raises(Refused) as refusal:
            act()
        assert (refusal.value.reason, refusal.value.code) == (Reason.CONFLICT, "wrong_state")
        stands(court, serial_no, before, state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("done", [True, False], ids=["done", "refused"])
def test_a_receipt_moves_what_waits_for_it_once(court, state, done):
    """A receipt that comes late, or twice, finds the request moved on and changes nothing."""
    serial_no = court.file()
    court.put(serial_no, "APPROVED")
    review.decide(court.house, court.fixture.actor("reviewer"), "filing", serial_no, "docket", None)
    application = court.put(serial_no, state)
    with court.house.store.read() as connection:
        delivery = connection.scalar(
            sa.select(Delivery.id).where(
                Delivery.application_id == application.id, Delivery.hook == "trial_system"
            )
        )
    before = court.trace(serial_no)
    receipt = (
        Receipt(done=True, data={"case_number": f"（2026）粤0199民初{application.id % 100000 + 1}号"})
        if done
        else Receipt(reason="案由不存在")
    )
    for _ in range(2):
        receipts.apply_receipt(court.house, application.id, delivery, "docket", receipt)
    (step,) = [one for one in filing.steps if isinstance(one, ReceiptStep) and one.done is done]
    if step.leads_from(state):
        moved(court, serial_no, before, state, step.target)
    else:
        stands(court, serial_no, before, state)


@pytest.mark.parametrize("state", STATES)
def test_the_clock_acts_only_where_a_correction_is_waited_for(court, state):
    serial_no = court.file()
    court.act(court.fixture.actor("reviewer"), serial_no, filing.decision("return_for_correction"))
    application = court.put(serial_no, state)
    before = court.trace(serial_no)
    ran_out = sa.update(DeadlineRow).where(
        DeadlineRow.application_id == application.id, DeadlineRow.rule == "F-C"
    )
    over = court.house.clock()
    court.house.store.write(lambda connection: connection.execute(ran_out.values(ends_at=over)))
    clock.clock_due(court.house)
    (step,) = [one for one in filing.steps if isinstance(one, ClockStep)]
    if step.leads_from(state):
        moved(court, serial_no, before, state, step.target)
    else:
        stands(court, serial_no, before, state)


@pytest.mark.parametrize("state", STATES)
def test_a_message_is_sent_in_every_state_by_whom_it_may(court, state):
    serial_no = court.file()
    judge = court.fixture.people["judge"]
    court.put(serial_no, state, judge)
    for name, roles, _ in STAFF:
        actor = court.fixture.actor(name)
        own = judge in actor.handles
        accesses = [filing.access[role] for role in roles if role in filing.access]
        if any(one.comment and (one.see is Sight.COURT or own) for one in accesses):
            comment.send_comment(court.house, actor, "filing", serial_no, "请查收。")
            continue
        with pytest.raises(Refused) as refusal:
            comment.send_comment(court.house, actor, "filing", serial_no, "请查收。")
        assert refusal.value.reason is (Reason.FORBIDDEN if accesses else Reason.NOT_FOUND)
    assert court.read(serial_no).state == state


def test_an_assigned_request_is_counted_as_its_handlers(court):
    serial_no = court.file()
    judge = court.fixture.people["judge2"]

    def count() -> int:
        where = (
            QueueCount.court_code == COURT,
            QueueCount.handler_id == judge,
            QueueCount.state == "SUBMITTED",
        )
        with court.house.store.read() as connection:
            return int(connection.scalar(sa.select(QueueCount.count).where(*where)) or 0)

    before = count()
    assign.assign(
        court.house,
        court.fixture.actor("reviewer"),
        "filing",
        serial_no,
        judge,
        court.read(serial_no).version,
    )
    assert count() == before + 1
    court.act(court.fixture.actor("judge2"), serial_no, filing.decision("approve"))
    assert count() == before


# --- The trial system and the gateway, as real servers


@pytest.fixture
def own(database_url: str, tmp_path: Any) -> Iterator[Court]:
    """A court whose trial system and gateway answer over HTTP."""
    made = Court(make_house(database_url, tmp_path, ["filing", "trial_http", "sms"], unreachable_attempts=3))
    yield made
    made.house.store.close()


def point(court: Court, module: str, url: str) -> None:
    values = [
        {"court_code": COURT, "module": module, "name": name, "value": value}
        for name, value in (("url", url), ("timeout_seconds", 1))
    ]
    court.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), values))


def run(court: Court, rounds: int = 12) -> None:
    """Let the outbox work while time goes by."""
    for _ in range(rounds):
        deliver.deliver_due(court.house)
        court.fixture.clock.move(minutes=5)


def deliveries(court: Court, hook: str) -> list[Any]:
    with court.house.store.read() as connection:
        return list(
            connection.execute(
                sa.select(Delivery.__table__).where(Delivery.hook == hook).order_by(Delivery.id)
            )
        )


def test_failing_answers_are_tried_again_under_the_same_key(own):
    number = "（2026）粤0199民初8号"
    with (
        serving(accept_sms) as sms,
        serving(reset, reply(503, {}), reply(202, {"status": "pending"}), docket(number)) as trial,
    ):
        point(own, "sms", sms.url)
        point(own, "trial_http", trial.url)
        serial_no = own.file()
        own.put(serial_no, "APPROVED")
        review.decide(own.house, own.fixture.actor("reviewer"), "filing", serial_no, "docket", None)
        assert own.read(serial_no).state == "DOCKETING"
        run(own)
        assert (own.read(serial_no).state, own.read(serial_no).case_number) == ("DOCKETED", number)
        assert len(trial.calls) == 4
        assert len(trial.keys()) == 1
        assert set(sms.keys().values()) == {1}


def test_no_answer_at_all_fails_the_docketing_and_the_next_order_keeps_its_key(own):
    with serving(accept_sms) as sms, serving(*[reset] * 3, docket("（2026）粤0199民初9号")) as trial:
        point(own, "sms", sms.url)
        point(own, "trial_http", trial.url)
        serial_no = own.file()
        own.put(serial_no, "APPROVED")
        reviewer = own.fixture.actor("reviewer")
        review.decide(own.house, reviewer, "filing", serial_no, "docket", None)
        run(own)
        assert own.read(serial_no).state == "DOCKET_FAILED"
        review.decide(own.house, reviewer, "filing", serial_no, "docket", None)
        run(own)
        assert own.read(serial_no).state == "DOCKETED"
        assert len(trial.keys()) == 1


def test_a_notice_that_cannot_be_delivered_waits_for_a_person(own):
    with serving(*[reply(503, {})] * 3, accept_sms) as sms:
        point(own, "sms", sms.url)
        own.file()
        run(own)
        (given_up,) = deliveries(own, "notify")
        assert (given_up.status, given_up.attempts) == ("given_up", 3)
        assert not oversight.send_again(own.house, evolve(OPERATOR, court=OTHER), given_up.id)
        assert oversight.send_again(own.house, OPERATOR, given_up.id)
        assert not oversight.send_again(own.house, OPERATOR, given_up.id)
        run(own)
        (sent,) = deliveries(own, "notify")
        assert (sent.status, sent.reference) == ("done", "m1")
        assert len(sms.keys()) == 1
