"""A number that is kept sealed is found whole, however it is written, and in no other way."""

import pytest
from attrs import evolve

from core.work.conditions import read_conditions
from core.work.switches import enable
from tests.personal.numbers import FILED_NUMBERS, FOLDERS, PASSPORT, PHONE, RESIDENT, file_person
from tests.support.acting import flow_of, page
from tests.support.houses import COURT, OPERATOR, OTHER


@pytest.fixture
def fixture(new_house):
    return new_house("person", folders=FOLDERS)


def found(fixture, name="reviewer", court=COURT, **asked):
    return [row.serial_no for row in page(fixture, fixture.actor(name, court), "person", **asked).rows]


def test_the_search_box_finds_every_number_of_a_request_whole(fixture):
    serial = file_person(fixture)
    file_person(fixture, 2, resident_id="440100190001010022", passport=None, phone=None, mail=None, relatives=[], name="戊某某")  # fmt: skip
    for number in FILED_NUMBERS:
        assert serial in found(fixture, q=number), number
    assert found(fixture, q=RESIDENT) == [serial]
    assert found(fixture, q=f"乙某某 {PHONE}") == [serial]
    assert found(fixture, q=f"戊某某 {PHONE}") == []


@pytest.mark.parametrize("written", ["+86-199-0000-0007", "199-0000-0007", "１９９００００0007"])
def test_a_number_is_found_however_it_is_written(fixture, written):
    serial = file_person(fixture)
    assert found(fixture, q=written) == [serial]


def test_conditions_find_the_whole_number_and_say_so_where_it_is_none(fixture):
    serial = file_person(fixture)
    assert found(fixture, resident_id=RESIDENT) == [serial]
    assert found(fixture, passport=PASSPORT.lower()) == [serial]
    assert found(fixture, resident_id="440100190001010022") == []
    assert found(fixture, passport=RESIDENT) == []
    conditions, problems = read_conditions([flow_of(fixture, "person")], {"passport": ["E19"]}, fixture.house.numbers(COURT))  # fmt: skip
    assert [problem.code for problem in problems] == ["only_whole"]
    assert conditions.phrases


def test_part_of_a_number_finds_nothing(fixture):
    file_person(fixture)
    for part in (RESIDENT[:6], RESIDENT[6:], PHONE[:7], PHONE[-4:]):
        assert found(fixture, q=part) == []


def test_the_word_of_a_number_is_another_in_another_court(fixture):
    enable(fixture.house, evolve(OPERATOR, court=OTHER), "person")
    here, there = file_person(fixture), file_person(fixture, 2, OTHER)
    assert found(fixture, q=RESIDENT) == [here]
    assert found(fixture, "reviewer", OTHER, q=RESIDENT) == [there]
    assert fixture.house.numbers(COURT)(RESIDENT) != fixture.house.numbers(OTHER)(RESIDENT)


def test_who_filed_anonymously_is_not_found_by_his_own_number(fixture):
    serial = file_person(fixture, secretly=True)
    assert found(fixture, q=RESIDENT) == [serial]
    assert found(fixture, q="19900000009") == []
