"""Every kind of field: what it reads, refuses, stores, shows, describes and takes from a form agree."""

import string
from datetime import UTC, date, datetime
from decimal import Decimal

import jsonschema
import pytest

from core import ChosenCause
from core.fields.bind import bind, from_form, to_json
from core.fields.example import example_of
from core.fields.kinds import KINDS
from core.fields.schema import schema_of
from core.fields.spec import specs_of
from tests.fields.declared import MINIMUM, Everything, Lookups

SPECS = specs_of(Everything)
PLAIN = [name for name, spec in SPECS.items() if spec.kind is not KINDS.group and spec.derive is None]
GOOD = {
    "text": [("甲", "甲"), ("  甲 乙\n", "甲 乙"), ("x" * 30, "x" * 30), ("𠮷" * 30, "𠮷" * 30)],
    "long_text": [("第一行\n第二行\t。", "第一行\n第二行\t。")],
    "choice": [("red", "red")], "choices": [(["red", "blue"], ("red", "blue"))],
    "yes_no": [(True, True), (False, False)], "whole": [(1, 1), (9, 9), (3.0, 3)],
    "money": [("0", Decimal("0.00")), ("12.5", Decimal("12.50")), ("9999999999999.99", Decimal("9999999999999.99"))],
    "day": [("2026-02-28", date(2026, 2, 28))],
    "moment": [("2026-03-05T09:30:00+08:00", datetime(2026, 3, 5, 1, 30, tzinfo=UTC))],
    "cause": [("04.10.095", ChosenCause("04.10.095", "买卖合同纠纷"))],
    "case_number": [("(2026)粤0199民初12号", "（2026）粤0199民初12号")], "resident_id": [("440100190001010014", "440100190001010014")],
    "credit_code": [("91440199TEXT000173", "91440199TEXT000173")], "licence": [("14499201011000001", "14499201011000001")],
    "mobile": [("19900000000", "19900000000")], "telephone": [("020-00000199", None), ("19900000000", "19900000000")],
    "postcode": [("510000", "510000")],
}  # fmt: skip
BAD = {
    "text": [5, "", "   ", "x" * 31, "x" * 25 + " " * 9, "a\x00b", "a\x1bb", "\ud800", "x" * 100_000, ["a"], {"a": 1}],
    "long_text": ["x" * 3001, "a\x08"], "choice": ["", "RED", 1, ["red"], {"red": 1}],
    "choices": [[], "red", ["red", "red"], ["mauve"], [["red"]], {"red": 1}, [1]], "yes_no": [0, 1, "true", "", []],
    "whole": [0, 10, 2.5, "3", True, float("nan"), float("inf"), 10**30, -1, [3]],
    "money": [1, 1.5, "1,000", "-1", "1.234", "", "０", "1e3", "99999999999999", "NaN", "1.", "01", " 1"],
    "day": ["2026-02-30", "2026-2-3", "20260203", 20260203, "", "2026-02-03T00:00:00", "２０２６-02-03", ["2026-02-03"], "9999-99-99"],
    "moment": ["2026-03-05", "2026-03-05T09:30:00", "gestern", 5, "", "2026-13-05T09:30:00+08:00", ["x"], "2026-W10-4T09:30:00+08:00",
               "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "0001-12-31T23:00:00+08:00", "9999-01-01T00:00:00Z", "20260305T093000+0800", "2026-03-05T09:30+08:00"],
    "cause": ["04.10.096", "买卖合同纠纷", "", 4, "x" * 100_000], "case_number": ["2026-1", "", 7, "（2026）粤0199民初0号", "x" * 100_000],
    "resident_id": ["440100190001010015", "1", 440100190001010014, "x" * 100_000], "credit_code": ["91440199TEXT000174", "", 9],
    "licence": ["1449920101100000", "abc", 1], "mobile": ["1990000000", "29900000000", 19900000000, "١٩٩٠٠٠٠٠٠٠٠"],
    "telephone": ["12", "", 1], "postcode": ["51000", "ABCDEF", 510000],
}  # fmt: skip


def read(name, raw):
    return SPECS[name].kind.read(raw, SPECS[name], Lookups())


@pytest.mark.parametrize(
    ("name", "raw", "value"), [(name, *pair) for name, pairs in GOOD.items() for pair in pairs]
)
def test_what_fits_is_read_stored_shown_and_described_alike(name, raw, value):
    spec = SPECS[name]
    held = read(name, raw)
    assert value is None or held == value
    assert spec.kind.from_store(spec.kind.to_store(held)) == held
    again = spec.kind.to_json(held)
    assert read(name, again) == held
    jsonschema.validate(again, schema_of(Everything)["properties"][name])
    for language in ("zh", "en"):
        shown = spec.kind.show(held, spec, language)
        assert isinstance(shown, str)
        assert shown
    if isinstance(again, str):
        assert spec.kind.from_form([again], spec) == again


@pytest.mark.parametrize(("name", "raw"), [(name, one) for name, many in BAD.items() for one in many])
def test_what_does_not_fit_is_refused_with_the_field_a_code_and_two_sentences(name, raw):
    value, problems = bind(Everything, MINIMUM | {name: raw}, Lookups())
    assert value is None
    problem = next(one for one in problems if one.field == name)
    assert problem.code
    assert problem.message.zh.endswith("。")
    assert len(problem.message.zh) < 300
    assert problem.message.en[0] in string.ascii_letters


@pytest.mark.parametrize("name", PLAIN)
def test_the_example_of_every_kind_is_accepted(name):
    spec = SPECS[name]
    raw = spec.kind.example(spec, Lookups())
    assert read(name, raw) is not None
    jsonschema.validate(raw, schema_of(Everything)["properties"][name])


@pytest.mark.parametrize("name", PLAIN)
def test_nothing_entered_in_a_form_is_nothing(name):
    for empty in ([], [""], ["   "]):
        assert SPECS[name].kind.from_form(empty, SPECS[name]) in (None, ["   "])


@pytest.mark.parametrize("name", sorted(GOOD))
def test_whatever_a_form_sends_is_refused_by_name_and_never_breaks(name):
    for hostile in (
        "a\x00",
        "\udcff",
        "<script>",
        "x" * 100_000,
        "'; DROP TABLE court; --",
        "９９９",
        "-1",
        "1" * 400,
    ):
        raw = from_form(Everything, {name: [hostile]})
        _, problems = bind(Everything, MINIMUM | raw, Lookups())
        assert {problem.field for problem in problems} <= {name, "why", "note", "proofs"}


def test_the_example_of_a_declaration_binds_and_validates():
    example = example_of(Everything, Lookups())
    value, problems = bind(Everything, example, Lookups())
    assert problems == []
    jsonschema.validate(to_json(value), schema_of(Everything))


def test_words_are_shown_in_the_language_asked_for():
    assert SPECS["choices"].kind.show(("red", "blue"), SPECS["choices"], "zh") == "红、蓝"
    assert SPECS["choices"].kind.show(("red", "blue"), SPECS["choices"], "en") == "Red, Blue"
    assert SPECS["yes_no"].kind.show(True, SPECS["yes_no"], "zh") == "是"
    assert SPECS["money"].kind.show(Decimal("1234567.50"), SPECS["money"], "zh") == "1,234,567.50"
    assert SPECS["choice"].kind.show("gone", SPECS["choice"], "zh") == "gone"
    assert (
        SPECS["moment"].kind.show(datetime(2026, 3, 5, 1, 30, tzinfo=UTC), SPECS["moment"], "zh")
        == "2026-03-05 09:30"
    )
