"""Templates: what they may name and do, and what is told of one that is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from core import Label
from core.papers.blocks import plain
from core.papers.fill import LONGEST, TemplateWrong, check_template, fill
from core.papers.shapes import ANY, Leaf, Record, Rows, paths
from core.papers.shown import EMPTY, Shown, blank, day, moment, yuan

VARIABLES = Record({
    "court": Record({"name": Leaf(Label("法院", "Court"))}),
    "fields": Record({"items": Rows(Record({"name": Leaf(Label("名称", "Name"))})), "urgent": Leaf(), "kinds": Leaf()}),
    "data": ANY,
})  # fmt: skip
VALUES = {
    "court": {"name": Shown("某某法院")},
    "fields": {
        "items": ({"name": Shown("甲")}, {"name": Shown("乙")}), "urgent": Shown("否", False),
        "kinds": Shown("房、车", ("house", "car"), (Shown("房", "house"), Shown("车", "car"))),
    },
    "data": {},
}  # fmt: skip


def said(text: str) -> list[str]:
    return [plain(block) for block in fill(text, VALUES)]


def wrong(text: str) -> list[str]:
    return [one.said().zh for one in check_template(text, VARIABLES)]


def test_a_good_template_has_nothing_against_it_and_is_filled():
    text = "{% for one in fields.items %}\n{{ loop.index }}. {{ one.name }}\n{% endfor %}\n完。"
    assert wrong(text) == []
    assert said(text) == ["甲\n乙", "完。"]


@pytest.mark.parametrize(("text", "line", "named"), [
    ("甲\n\n{{ nope }}", 3, "nope"),
    ("{{ court.phone }}", 1, "phone，可用：name"),
    ("{% for one in fields.items %}\n{{ one.size }}\n{% endfor %}", 2, "size"),
    ("{{ fields.items.name }}", 1, "for 循环"),
    ("{{ court.name.x }}", 1, "没有下一级"),
    ("{% if fields.never %}{% endif %}", 1, "never"),
    ("{% set first = fields.items|first %}\n{{ first.size }}", 2, "size"),
    ("甲\n{{ court.name", 2, "语法有误"),
    ("{% for x in fields.items %}", 1, "语法有误"),
    ("{{ court.name|upper }}", 1, "upper"),
    ("\n{% include 'other.md' %}", 2, "不能引用"),
    ("{% macro m() %}{% endmacro %}", 1, "不能引用"),
    ("{{ range(9) }}", 1, "range"),
    ("::: box\n:::", 1, "没有版式 box"),
    ("甲\n::: right\n乙", 2, "没有以一行"),
    (":::", 1, "不能套叠"),
    ("::: left\n::: right\n:::", 2, "不能套叠"),
])  # fmt: skip
def test_a_wrong_template_is_refused_with_its_line_and_the_cure(text, line, named):
    (first, *_) = wrong(text)
    assert first.startswith(f"第{line}行：")
    assert named in first


def test_every_wrong_name_is_told_at_once():
    assert len(wrong("{{ a }}\n{{ court.b }}\n{{ fields.c }}")) == 3


def test_a_template_has_a_longest():
    assert "最多" in wrong("字" * (LONGEST + 1))[0]


@pytest.mark.parametrize("text", [
    "{{ court.name.__class__.__mro__ }}", "{{ court.name.upper() }}", "{{ 'a' * 9999999999 }}", "{{ '%09999999d' % 1 }}", "{{ 9**9**9 }}",
    "{{ [].append(1) }}", "{{ ''.join.__globals__ }}", "{{ court }}", "{{ fields.items }}", "{{ nothing }}", "{{ loop }}",
    "{{ court['name'].raw }}", "{{ self }}", "{{ day.__globals__ }}", "{% for k in court %}{{ k.x }}{% endfor %}", "{{ fields.items[7] }}",
])  # fmt: skip
def test_whatever_a_template_tries_it_reaches_nothing(text):
    with pytest.raises(TemplateWrong):
        fill(text, VALUES)


def test_what_fails_while_filling_is_told_with_its_line():
    with pytest.raises(TemplateWrong) as caught:
        fill("甲\n\n{{ data.missing }}", VALUES)
    assert caught.value.troubles[0].line == 3


def test_a_paper_does_not_grow_without_end():
    loop = "{% for a in fields.items %}" * 17 + "字" + "{% endfor %}" * 17
    with pytest.raises(TemplateWrong, match="too long"):
        fill(loop.replace("字", "字字字字"), VALUES)


@pytest.mark.parametrize("text", [
    "{% set a = '甲' %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "{% set a = '甲' * 400 %}",
    f"{{% set a = '{'甲' * 400}' %}}" + "{% set a = a|join(a) %}" * 3 + "{{ a|length }}",
    f"{{% set a = '{'甲' * 60}' %}}" + "{% for b in a %}" * 12 + "{% endfor %}" * 12,
    "{{ yuan('1e99999999')|length }}{{ missing }}",
])  # fmt: skip
def test_no_template_fills_the_memory_or_goes_round_without_end(text):
    with pytest.raises(TemplateWrong):
        fill(text, VALUES)


@pytest.mark.parametrize("text", [
    "{% set a %}{{ court.name }}{% endset %}", "{{ court.name ~ court.name }}", "{% set a = [court.name, court.name] %}", "{% set a = {'a': 1} %}",
])  # fmt: skip
def test_a_template_puts_nothing_together(text):
    assert len(wrong(text)) == 1


@pytest.mark.parametrize("text", [
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ " + "not " * 300 + "1 }}", "{% for a in fields.items %}" * 30 + "{% endfor %}" * 30,
    "{{ 1" + "0" * 5000 + " }}",
])  # fmt: skip
def test_what_python_itself_cannot_take_is_refused_in_words(text):
    assert "请简化" in wrong(text)[0]


def test_values_are_compared_by_code_or_word_and_no_counts_as_no():
    assert said("{% if fields.urgent %}急{% else %}缓{% endif %}") == ["缓"]
    assert said(
        "{% if 'house' in fields.kinds and '车' in fields.kinds and 'boat' not in fields.kinds %}对{% endif %}"
    ) == ["对"]
    assert said("{% for one in fields.kinds %}{{ one }}；{% endfor %}") == ["房；车；"]
    assert said("{% if fields.urgent == false %}对{% endif %}") == ["对"]


def test_functions_write_days_moments_and_amounts():
    assert (
        day("2026-02-03")
        == day(date(2026, 2, 3))
        == day(Shown("2026-02-03", date(2026, 2, 3)))
        == "2026年2月3日"
    )
    assert moment("2026-02-03T01:30:00+00:00") == "2026年2月3日9时30分"
    assert day("2026-02-03T17:00:00+00:00") == "2026年2月4日"
    assert yuan(Shown("1,234.00", Decimal("1234.00"))) == yuan("1234") == "1234.00元"
    assert (day(EMPTY), moment(EMPTY), yuan(EMPTY), blank(3)) == ("", "", "", "___")


def test_a_line_of_tags_leaves_nothing_and_a_tag_behind_words_ends_its_line():
    text = "甲{% if fields.urgent == false %}乙{% endif %}\n\n丙\n{% if fields.urgent == false %}{% set x = 1 %}\n丁\n{% endif %}\n戊"
    assert said(text) == ["甲乙", "丙丁戊"]


def test_functions_work_within_loops():
    assert said("{% for one in fields.items %}{{ yuan('2') }}{{ one.name }}{% endfor %}") == [
        "2.00元甲2.00元乙"
    ]


def test_the_names_can_be_listed_with_their_words():
    assert ("fields.items[].name", Label("名称", "Name")) in list(paths(VARIABLES))
