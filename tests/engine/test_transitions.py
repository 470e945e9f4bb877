"""Steps under pressure: two at once, the same twice, a walk of hundreds; what is counted and kept stays true."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.fields.problem import Reason, Refused
from core.records import ApplicationRow, Audit, Change, DeadlineRow, History, QueueCount
from core.store.keys import key_time
from core.values import Actor
from core.work.assign import assign
from core.work.outside import withdraw
from core.work.review import decide, open_review, save_review
from core.work.submit import submit
from tests.support.acting import body_of, conclude, count, file_one, page, read, rows, upload, write_module
from tests.support.houses import COURT, OTHER, TEST_MODULES, Fixture

STEPS = '''
"""走动: a request that goes back and forth, for the counts."""
import core

@core.request_fields
class Empty:
    note: str | None = core.text("备注", "Note")

ALL = {core.Role.CENTRE_REVIEWER: core.Access(core.Sight.COURT, review=True, comment=True),
       core.Role.HANDLING_JUDGE: core.Access(core.Sight.OWN, review=True)}
walk = core.RequestType(
    kind="walk", title="walk", fields=Empty, access=ALL, prefix="WA",
    states=[core.State("A", "甲", "A"), core.State("B", "乙", "B"), core.State("C", "丙", "C"), core.State("OUT", "撤", "Out")],
    decisions=[core.Decision("ab", "去乙", "To B", "A", "B", direct=True), core.Decision("bc", "去丙", "To C", "B", "C", direct=True),
               core.Decision("ca", "回甲", "Back", ["B", "C"], "A", direct=True), core.Decision("stay", "留", "Stay", ["A", "B"], None, direct=True),
               core.Decision("end", "结", "End", ["A", "B"], "C", opinion=True)],
    steps=[core.ApplicantStep("withdraw", "撤回", "Withdraw", ["A", "B"], "OUT"),
           core.ClockStep("lapse", "逾期", "Lapse", "A", "OUT", limit="W-1")],
    limits=[core.limit("W-1", days=3, since="received", basis="test", during="A", applicant=True)])
module = core.Module("walk", "walk", version="1.0", requests=[walk])
'''


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "walk", STEPS)
    return new_house("walk", "mediation", folders=(tmp_path / "drop", TEST_MODULES))


def at_once(number, work):
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, range(number)))


def refusal(work):
    try:
        return work()
    except Refused as refused:
        return refused


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(house):
    for number in range(5):
        serial = file_one(house, "walk", number).serial_no
        names = ("reviewer", "reviewer2")
        answers = at_once(2, lambda place, serial=serial, names=names: refusal(
            lambda: decide(house.house, house.actor(names[place]), "walk", serial, "ab", 1)))  # fmt: skip
        (lost,) = [one for one in answers if isinstance(one, Refused)]
        assert lost.reason is Reason.CONFLICT
        assert count(house, History, History.step == "ab") == number + 1
        assert (read(house, serial).state, read(house, serial).version) == ("B", 2)


def test_an_outdated_page_is_refused_and_shows_what_happened_meanwhile(house):
    serial = file_one(house, "walk").serial_no
    decide(house.house, house.actor("reviewer"), "walk", serial, "stay", 1)
    with pytest.raises(Refused) as refused:
        decide(house.house, house.actor("reviewer2"), "walk", serial, "ab", 1)
    assert (refused.value.reason, refused.value.code) == (Reason.CONFLICT, "stale_version")
    assert (refused.value.shown.version, refused.value.shown.state.zh) == (2, "甲")
    actor, step = refused.value.shown.steps[0][1:]
    assert (actor, step.zh, step.en) == ("reviewer", "留", "Stay")


def test_a_step_that_the_state_does_not_allow_is_refused(house):
    serial = file_one(house, "walk").serial_no
    with pytest.raises(Refused) as refused:
        decide(house.house, house.actor("reviewer"), "walk", serial, "bc", 1)
    assert (refused.value.code, read(house, serial).version) == ("wrong_state", 1)


def test_serial_numbers_are_unique_and_without_gaps_under_eight_threads(house):
    bodies = [[body_of(house, "walk", f"{thread}-{number}") for number in range(10)] for thread in range(8)]
    upload(house)

    def work(thread):
        return [file_raw(house, body) for body in bodies[thread]]

    serials = [serial for many in at_once(8, work) for serial in many]
    assert sorted(serials) == [f"WA44019920261123{number:06d}" for number in range(1, 81)]
    keys = [row.id for row in rows(house, ApplicationRow)]
    assert len(set(keys)) == 80
    assert {key_time(key) for key in keys} == {house.clock()}


def file_raw(house, body, court=COURT):
    return submit(house.house, Actor(court=court, client="outside"), house.client, body).serial_no


def test_the_same_submission_from_eight_threads_is_one_request(house):
    body = body_of(house, "walk")
    assert len(set(at_once(8, lambda _: file_raw(house, body)))) == 1
    assert (count(house, ApplicationRow), count(house, History), count(house, Change)) == (1, 1, 1)


def test_a_submission_id_with_other_content_or_in_another_court_is_refused(house):
    body = body_of(house, "walk")
    file_raw(house, body)
    for changed, court in (({**body, "fields": {"note": "x"}}, COURT), (body, OTHER)):
        with pytest.raises(Refused) as refused:
            file_raw(house, changed, court)
        assert refused.value.code == "submission_id_reused"
    assert count(house, ApplicationRow) == 1


def test_keys_follow_the_time_of_reception(house):
    serials = []
    for number in range(5):
        serials.append(file_one(house, "walk", number).serial_no)
        house.clock.move(seconds=1)
    shown = [row.serial_no for row in page(house, house.actor("reviewer"), "walk").rows]
    assert shown == serials[::-1]
    assert [
        row.serial_no for row in page(house, house.actor("reviewer"), "walk", order="oldest").rows
    ] == serials


def test_each_day_begins_its_numbers_anew_in_the_courts_time(house):
    file_one(house, "walk")
    house.clock.move(hours=13, minutes=59)
    assert file_one(house, "walk", 2).serial_no == "WA44019920261123000002"
    house.clock.move(minutes=1)
    assert file_one(house, "walk", 3).serial_no == "WA44019920261124000001"


def counted(house):
    kept = {
        (row.court_code, row.kind, row.handler_id, row.state): row.count
        for row in rows(house, QueueCount)
        if row.count
    }
    found = Counter()
    for row in rows(house, ApplicationRow):
        for handler in {0, row.handler_id or 0}:
            found[row.court_code, row.kind, handler, row.state] += 1
    return kept, dict(found)


@pytest.mark.parametrize("seed", [7, 11])
def test_the_counts_are_those_of_the_rows_after_a_long_walk(house, seed):
    chance = random.Random(seed)
    serials = [file_one(house, "walk", 0).serial_no]
    judges = [house.people["judge"], house.people["judge2"]]
    for number in range(1, 60):
        serial = chance.choice(serials)
        version = read(house, serial).version
        act = chance.choice(["file", "assign", "withdraw", "ab", "bc", "ca", "stay"])
        if act == "file":
            serials.append(file_one(house, "walk", number).serial_no)
        elif act == "assign":
            assign(house.house, house.actor("reviewer"), "walk", serial, chance.choice(judges), version)
        elif act == "withdraw":
            refusal(lambda serial=serial: withdraw(house.house, house.outside, house.client, serial))
        else:
            refusal(lambda serial=serial, act=act, version=version: decide(
                house.house, house.actor("reviewer"), "walk", serial, act, version))  # fmt: skip
    kept, found = counted(house)
    assert kept == found
    assert count(house, History) == sum(row.version for row in rows(house, ApplicationRow))


def test_history_and_audit_only_grow(house):
    serial = file_one(house, "walk").serial_no
    seen = []
    for decision in ("ab", "bc", "ca"):
        before = rows(house, History), rows(house, Audit)
        decide(house.house, house.actor("reviewer"), "walk", serial, decision, None)
        after = rows(house, History), rows(house, Audit)
        assert [now[: len(then)] for then, now in zip(before, after, strict=True)] == list(before)
        assert [len(now) - len(then) for then, now in zip(before, after, strict=True)] == [1, 1]
        seen.append(decision)
    told = [(row.step, row.from_state, row.to_state, row.actor) for row in rows(house, History)]
    assert told == [("submit", None, "A", "outside"), ("ab", "A", "B", "reviewer"), ("bc", "B", "C", "reviewer"), ("ca", "C", "A", "reviewer")]  # fmt: skip
    actions = [row.action for row in rows(house, Audit, Audit.target == serial)]
    assert actions == ["walk.submit", *(f"walk.{one}" for one in seen)]


def test_a_refused_step_leaves_no_trace(house):
    serial = file_one(house, "walk").serial_no
    before = [len(rows(house, table)) for table in (History, Audit, Change, DeadlineRow)]
    with pytest.raises(Refused):
        decide(house.house, house.actor("reviewer"), "walk", serial, "bc", 1)
    assert [len(rows(house, table)) for table in (History, Audit, Change, DeadlineRow)] == before


def test_a_draft_belongs_to_its_author(house):
    serial = file_one(house, "walk").serial_no
    assign(house.house, house.actor("reviewer"), "walk", serial, house.people["judge"], 1)
    save_review(
        house.house, house.actor("judge"), "walk", serial, decision="end", opinion="拟结", form={}, version=2
    )
    house.clock.move(minutes=20)
    seen = open_review(house.house, house.actor("reviewer"), "walk", serial)
    assert (seen.draft, [(one.author, one.opinion) for one in seen.others]) == (None, [("judge", "拟结")])
    with pytest.raises(Refused) as refused:
        decide(house.house, house.actor("reviewer"), "walk", serial, "end", 2)
    assert refused.value.code == "not_saved"
    conclude(house, "reviewer", "walk", serial, "end", "我的意见")
    assert [row.reason for row in rows(house, History, History.step == "end")] == ["我的意见"]
