"""What a paper says, as values: the one thing both renderers read, and what is kept of an issued paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

import cattrs
from attrs import frozen


@frozen
class Span:
    """A run of characters; ``strong`` stands out."""

    text: str
    strong: bool = False


Line = tuple[Span, ...]


@frozen
class Heading:
    """A centred line: ``1`` the court, ``2`` the paper's name, ``3`` a heading within the text."""

    kind: ClassVar[str] = "heading"
    level: int
    line: Line


@frozen
class Paragraph:
    """Lines of text. ``body`` begins two characters in; ``left``, ``centre``, ``right`` and ``small`` say it themselves."""

    kind: ClassVar[str] = "paragraph"
    place: str
    lines: tuple[Line, ...]


@frozen
class Listing:
    """Things one by one; numbered from ``first`` on, or with a dot where it is 0."""

    kind: ClassVar[str] = "listing"
    first: int
    items: tuple[tuple[Line, ...], ...]


@frozen
class Table:
    """Rows of cells below a head; ``widths`` are parts of a hundred, ``sides`` left, center or right."""

    kind: ClassVar[str] = "table"
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    sides: tuple[str, ...]


@frozen
class Square:
    """A square code of ``content``, with lines below it."""

    kind: ClassVar[str] = "square"
    content: str
    lines: tuple[Line, ...]


@frozen
class Rule:
    """A line across the page."""

    kind: ClassVar[str] = "rule"


@frozen
class NewPage:
    """What follows stands on a page of its own."""

    kind: ClassVar[str] = "new_page"


Block = Heading | Paragraph | Listing | Table | Square | Rule | NewPage
_CLASSES: Mapping[str, type[Block]] = {
    one.kind: one for one in (Heading, Paragraph, Listing, Table, Square, Rule, NewPage)
}


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return ``blocks`` as JSON-like values."""
    return [{"kind": block.kind, **cattrs.unstructure(block)} for block in blocks]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that ``to_json`` made."""
    return tuple(
        cattrs.structure({name: value for name, value in one.items() if name != "kind"}, _CLASSES[one["kind"]])
        for one in kept
    )  # fmt: skip


def plain(block: Block) -> str:
    """Return the text of a block, for tests and for searching."""
    lines: list[Line] = []
    if isinstance(block, Heading):
        lines = [block.line]
    elif isinstance(block, Paragraph | Square):
        lines = list(block.lines)
    elif isinstance(block, Listing):
        lines = [line for item in block.items for line in item]
    elif isinstance(block, Table):
        lines = [cell for row in (block.head, *block.rows) for cell in row]
    return "\n".join("".join(span.text for span in line) for line in lines)


@frozen
class Document:
    """A paper ready to be written: ``mark`` stands across its pages where it is only a preview."""

    title: str
    court: str
    at: datetime
    blocks: tuple[Block, ...]
    mark: str = ""
