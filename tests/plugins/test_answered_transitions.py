"""联系法官 and 意见建议: every decision and step, in every state, by every person; what is refused leaves no trace."""

from functools import partial

import pytest
from attrs import frozen

from core.fields.problem import Reason, Refused
from core.records import Audit, History
from core.values import Application
from core.work.outside import withdraw
from core.work.review import decide
from tests.support.acting import conclude, count, file_one, flow_of, read
from tests.support.cases import open_case
from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)
from tests.support.houses import STAFF, Fixture

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]

CASE = "（2026）粤0199民初1号"
WANTED = [{"starts_at": "2026-11-24T09:30:00+08:00", "ends_at": "2026-11-24T10:30:00+08:00"}]
MEETING = {
    "meeting_at": "2026-11-24T09:30", "meeting_minutes": "30", "meeting_place": "第三会见室", "participants": "甲某某、judge",
    "tell_others": "true",
}  # fmt: skip
SEES = {"judge", "assistant", "clerk", "panel", "judge2", "president", "supervisor"}
"""Who may look at requests of the kind at all; for everybody else there is nothing there."""


@frozen
class Kind:
    """What a test needs of a kind: what is filed, the form of each decision, and who may take it while it is open."""

    name: str
    fields: dict[str, object]
    forms: dict[str, dict[str, str]]
    takes: dict[str, set[str]]
    ends: dict[str, str]
    """By state: the decision that leads there, or the applicant's withdrawal."""

    def file(self, court: Fixture, number: object = 1) -> str:
        return file_one(court, self.name, number, case_number=CASE, fields=self.fields).serial_no

    def act(self, court: Fixture, who: str, serial: str, decision: str) -> Application:
        form = {
            name: str(court.people["judge2"]) if value == "judge2" else value
            for name, value in self.forms[decision].items()
        }
        if flow_of(court, self.name).decision(decision).direct:
            given = {name: [value] for name, value in form.items()}
            return decide(court.house, court.actor(who), self.name, serial, decision, None, form=given)
        return conclude(court, who, self.name, serial, decision, **form)

    def put(self, court: Fixture, state: str) -> str:
        serial = self.file(court, state)
        if self.ends[state] == "withdraw":
            withdraw(court.house, court.outside, court.client, serial)
        elif self.ends[state]:
            self.act(court, "judge", serial, self.ends[state])
        assert read(court, serial).state == state
        return serial


ANSWERERS, EITHER = {"judge"}, {"judge", "supervisor"}
CONTACT = Kind(
    "contact",
    {"type": "appointment", "topic": "schedule", "content": "希望面谈。", "wanted": WANTED, "phone": "19900000001"},
    {"agree": MEETING, "change": MEETING, "decline": {}, "phoned": {}, "written": {}, "hand_over": {"colleague": "judge2", "reason": "代为答复"}},
    dict.fromkeys(("agree", "change", "decline", "phoned", "written"), ANSWERERS) | {"hand_over": EITHER},
    {"SUBMITTED": "", "CLOSED": "written", "WITHDRAWN": "withdraw"},
)  # fmt: skip
SUGGESTION = Kind(
    "suggestion",
    {"category": "progress", "title": "排期建议", "content": "请提前告知开庭时间。", "anonymous": False},
    {"reply": {"result": "adopted"}, "not_accept": {"ground": "unclear"}, "hand_over": {"colleague": "judge2"}},
    dict.fromkeys(("reply", "not_accept", "hand_over"), EITHER),
    {"SUBMITTED": "", "CLOSED": "reply", "NOT_ACCEPTED": "not_accept"},
)  # fmt: skip
EVERY = [(kind, state) for kind in (CONTACT, SUGGESTION) for state in kind.ends]
ids = partial(map, lambda one: f"{one[0].name}-{one[1]}")


@pytest.fixture
def court(new_house) -> Fixture:
    made = new_house("contact", "suggestion", folders=())
    open_case(made)
    return made


def traces(court: Fixture, kind: str, serial: str) -> tuple[int, int]:
    audited = [f"{kind}.{one.code}" for one in flow_of(court, kind).transitions]
    return (
        count(court, History, History.application_id == read(court, serial).id),
        count(court, Audit, Audit.target == serial, Audit.action.in_(audited)),
    )


def refusal_of(kind: Kind, state: str, name: str, decision: str) -> Reason | None:
    """Return with what a person is refused; None: allowed."""
    if name not in SEES:
        return Reason.NOT_FOUND
    if name not in kind.takes[decision]:
        return Reason.FORBIDDEN
    return None if state == "SUBMITTED" else Reason.CONFLICT


def test_no_state_and_no_decision_is_left_out(court):
    for kind in (CONTACT, SUGGESTION):
        flow = flow_of(court, kind.name)
        assert set(kind.ends) == {one.code for one in flow.states}
        assert set(kind.forms) == set(kind.takes) == {one.code for one in flow.decisions}


@pytest.mark.parametrize(("kind", "state"), EVERY, ids=ids(EVERY))
def test_what_is_not_allowed_is_refused_and_leaves_no_trace(court, kind, state):
    serial = kind.put(court, state)
    before, held = read(court, serial), traces(court, kind.name, serial)
    for name, _, _ in STAFF:
        for decision in kind.forms:
            expected = refusal_of(kind, state, name, decision)
            if expected is not None:
                with pytest.raises(Refused) as refused:
                    decide(court.house, court.actor(name), kind.name, serial, decision, None, form={})
                assert refused.value.reason is expected, (name, decision)
    assert (read(court, serial), traces(court, kind.name, serial)) == (before, held)


@pytest.mark.parametrize("kind", [CONTACT, SUGGESTION], ids=lambda one: one.name)
def test_what_is_allowed_works_for_each_who_may(court, kind):
    for decision, people in kind.takes.items():
        target = next((state for state, end in kind.ends.items() if end == decision), None)
        for name in sorted(people):
            serial = kind.file(court, f"{decision}-{name}")
            histories, audits = traces(court, kind.name, serial)
            after = kind.act(court, name, serial, decision)
            assert after.state == (target or ("SUBMITTED" if decision == "hand_over" else "CLOSED"))
            assert traces(court, kind.name, serial) == (histories + 1, audits + 1), (decision, name)


@pytest.mark.parametrize(("kind", "state"), EVERY, ids=ids(EVERY))
def test_the_applicant_withdraws_what_may_be_withdrawn_and_nothing_else(court, kind, state):
    serial = kind.put(court, state)
    if (kind.name, state) == ("contact", "SUBMITTED"):
        assert withdraw(court.house, court.outside, court.client, serial).state == "WITHDRAWN"
        return
    held = traces(court, kind.name, serial)
    with pytest.raises(Refused) as refused:
        withdraw(court.house, court.outside, court.client, serial)
    assert refused.value.reason is Reason.CONFLICT
    assert (read(court, serial).state, traces(court, kind.name, serial)) == (state, held)
