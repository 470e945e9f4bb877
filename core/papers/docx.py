"""A paper as DOCX, laid out like its PDF, with the used part of the font within."""

import io
import zipfile
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import define

from core.papers.blocks import (
    Block,
    Document,
    Heading,
    Line,
    Listing,
    NewPage,
    Paragraph,
    Rule,
    Square,
    Table,
    plain,
)
from core.papers.embed import NotEmbeddable, embedded
from core.papers.fonts import PaperFonts
from core.papers.square import picture

if TYPE_CHECKING:
    from docx.document import Document as Docx

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SIZES = {1: 22, 2: 26, 3: 16}
_DIGITS = "0123456789.·— "
_FONT_PART = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_FONTS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<w:font w:name={name}><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/>{embedded}</w:font>
</w:fonts>"""


@define(slots=False)
class DocxWriter:
    """Writes papers; the same paper gives the same bytes."""

    fonts: PaperFonts

    def write(self, document: Document) -> bytes:
        """Return the paper's bytes."""
        return _Writing(document, self.fonts).bytes()


@define(slots=False)
class _Writing:
    """One paper being written."""

    document: Document
    fonts: PaperFonts

    @cached_property
    def docx(self) -> "Docx":
        """The document, empty, with the page and the letter set."""
        import docx
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Mm, Pt

        made = docx.Document()
        page = made.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = (
            Mm(30),
            Mm(27),
            Mm(28),
            Mm(26),
        )
        normal = made.styles["Normal"]
        self._letter(normal.element.get_or_add_rPr())
        normal.font.size = Pt(16)
        layout = normal.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(27)
        return made

    def _letter(self, properties: Any) -> None:
        from docx.oxml.ns import qn

        fonts = properties.get_or_add_rFonts()
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), self.fonts.family)

    def bytes(self) -> bytes:
        """Return the finished file."""
        self._facts()
        for block, after in zip(self.document.blocks, (*self.document.blocks[1:], None), strict=True):
            self._block(block)
            if isinstance(block, Paragraph) and isinstance(after, Paragraph) and after.place == "right":
                self.docx.paragraphs[-1].paragraph_format.keep_with_next = True
        self._page_numbers()
        self._font()
        out = io.BytesIO()
        self.docx.save(out)
        return _without_time(out.getvalue())

    def _facts(self) -> None:
        facts = self.docx.core_properties
        facts.title, facts.author, facts.last_modified_by = (
            self.document.title,
            self.document.court,
            self.document.court,
        )
        facts.created = facts.modified = self.document.at
        facts.comments, facts.revision = "", 1
        # What comes with python-docx's own empty page: its picture, its styles for old programs.
        for relations in (self.docx.part.package.rels, self.docx.part.rels):
            for key, one in list(relations.items()):
                if one.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                    del relations[key]

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Listing):
            for place, item in enumerate(block.items):
                mark = f"{block.first + place}. " if block.first else "· "
                for at, line in enumerate(item):
                    self._line(self._indented(), line, before=mark if at == 0 else "")
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Square):
            self._square(block)
        elif isinstance(block, Rule):
            self._rule()
        else:
            assert isinstance(block, NewPage)
            from docx.enum.text import WD_BREAK

            self.docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _heading(self, block: Heading) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        made = self.docx.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout = made.paragraph_format
        layout.keep_with_next, layout.line_spacing_rule = True, WD_LINE_SPACING.SINGLE
        layout.space_after = Pt(6 if block.level == 1 else 14)
        self._line(made, block.line, size=_SIZES[block.level], strong=True)

    def _paragraph(self, block: Paragraph) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
        for line in block.lines:
            made = self._indented() if block.place == "body" else self.docx.add_paragraph()
            if block.place in sides:
                made.alignment = sides[block.place]
            if block.place == "small":
                made.paragraph_format.line_spacing = Pt(16)
            self._line(made, line, size=10.5 if block.place == "small" else 0)

    def _indented(self) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.shared import Pt

        made = self.docx.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        made.paragraph_format.first_line_indent = Pt(32)
        indent = made._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - python-docx counts no characters
        indent.set(qn("w:firstLineChars"), "200")
        return made

    def _line(
        self, paragraph: Any, line: Line, *, before: str = "", size: float = 0, strong: bool = False
    ) -> None:
        from docx.shared import Pt

        for text, bold in [(before, False), *((span.text, span.strong or strong) for span in line)]:
            if not text:
                continue
            run = paragraph.add_run(text)  # a line break in it becomes one in the document
            run.bold = bold or None
            if size:
                run.font.size = Pt(size)

    def _table(self, block: Table) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Mm, Pt

        sides = {
            "left": WD_ALIGN_PARAGRAPH.LEFT,
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }
        made = self.docx.add_table(rows=0, cols=len(block.head), style="Table Grid")
        made.autofit = False
        for column, width in zip(made.columns, block.widths, strict=True):
            column.width = Mm(156 * width / 100)
        for at, cells in enumerate((block.head, *block.rows)):
            row = made.add_row()
            for place, cell in enumerate(row.cells):
                cell.width = Mm(156 * block.widths[place] / 100)
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                paragraph = cell.paragraphs[0]
                paragraph.alignment = sides["center"] if at == 0 else sides[block.sides[place]]
                paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
                self._line(paragraph, cells[place] if place < len(cells) else (), size=12, strong=at == 0)

    def _square(self, block: Square) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Mm, Pt

        code, words = self.docx.add_table(rows=1, cols=2).rows[0].cells
        code.width, words.width = Mm(36), Mm(120)
        words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        code.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        code.paragraphs[0].add_run().add_picture(io.BytesIO(picture(block.content)), width=Mm(30))
        for at, line in enumerate(block.lines):
            paragraph = words.paragraphs[0] if at == 0 else words.add_paragraph()
            paragraph.paragraph_format.line_spacing = Pt(16)
            self._line(paragraph, line, size=10.5)

    def _rule(self) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        border = '<w:pBdr {}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        properties = self.docx.add_paragraph()._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
        properties.insert_element_before(parse_xml(border.format(nsdecls("w"))), "w:spacing", "w:ind", "w:jc")

    def _page_numbers(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls
        from docx.shared import Pt

        foot = self.docx.sections[0].footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
        )
        foot.add_run("— ").font.size = Pt(10.5)
        foot._p.append(field)  # noqa: SLF001 - python-docx has no fields
        foot.add_run(" —").font.size = Pt(10.5)

    def _font(self) -> None:
        """Put the used part of the font into the file, where its maker allows it."""
        from xml.sax.saxutils import quoteattr

        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        text = "".join(plain(block) for block in self.document.blocks) + _DIGITS
        table = self.docx.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        told = ""
        try:
            content, key = embedded(*self.fonts.file, text)
        except NotEmbeddable:
            pass  # the reader's own font of that name is taken, or another one
        else:
            part = Part(PackURI("/word/fonts/font1.odttf"), _FONT_PART, content, self.docx.part.package)
            told = f'<w:embedRegular r:id="{table.relate_to(part, _FONT_RELATION)}" w:fontKey="{key}"/>'
            zoom = self.docx.settings.element.find(qn("w:zoom"))
            for name in ("saveSubsetFonts", "embedTrueTypeFonts"):
                zoom.addnext(parse_xml(f"<w:{name} {nsdecls('w')}/>"))
        table._blob = _FONTS.format(name=quoteattr(self.fonts.family), embedded=told).encode()  # noqa: SLF001 - a part is read-only else


def _without_time(raw: bytes) -> bytes:
    """Return a zip file whose entries bear no time, so that it depends on its content alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
