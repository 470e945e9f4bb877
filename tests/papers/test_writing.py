"""One text, two files: what a template says is in both, in embedded fonts, byte for byte the same again."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as some
from PIL import ImageFont

from core.papers.blocks import Document, from_json, plain, to_json
from core.papers.docx import DocxWriter
from core.papers.embed import NotEmbeddable, embedded
from core.papers.fill import fill
from core.papers.fonts import NoFont, PaperFonts, open_folder
from core.papers.pdf import PdfWriter
from core.papers.shown import Shown, signed_on
from tests.support.papers import docx_font, docx_text, joined, pdf_fonts, pdf_text

AT = datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC)
TEMPLATE = """# {{ court }}
## 律师调查令
::: right
（2026）粤0199调令12号
:::

::: left
{{ name }}：
:::

你单位收到**{{ name }}**提交的申请。
请予协助。

{{ opinion }}

1. 银行流水；
2. 开户资料。
以上共{{ count }}项。

| 序号 | 名称 |
| :-: | --- |
| 1 | {{ name }} |
下表完。

::: qr
https://verify.example/ABC
扫码核验
:::
***
### 回执
签收人：______
"""
NASTY = '甲#strong[乙] $x$ *丙* _丁_ `戊` \\n <b>&lt; [己](庚) {{7*7}} {% if %} | ~~辛~~ @ref "quoted" // 注 1. 壬'
VALUES = {
    "court": "某某法院",
    "name": Shown(NASTY),
    "opinion": Shown("第一段。\n\n# 第二段\n- 第三段"),
    "count": 2,
}
FONTS = PaperFonts()
PDF, DOCX = PdfWriter(FONTS), DocxWriter(FONTS)


def paper(text: str = TEMPLATE, **more: object) -> Document:
    return Document("律师调查令", "某某法院", AT, fill(text, {**VALUES, **more}))


@pytest.mark.parametrize(
    "write",
    [lambda one: pdf_text(PDF.write(one)), lambda one: docx_text(DOCX.write(one))],
    ids=["pdf", "docx"],
)
def test_all_that_a_template_says_is_in_the_file(write):
    text = joined(write(paper()))
    for said in ("某某法院", "律师调查令", "（2026）粤0199调令12号", "请予协助。", "1.银行流水；", "2.开户资料。", "以上共2项。",
                 "下表完。", "扫码核验", "回执", "签收人：______"):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(
    "write",
    [lambda one: pdf_text(PDF.write(one)), lambda one: docx_text(DOCX.write(one))],
    ids=["pdf", "docx"],
)
def test_a_name_with_the_marks_of_every_language_comes_out_as_it_is(write):
    assert joined(write(paper())).count(joined(NASTY)) == 3


def test_what_was_typed_in_several_lines_becomes_several_paragraphs_and_no_markup():
    said = [plain(block) for block in paper().blocks]
    assert {"第一段。", "# 第二段", "- 第三段"} <= set(said)


@given(
    some.text(
        some.characters(categories=["L", "N", "P", "S", "Zs", "Zl"], include_characters="\n\t"), max_size=80
    )
)
def test_no_value_adds_a_block_or_loses_a_character(name):
    blocks = fill("::: left\n甲{{ name }}乙\n:::\n\n完。", {"name": Shown(name)})
    assert [block.kind for block in blocks] == ["paragraph", "paragraph"]
    assert joined(plain(blocks[0])) == joined(f"甲{name}乙")
    assert plain(blocks[1]) == "完。"


def test_characters_that_no_document_can_hold_are_left_out():
    document = Document(
        "甲", "乙", AT, fill("{{ name }}", {"name": Shown("甲\x00\x07\ufffe\uffff\ud800\ue0ff乙\u200b")})
    )
    assert joined(docx_text(DOCX.write(document))) == joined(pdf_text(PDF.write(document))) == "甲乙"


def test_blocks_are_kept_as_json_and_come_back():
    blocks = paper().blocks
    assert from_json(to_json(blocks)) == blocks


def test_the_same_paper_gives_the_same_bytes():
    assert PDF.write(paper()) == PdfWriter(PaperFonts()).write(paper())
    assert DOCX.write(paper()) == DocxWriter(PaperFonts()).write(paper())


def test_a_pdf_is_an_archive_pdf_with_its_fonts_within():
    raw = PDF.write(paper())
    assert re.search(rb"pdfaid:part>2<", raw) or b'pdfaid:part="2"' in raw
    fonts = pdf_fonts(raw)
    assert fonts
    assert all(fonts.values())


def test_a_docx_carries_the_characters_it_uses_and_no_others(tmp_path):
    raw = DOCX.write(paper())
    font = tmp_path / "font.ttf"
    font.write_bytes(docx_font(raw))
    face = ImageFont.truetype(font, 40)
    assert face.getname()[0] == FONTS.family
    empty = face.getmask("鑫").getbbox(), bytes(face.getmask("鑫"))
    assert bytes(face.getmask("律")) != empty[1]
    assert bytes(face.getmask("淼")) == empty[1], "a character that is not used comes from the reader's fonts"
    with zipfile.ZipFile(io.BytesIO(raw)) as kept:
        settings = kept.read("word/settings.xml").decode()
        assert 'eastAsia="WenQuanYi Micro Hei"' in kept.read("word/styles.xml").decode()
    assert (
        settings.index("<w:zoom")
        < settings.index("<w:embedTrueTypeFonts/>")
        < settings.index("<w:saveSubsetFonts/>")
    )


def test_a_font_whose_maker_forbids_it_is_not_embedded(tmp_path):
    path, face = FONTS.file
    locked = tmp_path / "locked.ttf"
    with TTFont(path, fontNumber=face) as font:
        font["OS/2"].fsType = 0x0002
        font.save(locked)
    with pytest.raises(NotEmbeddable, match="does not allow"):
        embedded(locked, 0, "律")


def test_a_court_sets_its_papers_in_a_font_of_its_own(tmp_path):
    path, _ = FONTS.file
    with TTFont(path, fontNumber=1) as font:
        font.save(tmp_path / "own.ttf")
    own = PaperFonts("WenQuanYi Micro Hei Mono", tmp_path)
    assert own.file[0] == tmp_path / "own.ttf" or own.file[0].parent == open_folder()
    assert any("Mono" in name for name in pdf_fonts(PdfWriter(own).write(paper())))


def test_a_font_that_is_not_there_is_named():
    with pytest.raises(NoFont, match=r"FangSong.*WenQuanYi"):
        PdfWriter(PaperFonts("FangSong")).write(paper())


def test_a_preview_bears_its_mark_across_the_page():
    document = Document("甲", "乙", AT, fill("丙", {}), mark="预览")
    assert "预览" in joined(pdf_text(PDF.write(document)))
    assert "预览" not in joined(pdf_text(PDF.write(paper())))


@pytest.mark.parametrize(("day", "said"), [
    (date(2026, 11, 25), "二〇二六年十一月二十五日"), (date(2030, 10, 10), "二〇三〇年十月十日"), (date(2024, 2, 29), "二〇二四年二月二十九日"),
    (date(2025, 1, 1), "二〇二五年一月一日"), (date(2025, 12, 31), "二〇二五年十二月三十一日"), (date(2025, 3, 20), "二〇二五年三月二十日"),
])  # fmt: skip
def test_the_date_below_a_paper_is_written_in_chinese_numerals(day, said):
    assert signed_on(day) == said


def test_the_layout_is_data_only():
    layout = (Path(__file__).parents[2] / "core" / "papers" / "paper.typ").read_text(encoding="utf-8")
    assert "eval(" not in layout
