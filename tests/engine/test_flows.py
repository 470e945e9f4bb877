"""One declaration, and everything that follows from it: for a flat request and for three flows inside each other."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
import sqlalchemy as sa

from core.api.kinds import submission_schema
from core.fields.bind import bind, from_form
from core.fields.lookups import NoRegisters
from core.fields.problem import Reason, Refused
from core.fields.schema import schema_of
from core.gate import enabled
from core.loader import find_modules, load_modules
from core.records import DeadlineRow, Delivery
from core.work.conditions import names_of, searched
from core.work.detail import read_detail
from core.work.outside import withdraw
from core.work.queue_statements import columns_of
from core.work.review import decide
from core.work.times import last_day
from tests.support.acting import body_of, conclude, file_one, flow_of, page, read, rows, write_module
from tests.support.houses import TEST_MODULES, Fixture

KINDS = ("mediation", "exchange", "exchange_item", "exchange_opinion")
FIELDS: dict[str, dict[str, Any]] = {
    "mediation": {"wish": "分期付款", "channel": "video", "preferred_on": "2026-12-01"},
    "exchange": {
        "topic": "货款", "rounds": 2, "ends_on": "2026-12-31", "claims": [{"what": "付款", "amount": "12.50"}, {"what": "道歉"}],
    },
    "exchange_item": {"name": "送货单", "source": "court", "order_no": "D1"},
    "exchange_opinion": {"view": "deny", "why": "不是本人签字"},
}  # fmt: skip
SEARCH = {
    "mediation": {
        "channel": ("video", "onsite"), "preferred_on_from": ("2026-12-01", "2026-12-02"), "preferred_on_to": ("2026-12-01", "2026-11-30"),
    },
    "exchange": {"topic": ("货款", "房租"), "rounds": ("2", "3")},
    "exchange_item": {"name": ("送货", "收货"), "source": ("court", "own")}, "exchange_opinion": {"view": ("deny", "admit")},
}  # fmt: skip
CELLS = {
    "mediation": {"channel": "video", "preferred_on": "2026-12-01"},
    "exchange": {"topic": "货款", "ends_on": "2026-12-31", "summary": "货款（2项）"},
    "exchange_item": {"name": "送货单", "source": "court"}, "exchange_opinion": {"view": "deny"},
}  # fmt: skip
OWNER = dict.fromkeys(KINDS, "exchange") | {"mediation": "mediation"}


@pytest.fixture
def house(new_house) -> Fixture:
    return new_house("mediation", "exchange", "register")


def opened(house: Fixture, kind: str) -> str:
    """File a request of ``kind``, with the requests it lives inside; return its serial number."""
    parent = flow_of(house, kind).parent
    more = {"parent": opened(house, parent.kind)} if parent else {}
    return file_one(house, kind, fields=FIELDS[kind], **more).serial_no


@pytest.fixture(scope="module")
def flows():
    return load_modules(find_modules([TEST_MODULES])).sides


@pytest.mark.parametrize("kind", KINDS)
def test_it_gets_a_table_of_its_own_with_a_column_a_field(house, kind):
    opened(house, kind)
    side = house.house.modules.sides[kind]
    with house.house.store.read() as connection:
        columns = {column["name"] for column in sa.inspect(connection).get_columns(f"{OWNER[kind]}__{kind}")}
    assert {"id", "court_code", *FIELDS[kind]} - {"claims"} <= columns
    (row,) = rows(house, side.table)
    assert row.court_code == "粤0199"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_filed_comes_back_typed(house, kind):
    application = read(house, opened(house, kind))
    expected, problems = bind(
        flow_of(house, kind).fields, FIELDS[kind], NoRegisters(datetime(2026, 11, 23, tzinfo=UTC).date())
    )
    assert (application.fields, problems) == (expected, [])
    assert application.module == OWNER[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_its_queue_shows_the_columns_and_finds_by_the_conditions(house, kind):
    serial, reviewer = opened(house, kind), house.actor("reviewer" if kind != "mediation" else "president")
    (row,) = page(house, reviewer, kind).rows
    assert {name: None if value is None else str(value) for name, value in row.cells.items()} == CELLS[kind]
    flow = flow_of(house, kind)
    assert {spec.name for spec in columns_of(flow)} == set(CELLS[kind])
    assert {name for spec in searched(flow) for name in names_of(spec)} == set(SEARCH[kind])
    for name, (right, wrong) in SEARCH[kind].items():
        assert [one.serial_no for one in page(house, reviewer, kind, **{name: right}).rows] == [serial]
        assert page(house, reviewer, kind, **{name: wrong}).rows == ()
    for asked in (
        {"q": serial[-6:]},
        {"serial_no": serial},
        {"state": flow.initial.code},
        {"order": "oldest"},
    ):
        assert [one.serial_no for one in page(house, reviewer, kind, **asked).rows] == [serial]


@pytest.mark.parametrize("kind", KINDS)
def test_its_detail_has_facts_limits_history_and_those_inside_it(house, kind):
    serial = opened(house, kind)
    actor = house.actor("reviewer" if kind != "mediation" else "president")
    detail = read_detail(house.house, actor, OWNER[kind], serial)
    assert detail.application.serial_no == serial
    assert [event.step.en for event in detail.history] == ["Submitted"]
    assert [one.rule for one in detail.deadlines] == [
        rule.id for rule in detail.flow.limits if "received" in rule.since
    ]
    assert all(one.ends_at and one.explanation.zh and one.basis for one in detail.deadlines)
    if detail.application.parent_id:
        parent = flow_of(house, kind).parent.kind
        (above,) = page(house, actor, parent).rows
        inside = read_detail(house.house, actor, "exchange", above.serial_no).children
        assert [(one.serial_no, one.kind) for one in inside] == [(serial, kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_its_schema_is_a_schema_and_takes_what_the_house_takes(flows, kind):
    flow = flows[kind].flow
    schema = schema_of(flow.fields)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator.check_schema(submission_schema(flow))
    jsonschema.validate(FIELDS[kind], schema)
    for name in schema["required"]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({key: value for key, value in FIELDS[kind].items() if key != name}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(FIELDS[kind] | {"foreign": 1}, schema)


def test_a_conditional_field_is_in_the_schema_as_in_the_check(flows):
    schema = schema_of(flows["exchange_item"].flow.fields)
    jsonschema.validate({"name": "a", "source": "own"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": "a", "source": "court"}, schema)


def test_a_form_becomes_the_same_request(flows):
    form = {
        "topic": [" 货款 "], "rounds": ["2"], "ends_on": [""], "claims.0.what": ["付款"], "claims.0.amount": ["1,000.5"],
        "claims.1.what": [""], "claims.1.amount": [""], "claims.5.what": ["道歉"],
    }  # fmt: skip
    raw = from_form(flows["exchange"].flow.fields, form)
    assert raw == {
        "topic": "货款",
        "rounds": 2,
        "claims": [{"what": "付款", "amount": "1000.5"}, {"what": "道歉"}],
    }
    value, problems = bind(
        flows["exchange"].flow.fields, raw, NoRegisters(datetime(2026, 1, 1, tzinfo=UTC).date())
    )
    assert problems == []
    assert (value.claims[0].amount, value.summary) == (Decimal("1000.50"), "货款（2项）")


@pytest.mark.parametrize(
    ("kind", "wrong", "fields"),
    [
        ("mediation", {"channel": "letter"}, {"fields.channel"}),
        (
            "exchange",
            {"topic": " ", "rounds": 10, "claims": [{}] * 4},
            {"fields.topic", "fields.rounds", "fields.claims"},
        ),
        (
            "exchange",
            {"claims": [{"what": "x", "amount": 5}, {}]},
            {"fields.claims[0].amount", "fields.claims[1].what"},
        ),
        ("exchange", {"summary": "mine"}, {"fields.summary"}),
        ("exchange_item", {"source": "court", "order_no": None}, {"fields.order_no", "parent"}),
        ("exchange_opinion", {"view": "deny", "else": 1}, {"fields.why", "fields.else", "parent"}),
    ],
)
def test_wrong_fields_are_all_named_at_once_and_nothing_is_stored(house, kind, wrong, fields):
    with pytest.raises(Refused) as refused:
        file_one(house, kind, fields=wrong)
    assert refused.value.reason is Reason.INVALID
    assert {one.field for one in refused.value.problems} == fields
    assert rows(house, house.house.modules.sides[kind].table) == []


def test_a_request_inside_another_needs_one_that_is_there_and_open(house):
    serial = opened(house, "exchange")
    for wrong in ("EX0000000000000000000", opened(house, "mediation"), serial.lower()):
        with pytest.raises(Refused) as refused:
            file_one(house, "exchange_item", parent=wrong)
        assert [one.code for one in refused.value.problems] == ["unknown_parent"]
    with pytest.raises(Refused) as refused:
        file_one(house, "exchange_opinion", parent=serial)
    assert [one.code for one in refused.value.problems] == ["unknown_parent"]
    item = file_one(house, "exchange_item", parent=serial).serial_no
    decide(house.house, house.actor("reviewer"), "exchange", serial, "close", 1)
    with pytest.raises(Refused, match="wrong") as refused:
        file_one(house, "exchange_item", 2, parent=serial)
    assert [one.code for one in refused.value.problems] == ["parent_closed"]
    assert "已结束" in refused.value.problems[0].message.zh
    assert file_one(house, "exchange_opinion", parent=item).application.parent_id == read(house, item).id


def test_a_flow_that_stands_alone_takes_no_parent(house):
    with pytest.raises(Refused) as refused:
        file_one(house, "mediation", parent=opened(house, "exchange"))
    assert [one.field for one in refused.value.problems] == ["parent"]


def test_each_of_the_three_goes_its_own_way(house):
    reviewer = house.actor("reviewer")
    opinion = opened(house, "exchange_opinion")
    (item,) = [row.serial_no for row in page(house, reviewer, "exchange_item").rows]
    assert decide(house.house, reviewer, "exchange", opinion, "read", 1).state == "READ"
    assert conclude(house, "reviewer", "exchange", item, "admit").state == "ADMITTED"
    with pytest.raises(Refused):
        withdraw(house.house, house.outside, house.client, item)
    second = file_one(house, "exchange_item", 2, parent=page(house, reviewer, "exchange").rows[0].serial_no)
    assert withdraw(house.house, house.outside, house.client, second.serial_no).state == "OUT"


def test_a_limit_may_take_its_length_from_a_step(house):
    serial = opened(house, "exchange")
    decide(house.house, house.actor("reviewer"), "exchange", serial, "extend", 1, form={"extra_days": ["10"]})
    (limit,) = rows(house, DeadlineRow, DeadlineRow.rule == "X-2")
    assert (limit.length, last_day(limit.ends_at).isoformat(), limit.status) == (10, "2026-12-03", "running")
    assert read(house, serial).due_at == limit.ends_at


def test_limits_are_counted_each_in_its_unit(house):
    opened(house, "exchange_opinion")
    ends = {row.rule: row.ends_at for row in rows(house, DeadlineRow)}
    assert last_day(ends["X-1"]).isoformat() == "2026-12-23"
    assert last_day(ends["X-3"]).isoformat() == "2026-11-30"
    assert ends["X-4"] == datetime(2026, 11, 25, 3, tzinfo=UTC)  # the hour it began in does not count


NOTED = "from core import Module, Receipt, hookimpl\nmodule = Module('post', 'post', version='1')\n@hookimpl\ndef notify(notice):\n    return Receipt(done=True)\n"  # fmt: skip


def test_notices_go_out_for_all_three_and_say_what_was_declared(new_house, tmp_path):
    write_module(tmp_path / "drop", "post", NOTED)
    house = new_house("exchange", "post", folders=(TEST_MODULES, tmp_path / "drop"))
    opened(house, "exchange_opinion")
    (serial,) = [row.serial_no for row in page(house, house.actor("reviewer"), "exchange").rows]
    decide(house.house, house.actor("reviewer"), "exchange", serial, "close", 1)
    told = [row.payload["text"] for row in rows(house, Delivery)]
    assert [("证据交换" in text, "质证意见" in text) for text in told[:3:2]] == [(True, False), (False, True)]
    assert told[3] == f"【广东省虚构市第一人民法院】{serial}已结束。"
    assert all("广东省虚构市第一人民法院" in text for text in told)


def test_a_declared_module_is_on_nowhere_until_a_court_switches_it_on(new_house):
    house = new_house()
    with house.house.store.read() as connection:
        assert enabled(connection, "粤0199") == frozenset()
    with pytest.raises(Refused) as refused:
        file_one(house, "mediation")
    assert refused.value.code == "unknown_kind"
    assert body_of(house, "mediation")["fields"]["channel"] == "onsite"
