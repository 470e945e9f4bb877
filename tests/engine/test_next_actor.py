"""What one role proposes and another alone decides: who hears of it, who may review it, what the applicant reads."""

import pytest

from core.api.applications import get_application
from core.api.call import Call
from core.fields.problem import Reason, Refused
from core.records import Reminder
from core.work.clients import client_of
from core.work.review import open_review
from tests.support.acting import conclude, file_one, rows, write_module
from tests.support.cases import open_case
from tests.support.houses import COURT, Fixture

CODE = '''
"""请示: the judge proposes, the president decides or sends it back."""
import core

@core.request_fields
class Matter:
    wish: str = core.text("事项", "Matter")

matter = core.RequestType(
    kind="matter", title=("请示", "Matter"), prefix="QS", fields=Matter, case="required",
    states=[core.State("NEW", "待处理", "To do", applicant=("办理中", "In hand")),
            core.State("PROPOSED", "待批准", "Proposed", applicant=("办理中", "In hand"), waiting=True), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("propose", "报批", "Propose", "NEW", "PROPOSED", opinion=True, quiet=True),
               core.Decision("approve", "批准", "Approve", "PROPOSED", "DONE", opinion=True, roles={core.Role.PRESIDENT}),
               core.Decision("send_back", "退回", "Send back", "PROPOSED", "NEW", opinion=True, quiet=True, roles={core.Role.PRESIDENT})])
module = core.Module("matter", ("请示", "Matter"), version="1.0", requests=[matter])
'''


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "matter", CODE)
    return new_house("matter", folders=(tmp_path / "drop",))


def filed(house: Fixture) -> str:
    return file_one(house, "matter", case_number=open_case(house)).serial_no


def reminded(house: Fixture) -> list[str]:
    names = {key: name for name, key in house.people.items()}
    return [names[row.person_id] for row in rows(house, Reminder)]


def test_those_who_act_next_are_reminded_and_who_brought_it_there_is_not(house):
    serial = filed(house)
    assert reminded(house) == ["judge"]
    conclude(house, "judge", "matter", serial, "propose")
    assert reminded(house) == ["judge", "president"]
    conclude(house, "president", "matter", serial, "send_back")
    assert reminded(house) == ["judge", "president", "judge"]
    conclude(house, "judge", "matter", serial, "propose")
    conclude(house, "president", "matter", serial, "approve")
    assert reminded(house) == ["judge", "president", "judge", "president"], "what is done waits for nobody"


def test_who_alone_decides_concludes_the_review_and_nobody_drafts_it_for_them(house):
    serial = filed(house)
    with pytest.raises(Refused) as refused:
        open_review(house.house, house.actor("president"), "matter", serial)
    assert refused.value.reason is Reason.FORBIDDEN
    conclude(house, "judge", "matter", serial, "propose")
    review = open_review(house.house, house.actor("president"), "matter", serial)
    assert (review.may_decide, [one.code for one in review.choices]) == (True, ["approve", "send_back"])
    for name in ("judge", "assistant"):
        with pytest.raises(Refused) as refused:
            open_review(house.house, house.actor(name), "matter", serial)
        assert refused.value.reason is Reason.FORBIDDEN


def test_the_applicant_reads_no_decision_that_stays_within_the_court(house):
    serial = filed(house)
    client = client_of(house.house, house.token)
    assert client is not None
    call = Call(house.house, client, house.outside, COURT, {"serial_no": serial}, {})
    conclude(house, "judge", "matter", serial, "propose", "拟同意。")
    assert get_application(call).body["decision"] is None
    conclude(house, "president", "matter", serial, "send_back", "再核。")
    assert get_application(call).body["decision"] is None
    conclude(house, "judge", "matter", serial, "propose")
    conclude(house, "president", "matter", serial, "approve", "同意。")
    told = get_application(call).body["decision"]
    assert (told["code"], told["opinion"]) == ("approve", "同意。")
