"""``benchside cases import``: what the trial system knows comes in whole, or not at all, and twice is once."""

import json

import pytest

from core.records import Audit, CaseAgent, CaseParty, CaseRow, HearingRow, ServiceRecord
from tests.cli.conftest import Run
from tests.support.acting import rows
from tests.support.brought import NUMBER, case, hearing
from tests.support.houses import COURT, OTHER

SERVICE = {"document": "判决书", "party": "甲某某", "served_on": "2026-11-20", "method": "电子送达"}
FULL = case(hearings=[hearing("2026-12-10T09:00", ends="2026-12-10T11:30")], services=[SERVICE])


@pytest.fixture
def bring(run: Run, tmp_path):
    """Give ``bring(case, …)``: the result of importing a file with these cases."""

    def bring(*cases, court=COURT):
        file = tmp_path / "cases.json"
        file.write_text(json.dumps({"cases": cases}, ensure_ascii=False), encoding="utf-8")
        return run("cases", "import", file, "--court", court)

    return bring


def fine(done):
    assert done.exit_code == 0, done.output
    return done.stdout.strip()


def refused(done):
    assert (done.exit_code, done.stdout) == (1, ""), done.output
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_case_comes_in_with_all_that_belongs_to_it(bring, new_house):
    assert fine(bring(FULL)) == "1 new, 0 changed, 0 as they were; 1 hearings"
    house = new_house()
    (row,) = rows(house, CaseRow)
    assert (row.court_code, row.case_number, row.year, row.case_type, row.sequence) == (
        COURT, NUMBER, 2026, "民初", 1,
    )  # fmt: skip
    assert (row.cause, row.procedure, row.handler_id) == ("买卖合同纠纷", "ordinary", house.people["judge"])
    assert [(one.standing, one.name) for one in rows(house, CaseParty)] == [
        ("plaintiff", "甲某某"), ("defendant", "示例贸易有限公司"), ("third_party", "丁某某"),
    ]  # fmt: skip
    assert [one.facts["phone"] for one in rows(house, CaseAgent)] == ["19900000013", "19900000013"]
    (sitting,) = rows(house, HearingRow)
    assert (sitting.state, sitting.source, sitting.judge_id) == ("scheduled", "import", house.people["judge"])
    assert [one.party for one in rows(house, ServiceRecord)] == ["甲某某"]
    (entry,) = rows(house, Audit, Audit.action == "cases.import")
    assert entry.data == {"cases": 1, "new": 1, "changed": 0}


def test_the_same_file_again_changes_nothing(bring, new_house):
    moved = case(hearings=[
        hearing("2026-12-10T09:00", state="moved", to="2026-12-20T09:00"), hearing("2026-12-20T09:00", "第二法庭"),
        hearing("2026-10-10T09:00", state="held"), hearing("2026-10-20T09:00", state="cancelled"),
    ], services=[SERVICE])  # fmt: skip
    assert fine(bring(moved)) == "1 new, 0 changed, 0 as they were; 4 hearings"
    before = {table: rows(new_house(), table) for table in (CaseRow, CaseParty, HearingRow, ServiceRecord)}
    assert fine(bring(moved)) == "0 new, 0 changed, 1 as they were; 0 hearings"
    assert {table: rows(new_house(), table) for table in before} == before


def test_what_changed_is_taken_over_and_what_is_left_out_stays(bring, new_house):
    fine(bring(FULL))
    said = fine(bring({"case_number": NUMBER, "docketed_on": "2026-03-02", "procedure": "summary", "handler": "judge2"}))  # fmt: skip
    assert said == "0 new, 1 changed, 0 as they were; 0 hearings"
    house = new_house()
    (row,) = rows(house, CaseRow)
    assert (row.procedure, row.cause, row.handler_id) == ("summary", "买卖合同纠纷", house.people["judge2"])
    assert len(rows(house, CaseParty)) == 3
    assert len(rows(house, HearingRow)) == 1
    fine(bring({**FULL, "parties": FULL["parties"][:1], "agents": [], "services": []}))
    assert [one.name for one in rows(house, CaseParty)] == ["甲某某"]
    assert (rows(house, CaseAgent), rows(house, ServiceRecord)) == ([], [])


def test_what_was_known_of_a_party_beside_what_the_file_says_is_kept(bring, new_house):
    fine(bring(case(parties=[{"standing": "plaintiff", "name": "甲某某", "residence": "示例市示例路1号"}], agents=[])))  # fmt: skip
    fine(bring(case(parties=[{"standing": "plaintiff", "name": "甲某某", "domicile_abroad": True}], agents=[])))  # fmt: skip
    (party,) = rows(new_house(), CaseParty)
    assert (party.facts["residence"], party.facts["domicile_abroad"]) == ("示例市示例路1号", True)


@pytest.mark.parametrize(
    ("change", "states"),
    [
        ([hearing("2026-12-10T09:00", "第二法庭", ends="2026-12-10T11:30")], ["moved 第一法庭", "scheduled 第二法庭"]),
        ([hearing("2026-12-10T09:00", judge="judge2")], ["scheduled 第一法庭"]),
        ([hearing("2026-12-10T09:00", state="held")], ["held 第一法庭"]),
        ([hearing("2026-12-10T09:00", state="cancelled")], ["cancelled 第一法庭"]),
        ([hearing("2026-12-11T09:00", "第三法庭")], ["scheduled 第一法庭", "scheduled 第三法庭"]),
        (
            [
                hearing("2026-12-10T09:00", state="moved", to="2026-12-11T09:00"),
                hearing("2026-12-11T09:00", state="moved", to="2026-12-12T09:00"), hearing("2026-12-12T09:00", "第四法庭"),
            ],
            ["moved 第一法庭", "moved 第一法庭", "scheduled 第四法庭"],
        ),
    ],
)  # fmt: skip
def test_hearings_become_what_the_list_says(bring, new_house, change, states):
    fine(bring(FULL))
    assert " 1 changed" in fine(bring(case(hearings=change)))
    found = [f"{one.state} {one.courtroom}" for one in rows(new_house(), HearingRow)]
    assert sorted(found) == sorted(states)
    assert " 1 as they were" in fine(bring(case(hearings=change)))


def test_every_wrong_field_of_every_case_is_named_and_nothing_is_written(bring, new_house):
    wrong = case(
        handler="nobody", procedure="quick", colour="red",
        parties=[{"standing": "king", "name": ""}], agents=[{"party": "x", "name": "y", "licence_no": "1"}],
    )  # fmt: skip
    lost = case("（2026）粤0199民初2号", hearings=[
        hearing("2026-12-10T09:00", judge="nobody", ends="2026-12-10T08:00"), hearing("2026-12-10T09:00"),
        hearing("2026-12-12T09:00", state="moved"), hearing("2026-12-13T09:00", state="moved", to="2026-12-14T09:00"),
    ])  # fmt: skip
    known = case("（2026）粤0199民初3号", handler="nobody", agents=[{"party": "无此人", "name": "丙某某"}],
                 services=[{**SERVICE, "party": "无此人"}], hearings=[
        hearing("2026-12-10T09:00", judge="nobody", ends="2026-12-10T08:00"), hearing("2026-12-10T09:00"),
        hearing("2026-12-13T09:00", state="moved", to="2026-12-14T09:00"),
    ])  # fmt: skip
    told = refused(bring(FULL, wrong, lost, known, case(f"（2026）{OTHER}民初1号"), FULL, 7))
    for path in (
        "cases[1].procedure", "cases[1].colour", "cases[1].parties[0].standing", "cases[1].parties[0].name",
        "cases[1].agents[0].licence_no", "cases[2].hearings[2].moved_to", "cases[3].handler", "cases[3].agents[0].party",
        "cases[3].services[0].party", "cases[3].hearings[0].judge", "cases[3].hearings[0].ends_at",
        "cases[3].hearings[0].starts_at", "cases[3].hearings[1].starts_at", "cases[3].hearings[2].moved_to",
        "cases[4].case_number", "cases[5].case_number", "cases[6]",
    ):  # fmt: skip
        assert f"{path}: " in told, path
    assert rows(new_house(), CaseRow) == []


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[" * 100_000, b"[]", b"{}", b'{"cases": 7}'])
def test_a_file_that_is_no_list_of_cases_is_refused(run: Run, tmp_path, content):
    file = tmp_path / "cases.json"
    file.write_bytes(content)
    refused(run("cases", "import", file, "--court", COURT))


def test_an_unknown_court_is_refused_and_a_missing_file_is_bad_usage(bring, run: Run, tmp_path):
    assert "没有法院" in refused(bring(FULL, court="粤0111"))
    assert run("cases", "import", tmp_path / "nothing.json", "--court", COURT).exit_code == 2
    assert run("cases", "import").exit_code == 2
