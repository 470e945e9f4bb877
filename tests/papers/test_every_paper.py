"""Every paper of every module here: made from an example, as PDF and DOCX, and read back."""

import re
from datetime import UTC, date, datetime

import pytest

from core.fields.lookups import NoRegisters
from core.module import Flow
from core.papers.blocks import Block, Document, Heading, plain
from core.papers.fill import fill
from core.papers.load import BuiltIn
from core.papers.sample import sample_values
from core.settings import ROOT, Settings
from core.work.paper_files import DOCX, PDF, write_file
from tests.support.acting import load
from tests.support.papers import docx_text, joined, pdf_fonts, pdf_text

AT = datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def papers() -> dict[tuple[str, str], tuple[Flow, BuiltIn]]:
    modules = load(ROOT / "plugins", strict=True)
    return {key: (modules.sides[key[0]].flow, built_in) for key, built_in in modules.papers.items()}


def example(flow: Flow, built_in: BuiltIn) -> tuple[Block, ...]:
    return fill(built_in.text, sample_values(flow, built_in.variables, NoRegisters(date(2026, 11, 25)), {}))


def characters(text: str) -> list[str]:
    """Return what is printed, in an order that does not depend on how the page breaks; page numbers left out."""
    return sorted(re.sub(r"—\d+—", "", joined(text)))


def test_every_paper_says_the_same_in_both_files_and_carries_its_fonts(papers, clean_loading):
    assert {("filing", "receipt"), ("filing", "fee_notice")} <= papers.keys()
    for key, (flow, built_in) in papers.items():
        document = Document("文书", "某某法院", AT, example(flow, built_in))
        pdf, docx = write_file(Settings(), document, PDF), write_file(Settings(), document, DOCX)
        assert characters(pdf_text(pdf)) == characters(docx_text(docx)), key
        assert all(pdf_fonts(pdf).values()), key


def test_every_paper_names_the_court_and_what_it_is(papers, clean_loading):
    for key, (flow, built_in) in papers.items():
        blocks = example(flow, built_in)
        heads = [plain(one) for one in blocks if isinstance(one, Heading)]
        assert heads[0] == "〔法院名称〕", key
        declared = next(one for one in flow.papers if one.code == key[1])
        title = declared.title.zh.partition("（")[0]
        assert any(title in head for head in heads), (key, heads)


def test_no_mark_of_the_template_is_left_on_a_paper(papers, clean_loading):
    for key, (flow, built_in) in papers.items():
        text = "\n".join(plain(one) for one in example(flow, built_in))
        assert not re.search(r"\{\{|\}\}|\{%|:::|\*\*|^#|\|", text, re.MULTILINE), (key, text)
