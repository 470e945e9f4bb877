"""The words of the search index: whatever part of a text a person types is found in it."""

import pytest

from core.work.tokens import asked, pieces


def found(text: str, part: str) -> bool:
    """Look for the words of ``part``, in their order, side by side, among those of ``text``."""
    stored, wanted = pieces(text), asked(part)
    return any(
        all(one.startswith(two[:-1]) if two.endswith("*") else one == two for one, two in zip(stored[at:], wanted, strict=False))
        for at in range(len(stored) - len(wanted) + 1)
    )  # fmt: skip


@pytest.mark.parametrize("part", [
    "（2026）粤0199民初12号", "2026粤0199", "粤0199民初12号", "0199民初12号", "民初12号", "初12号", "12号", "民初12", "民初", "初", "粤0199民初", "粤",
])  # fmt: skip
def test_any_part_of_a_case_number_finds_it(part):
    assert found("（2026）粤0199民初12号", part)


@pytest.mark.parametrize("part", ["民初1号", "民终12号", "粤0198民初12号", "民12号", "2号"])
def test_what_is_no_part_of_a_case_number_does_not_find_it(part):
    assert not found("（2026）粤0199民初12号", part)


@pytest.mark.parametrize("text", ["示例贸易有限公司", "甲公司与乙公司ABC有限公司", "账户6200尾号0000"])
def test_every_part_that_ends_in_chinese_finds_its_text(text):
    ends = [place for place in range(2, len(text) + 1) if not text[place - 1].isascii()]
    starts = [place for place in range(len(text)) if not (text[place].isascii() and place and text[place - 1].isascii())]  # fmt: skip
    for end in ends:
        for start in (place for place in starts if place < end - 1):
            assert found(text, text[start:end]), text[start:end]
