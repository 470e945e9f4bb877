"""The hook call: what one module does wrong is contained, named and traced; a fatal hook leaves nothing half stored."""

from datetime import timedelta

import pytest

from core.fields.problem import Refused
from core.gate import Call, Hooks, enabled
from core.records import (
    ApplicationRow,
    Audit,
    Change,
    Comment,
    DeadlineRow,
    Delivery,
    History,
    QueueCount,
    ReviewDraft,
)
from core.values import QueueQuery
from core.work.changes import read_changes
from core.work.comment import send_comment
from core.work.deliver import deliver_due
from core.work.outside import write_message
from core.work.places import place_of
from core.work.review import decide
from tests.support.acting import file_one, load, module_code, page, read, rows, write_module
from tests.support.houses import COURT

SICK = {
    "raises": "raise ValueError('out of order')",
    "exits": "raise SystemExit(3)",
    "answers": "return 'nonsense'",
    "rows": "return core.QueueRows(rows=['nonsense'])",
}


def with_hook(new_house, tmp_path, hook: str, body: str, *, name: str = "sick"):
    """Return a house with a healthy module and one whose ``hook`` does ``body``."""
    write_module(tmp_path / "drop", "well", module_code("well"))
    write_module(tmp_path / "drop", name, module_code(name, f"@core.hookimpl\ndef {hook}:\n    {body}\n"))
    return new_house("well", name, folders=(tmp_path / "drop",))


@pytest.mark.parametrize("body", SICK)
def test_a_failing_queue_hook_is_named_and_the_other_queue_stands(new_house, tmp_path, body):
    fixture = with_hook(new_house, tmp_path, "list_queue(query)", SICK[body])
    reviewer = fixture.actor("reviewer")
    serial = file_one(fixture, "well").serial_no
    filed = file_one(fixture, "sick").serial_no
    sick = page(fixture, reviewer, "sick")
    assert ([row.serial_no for row in sick.rows], sick.failed) == ([filed], ("sick",))
    well = page(fixture, reviewer, "well")
    assert ([row.serial_no for row in well.rows], well.failed) == ([serial], ())


def test_a_module_asked_for_its_queue_is_only_the_one_that_is_on(new_house, tmp_path):
    fixture = with_hook(new_house, tmp_path, "list_queue(query)", "raise ValueError")
    query = QueueQuery(fixture.actor("reviewer"), "sick", "sick", place_of(fixture.house, "sick", COURT))
    assert fixture.house.hooks.list_queue(frozenset(), query).failed == ()
    assert fixture.house.hooks.list_queue(frozenset({"sick"}), query).failed == ("sick",)


def hooks_with(tmp_path, hook: str, body: str) -> Hooks:
    write_module(tmp_path / "drop", "sick", module_code("sick", f"@core.hookimpl\ndef {hook}:\n    {body}\n"))
    return Hooks(load(tmp_path / "drop").plugins)


@pytest.mark.parametrize("hook", ["menu(court)", "pages()"])
@pytest.mark.parametrize(
    "body", ["raise ValueError", "raise SystemExit", "return 5", "return ['x']", "yield 1 / 0"]
)
def test_a_failing_contribution_is_left_out_and_traced(tmp_path, hook, body):
    hooks = hooks_with(tmp_path, hook, body)
    if hook.startswith("menu"):
        assert hooks.menu(frozenset({"sick", "well"}), COURT) == ()
    else:
        assert hooks.pages("sick").failed == ("sick",)
    assert hooks.trace[-1].error != ""


def test_the_trace_says_who_was_called_for_what_how_long_and_what_went_wrong(tmp_path):
    hooks = hooks_with(tmp_path, "menu(court)", "raise ValueError('out of order')")
    hooks.menu(frozenset({"sick"}), COURT)
    last = hooks.trace[-1]
    assert isinstance(last, Call)
    assert (last.hook, last.module, last.error) == ("menu", "sick", "ValueError: out of order")
    assert last.milliseconds >= 0


def test_the_trace_of_a_good_call_has_no_error(tmp_path):
    hooks = hooks_with(
        tmp_path, "menu(court)", "return [core.MenuItem(core.Label('甲', 'A'), '/', 1, 'sick')]"
    )
    assert [item.label.en for item in hooks.menu(frozenset({"sick"}), COURT)] == ["A"]
    assert (hooks.trace[-1].module, hooks.trace[-1].error) == ("sick", "")
    assert hooks.menu(frozenset(), COURT) == ()


EVERYTHING = (ApplicationRow, History, Audit, Delivery, Change, DeadlineRow, QueueCount, ReviewDraft, Comment)


def everything(fixture):
    return [[tuple(row) for row in rows(fixture, table)] for table in EVERYTHING]


@pytest.mark.parametrize("body", ["raise ValueError('no')", "raise SystemExit", "raise core.Refused(core.Reason.CONFLICT, 'no', 'no')"])  # fmt: skip
def test_a_failing_review_hook_undoes_everything(new_house, tmp_path, body):
    fixture = with_hook(new_house, tmp_path, "review(application, decision)", body)
    serial = file_one(fixture, "sick").serial_no
    before = everything(fixture)
    with pytest.raises((ValueError, RuntimeError, Refused)):
        decide(fixture.house, fixture.actor("reviewer"), "sick", serial, "finish", 1)
    assert everything(fixture) == before
    assert fixture.house.hooks.trace[-1].module == "sick"
    well = file_one(fixture, "well").serial_no
    assert decide(fixture.house, fixture.actor("reviewer"), "well", well, "finish", 1).state == "DONE"


def test_a_review_hook_adds_to_what_is_kept(new_house, tmp_path):
    body = "return core.Outcome(data={'seen_by': decision.actor.name})"
    fixture = with_hook(new_house, tmp_path, "review(application, decision)", body)
    serial = file_one(fixture, "sick").serial_no
    decide(fixture.house, fixture.actor("reviewer"), "sick", serial, "finish", 1)
    assert read(fixture, serial).data == {"seen_by": "reviewer"}
    assert [row.data for row in rows(fixture, History, History.step == "finish")] == [{"seen_by": "reviewer"}]


def test_only_the_owner_is_asked_to_review(new_house, tmp_path):
    fixture = with_hook(new_house, tmp_path, "review(application, decision)", "raise ValueError")
    serial = file_one(fixture, "well").serial_no
    assert decide(fixture.house, fixture.actor("reviewer"), "well", serial, "finish", 1).state == "DONE"


@pytest.mark.parametrize("body", ["raise ValueError", "raise SystemExit", "return 'nonsense'", "return None"])
def test_a_failing_comment_hook_leaves_the_message_as_it_is(new_house, tmp_path, body):
    fixture = with_hook(new_house, tmp_path, "comment(application, message)", body)
    serial = file_one(fixture, "sick").serial_no
    send_comment(fixture.house, fixture.actor("reviewer"), "sick", serial, "请补交材料")
    assert [row.text for row in rows(fixture, Comment)] == ["请补交材料"]
    assert [one.what for one in read_changes(fixture.house, COURT, fixture.client, 0)] == [
        "received",
        "message",
    ]


def test_a_comment_hook_may_amend_the_message(new_house, tmp_path):
    body = "return core.Message(message.text + '。', message.from_court, message.author)"
    fixture = with_hook(new_house, tmp_path, "comment(application, message)", body)
    serial = file_one(fixture, "sick").serial_no
    send_comment(fixture.house, fixture.actor("reviewer"), "sick", serial, "请补交材料")
    write_message(fixture.house, fixture.outside, fixture.client, serial, "已补交")
    assert [row.text for row in rows(fixture, Comment)] == ["请补交材料。", "已补交。"]


@pytest.mark.parametrize("body", ["raise ValueError('gone')", "raise SystemExit", "return None"])
def test_a_channel_that_fails_is_tried_again_and_given_up_in_the_end(new_house, tmp_path, body):
    fixture = with_hook(new_house, tmp_path, "notify(notice)", body)
    file_one(fixture, "well")
    for attempt in range(1, 7):
        assert deliver_due(fixture.house) == 1
        (row,) = rows(fixture, Delivery)
        assert (row.attempts, row.status) == (attempt, "waiting" if attempt < 6 else "given_up")
        assert row.error
        assert deliver_due(fixture.house) == 0
        fixture.clock.move(hours=2)


def test_what_was_taken_up_when_a_stop_was_asked_is_put_back_untried(new_house, tmp_path):
    fixture = with_hook(new_house, tmp_path, "notify(notice)", "raise AssertionError('tried')")
    file_one(fixture, "well")
    assert deliver_due(fixture.house, stopping=lambda: True) == 1
    (row,) = rows(fixture, Delivery)
    assert (row.attempts, row.status, row.error) == (0, "waiting", "")
    assert row.next_at - fixture.clock() < timedelta(seconds=5), "and not only when the lease runs out"


def test_the_gate_reads_the_switches_of_one_court_only(new_house, tmp_path):
    fixture = with_hook(new_house, tmp_path, "menu(court)", "return []")
    with fixture.house.store.read() as connection:
        assert enabled(connection, COURT) == {"well", "sick"}
        assert enabled(connection, "粤0198") == frozenset()
