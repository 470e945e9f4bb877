"""What a declaration says of appointments and answers is checked when it is made; telling others may hang on a condition."""

from datetime import date

import pytest

import core
from core.fields.spec import DeclarationError
from core.law.calendar_seed import seed_calendar


@core.request_fields
class Asked:
    text: str = core.text("内容", "Text")


def flow(**more) -> core.Flow:
    return core.Flow(kind="asked", title="问", fields=Asked, states=[core.State("NEW", "新", "New")], **more)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"appointment": core.Appointment("会见", "at", "minutes", "text")}, "appointment names the unknown field at; appointment names the unknown field minutes"),
        ({"answering": core.Answering("答复", "选", "写", "交", about="what")}, "answering names the unknown field what"),
    ],
)  # fmt: skip
def test_unknown_fields_are_named(more, said):
    with pytest.raises(DeclarationError, match=said):
        flow(**more)


def test_a_review_is_called_what_the_declaration_says():
    assert flow().review_word.zh == "审查"
    assert flow(answering=core.Answering("答复", "选", "写", "交", about="text")).review_word.zh == "答复"


@pytest.mark.parametrize(
    ("day", "rests"),
    [(date(2026, 10, 1), True), (date(2026, 11, 24), False), (date(2035, 1, 6), True), (date(2035, 1, 8), False)],
)  # fmt: skip
def test_days_of_unknown_years_rest_on_weekends_where_a_likely_answer_will_do(day, rests):
    assert seed_calendar(2024, 2026).rests(day) is rests
