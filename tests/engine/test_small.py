"""How little it takes: a hello module, a request type in ten lines, a complete one in forty."""

import pytest

from core.records import History, Reminder
from core.work.changes import read_changes
from core.work.comment import send_comment
from core.work.detail import read_detail
from core.work.review import decide
from tests.support.acting import conclude, file_one, flow_of, load, page, read, rows, write_module
from tests.support.houses import COURT, TEST_MODULES

HELLO = '''
"""问候: says that it is there."""
from core import Label, MenuItem, Module, hookimpl
module = Module("hello", ("问候", "Hello"), version="1.0")
@hookimpl
def menu(court):
    return [MenuItem(Label(f"你好，{court}", f"Hello, {court}"), "/m/hello/", 990, "hello")]
'''
TEN_LINES = '''
"""立案预约: an appointment at the filing counter."""
from core import CASE_BOUND, Access, Decision, Module, RequestType, Role, Sight, State, request_fields, text
@request_fields
class Visit:
    purpose: str = text("来院事由", "Purpose", column=True, search=True)
visit = RequestType(kind="visit", title=("预约", "Visit"), fields=Visit,
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("ASKED", "待处理", "Asked"), State("SET", "已约", "Set")],
    decisions=[Decision("set", "约定", "Set", "ASKED", "SET", opinion=True)])
module = Module("visit", ("预约", "Visit"), version="1.0", requests=[visit])
'''.replace("CASE_BOUND, ", "")


def lines(code: str) -> int:
    return len([line for line in code.splitlines() if line.strip()])


def test_a_hello_module_takes_at_most_eight_lines_and_works(tmp_path, new_house):
    assert lines(HELLO) <= 8
    write_module(tmp_path / "drop", "hello", HELLO)
    house = new_house("hello", folders=(tmp_path / "drop",)).house
    assert [str(item.label) for item in house.hooks.menu({"hello"}, COURT)] == ["你好，粤0199"]
    assert house.modules.ready["hello"].tables == ()


def test_a_request_type_in_ten_lines_goes_all_the_way(tmp_path, new_house):
    assert lines(TEN_LINES) == 10
    write_module(tmp_path / "drop", "visit", TEN_LINES)
    house = new_house("visit", folders=(tmp_path / "drop",))
    reviewer = house.actor("reviewer")
    serial = file_one(house, "visit", fields={"purpose": "咨询立案"}).serial_no
    assert serial == "VI44019920261123000001"
    (row,) = page(house, reviewer, "visit", purpose="立案").rows
    assert (row.serial_no, row.cells) == (serial, {"purpose": "咨询立案"})
    send_comment(house.house, reviewer, "visit", serial, "请带原件")
    assert conclude(house, "reviewer", "visit", serial, "set", "周三上午").state == "SET"
    detail = read_detail(house.house, reviewer, "visit", serial)
    assert [(event.step.zh, event.reason) for event in detail.history] == [("提交", ""), ("约定", "周三上午")]
    assert [message.text for message in detail.messages] == ["请带原件"]
    assert [one.what for one in read_changes(house.house, COURT, house.client, 0)] == [
        "received",
        "message",
        "state",
    ]
    assert len(rows(house, Reminder)) == 2


def test_a_complete_request_type_takes_one_file_of_at_most_forty_lines():
    (file,) = (TEST_MODULES / "mediation").rglob("*.py")
    assert lines(file.read_text(encoding="utf-8")) <= 40
    assert load(TEST_MODULES).ready["mediation"].sides[0].flow.kind == "mediation"


@pytest.mark.parametrize("decision", ["accept", "return"])
def test_mediation_is_decided_by_the_judge_of_its_case(new_house, decision):
    """Its access is the default one: the handling judge decides, those around see, nobody else's judge does."""
    house = new_house("mediation", "register")
    serial = file_one(house, "mediation").serial_no
    assert page(house, house.actor("judge"), "mediation").rows == ()
    assert flow_of(house, "mediation").access == load(TEST_MODULES).flow("mediation").access
    with pytest.raises(Exception, match="not_yours"):
        decide(house.house, house.actor("judge"), "mediation", serial, decision, 1)
    assert read(house, serial).state == "SUBMITTED"
    assert [row.step for row in rows(house, History)] == ["submit"]
