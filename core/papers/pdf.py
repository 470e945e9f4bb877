"""A paper as PDF/A: the blocks go to a fixed Typst layout as data, so no text of theirs is ever run."""

import json
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field

from core.papers.blocks import Document, to_json
from core.papers.fonts import OPEN_FAMILY, PaperFonts
from core.papers.square import drawing

if TYPE_CHECKING:
    import typst

LAYOUT = Path(__file__).parent / "paper.typ"


@define(slots=False)
class PdfWriter:
    """Writes papers with one compiler, one at a time; the same paper gives the same bytes."""

    fonts: PaperFonts
    _turn: threading.Lock = field(factory=threading.Lock)

    @cached_property
    def _compiler(self) -> "typst.Compiler":
        import typst

        return typst.Compiler(
            input=str(LAYOUT), root=str(LAYOUT.parent), font_paths=self.fonts.known, ignore_system_fonts=True
        )

    def write(self, document: Document) -> bytes:
        """Return the paper's bytes (PDF/A-2b, the fonts within)."""
        told = {"paper": json.dumps(self._told(document), ensure_ascii=False)}
        with self._turn:
            made = self._compiler.compile(
                format="pdf", sys_inputs=told, pdf_standards=["a-2b"], timestamp=int(document.at.timestamp())
            )
        assert isinstance(made, bytes)
        return made

    def _told(self, document: Document) -> dict[str, Any]:
        blocks = to_json(document.blocks)
        for block in blocks:
            if block["kind"] == "square":
                block["picture"] = drawing(block["content"])
        return {
            # The open font centres its brackets and stops as fonts of Taiwan do; closed up as on the mainland they overlap.
            "region": "tw" if self.fonts.family == OPEN_FAMILY else "cn",
            "title": document.title, "court": document.court, "mark": document.mark, "fonts": self.fonts.families,
            "blocks": blocks,
        }  # fmt: skip
