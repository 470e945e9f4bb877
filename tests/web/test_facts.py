"""What the steps of a request filled in reads as a person would say it."""

from datetime import UTC, date, datetime

from core.fields.label import Label
from core.web.facts import AsKept, Telling, filled_in
from core.work.detail import Event
from plugins.filing import filing

REGISTERS = AsKept(date(2026, 11, 23), {7: "吴样本"})


def told(data, language="zh"):
    event = Event(
        datetime(2026, 11, 23, tzinfo=UTC),
        "周样本",
        Label("退回", "Return"),
        None,
        Label("退", "Returned"),
        "",
        1,
        data,
        "return_for_correction",
    )
    facts, tables = filled_in(filing, event, REGISTERS, Telling(language), "step.0")
    return {fact.label.in_(language): fact.text for fact in facts}, tables


def test_choices_money_and_days_are_shown_in_words():
    facts, _ = told(
        {
            "reasons": ["unsigned", "unclear"],
            "correction_days": 7,
            "paid_amount": "12.50",
            "paid_on": "2026-11-20",
        }
    )
    assert facts == {
        "退回理由": "签名缺失、附件不清晰",
        "补正期限（日）": "7",
        "实收金额": "12.50",
        "缴费日期": "2026-11-20",
    }
    assert told({"reasons": ["unsigned"]}, "en")[0] == {"Reasons": "Signature missing"}


def test_a_group_is_a_table():
    _, tables = told({"corrections": [{"item": "起诉状", "requirement": "签名"}]})
    assert [
        (
            one.label.zh,
            [column.zh for column in one.columns],
            [[cell.text for cell in row] for row in one.rows],
        )
        for one in tables
    ] == [("补正清单", ["补正事项", "补正要求"], [["起诉状", "签名"]])]


def test_what_a_module_keeps_for_itself_is_not_shown_and_what_the_host_keeps_is():
    facts, _ = told(
        {"fee_reckoning": "x", "fee_differs": True, "docketed_on": "2026-11-24", "failure": "查无此人"}
    )
    assert facts == {"立案日期": "2026-11-24", "未成原因": "查无此人"}


def test_what_no_longer_fits_its_declaration_is_shown_as_it_was_kept():
    assert told({"procedure": "gone"})[0] == {"适用程序建议": "gone"}
