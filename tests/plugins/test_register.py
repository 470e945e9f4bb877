"""The built-in register: numbers by the rules, one a request, none twice, whoever asks at the same time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from attrs import evolve
from click.testing import CliRunner
from sqlalchemy import delete

from core import Console, Operation, Place, Store
from plugins.register import trial_system
from plugins.register.book import check, jobs, list_
from plugins.register.tables import Base, Entry, Moved, Number

NEW_YEAR = datetime(2026, 12, 31, 16, tzinfo=UTC)
"""Midnight in Shanghai."""
NOW = datetime(2026, 3, 5, 2, tzinfo=UTC)


@pytest.fixture
def store(database_url) -> Iterator[Store]:
    made = Store(database_url)
    tables = [Entry.__table__, Moved.__table__, Number.__table__]
    with made.engine.execution_options(benchside_write=True).begin() as connection:
        Base.metadata.create_all(connection, tables=tables)
    yield made
    made.close()


def order(number=1, **payload):
    serial = f"LA44019920260305{number:06d}"
    return Operation("docket", f"{serial}-r1", "粤0199", serial, {"case_type": "民初"} | payload, NOW)


def test_numbers_run_from_one_without_gaps_or_zeros(store):
    given = [trial_system(order(number), store).data["case_number"] for number in range(1, 12)]
    assert given == [f"（2026）粤0199民初{number}号" for number in range(1, 12)]


def test_a_receipt_says_number_day_and_handler(store):
    receipt = trial_system(order(handler="judge"), store)
    assert receipt.done
    assert receipt.reference == "（2026）粤0199民初1号"
    assert receipt.data == {
        "case_number": "（2026）粤0199民初1号",
        "docketed_on": "2026-03-05",
        "handler": "judge",
    }
    assert trial_system(order(2), store).data["handler"] == ""


def test_each_court_year_and_type_has_its_own_row_of_numbers(store):
    def first(**changes):
        return trial_system(evolve(order(changes.pop("n")), **changes), store).data["case_number"]

    assert first(n=1) == "（2026）粤0199民初1号"
    assert first(n=2, payload={"case_type": "执恢"}) == "（2026）粤0199执恢1号"
    assert first(n=3, court="粤0198") == "（2026）粤0198民初1号"
    assert first(n=4, at=NEW_YEAR) == "（2027）粤0199民初1号"


def test_a_repeat_gets_the_same_number_and_day_even_next_year(store):
    first = trial_system(order(), store)
    assert trial_system(evolve(order(), at=NEW_YEAR), store).data == first.data
    assert (
        trial_system(evolve(order(), at=NEW_YEAR, key="another order, same request"), store).data
        == first.data
    )
    assert trial_system(evolve(order(2), at=NEW_YEAR), store).data["case_number"] == "（2027）粤0199民初1号"


def test_eight_at_once_get_eight_numbers(store):
    with ThreadPoolExecutor(8) as pool:
        given = list(
            pool.map(lambda number: trial_system(order(number), store).data["case_number"], range(1, 41))
        )
    assert sorted(given) == sorted(f"（2026）粤0199民初{number}号" for number in range(1, 41))


def test_eight_asking_about_one_request_get_one_number(store):
    with ThreadPoolExecutor(8) as pool:
        given = set(pool.map(lambda _: trial_system(order(), store).data["case_number"], range(24)))
    assert given == {"（2026）粤0199民初1号"}
    assert trial_system(order(2), store).data["case_number"] == "（2026）粤0199民初2号"


def test_another_operation_is_refused_with_a_sentence():
    receipt = trial_system(evolve(order(), name="bind_agent"), None)
    assert not receipt.done
    assert "bind_agent" in receipt.reason


@pytest.mark.parametrize("payload", [{}, {"case_type": ""}, {"case_type": "某某"}, {"case_type": 7}])
def test_an_unknown_case_type_is_refused_with_a_sentence(payload):
    receipt = trial_system(evolve(order(), payload=payload), None)
    assert receipt.reason.startswith("无法编立案号")


def test_the_year_is_that_of_the_court(store):
    assert trial_system(evolve(order(), at=NEW_YEAR), store).data["case_number"] == "（2027）粤0199民初1号"


MOVE = {
    "case_number": "（2026）粤0199民初1号", "hearing_at": "2026-03-10T01:00:00+00:00", "courtroom": "第一法庭",
    "new_hearing_at": "2026-03-20T01:00:00+00:00", "new_courtroom": "第二法庭",
}  # fmt: skip


def moving(key="YQ-r1-reschedule", **payload):
    return Operation("reschedule", key, "粤0199", "YQ44019920260305000001", MOVE | payload, NOW)


def test_a_hearing_that_was_moved_is_written_down_once(store):
    first = trial_system(moving(), store)
    assert (first.done, first.reference, first.data) == (True, "YQ-r1-reschedule", MOVE)
    again = trial_system(moving(new_hearing_at=None), store)
    assert again.data == MOVE  # what was asked first under this key stands
    other = trial_system(moving("YQ-r1-reschedule-1", new_hearing_at=None, new_courtroom=None), store)
    assert other.data["new_hearing_at"] is None
    with store.read() as connection:
        assert len(connection.execute(Moved.__table__.select()).all()) == 2


@pytest.mark.parametrize("missing", ["case_number", "hearing_at"])
def test_moving_a_hearing_that_is_not_named_is_refused_with_a_sentence(missing):
    receipt = trial_system(moving(**{missing: None}), None)
    assert not receipt.done
    assert "无法改期" in receipt.reason


def place(store, now=NOW) -> Place:
    return Place(court="粤0199", now=now, store=store)


def printed(store, *arguments: str) -> list[str]:
    console = Console(store=store, place=lambda court: place(store))
    done = CliRunner().invoke(list_, ["--court", "粤0199", *arguments], obj=console)
    assert done.exit_code == 0, done.output
    return [line.split("\t")[0] for line in done.output.splitlines()]


def test_the_book_lists_a_year_by_type_and_number(store):
    for number, case_type in enumerate(["民初", "执", "民初"] + ["民初"] * 9, start=1):
        trial_system(order(number, case_type=case_type), store)
    trial_system(evolve(order(50), court="粤0198"), store)
    listed = printed(store)
    assert listed[:2] == ["（2026）粤0199执1号", "（2026）粤0199民初1号"]
    assert listed[-1] == "（2026）粤0199民初11号", "numbers are ordered as numbers"
    assert len(listed) == 12
    assert printed(store, "--type", "执") == ["（2026）粤0199执1号"]
    assert printed(store, "--year", "2025") == []


def test_the_nightly_check_finds_a_number_that_is_missing(store):
    assert check(place(store)).zh == "2026年共0号，无断号。"
    for number in (1, 2, 3):
        trial_system(order(number), store)
    assert check(place(store)).en == "3 numbers in 2026, none missing."
    lost = delete(Entry).where(Entry.case_number == "（2026）粤0199民初2号")
    store.write(lambda connection: connection.execute(lost))
    with pytest.raises(LookupError, match="民初2"):
        check(place(store))
    assert check(place(store, NEW_YEAR)).zh == "2027年共0号，无断号。"


def test_the_check_is_due_every_night():
    (job,) = jobs()
    assert job.after(NOW) == datetime(2026, 3, 5, 17, 30, tzinfo=UTC)
