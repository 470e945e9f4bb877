"""From a filled template to blocks: a small, fixed part of Markdown, and nothing a filled-in value could bring along."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from core.papers.blocks import Block, Heading, Line, Listing, NewPage, Paragraph, Rule, Span, Square, Table

PLACES = ("left", "center", "right", "small")
CONTAINERS = (*PLACES, "qr")
_HIDDEN = 0xE000
"""Characters that mean something to Markdown are moved into this private area while a template is filled, and back
afterwards: so a value is text, whatever it holds, however often it is filled in.
"""
_MEANT = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "\n\t"
_HIDE = {ord(char): chr(_HIDDEN + ord(char)) for char in _MEANT} | {
    0x00: "", ord("\r"): "", 0x0B: "", 0x0C: "", 0x85: chr(_HIDDEN + 10), 0x2028: chr(_HIDDEN + 10), 0x2029: chr(_HIDDEN + 10),
    0xE080: "", 0xE081: "",
}  # fmt: skip
_FULL = {code: code for code in range(0x80)} | _HIDE
"""With what stays as it is: a name that is missing costs more to look up than one that is there."""
_MARKED = re.compile(f"[{re.escape(''.join(map(chr, _HIDE)))}]")
_SHOW = {_HIDDEN + ord(char): char for char in _MEANT}
_ON, _OFF = "\ue080", "\ue081"
_BLANKS = re.compile(r"_{2,}")
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
"""Read by ourselves: Markdown's own rule does not close after a Chinese full stop."""
_ITEM = re.compile(r"\s*(\d{1,9}[.)]|[-+])\s")
_SWITCH = re.compile(f"([{_ON}{_OFF}])")
_CELL_MOST = 24


def hidden(text: str) -> str:
    """Return ``text`` so that no template language takes any of it for markup."""
    # Most values are words or numbers, and no letter or digit means anything.
    return text if text.isalnum() or not _MARKED.search(text) else text.translate(_FULL)


_NO_XML = "\ufffe\uffff"
"""No document can hold these, and nobody writes them."""


def _shown(text: str) -> str:
    kept = text.translate(_SHOW)
    return "".join(char for char in kept if char == "\n" or _printable(char))


def _printable(char: str) -> bool:
    return char not in _NO_XML and unicodedata.category(char) not in ("Cc", "Cs", "Co")


def _reader() -> MarkdownIt:
    made = MarkdownIt("zero").enable(["list", "hr", "heading", "table", "escape", "newline"])
    for name in CONTAINERS:
        made.use(container_plugin, name)
    return made


_READER = _reader()


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks that a filled template says."""
    lined = _BLANKS.sub(lambda found: hidden(found[0]), text)
    lined = _STRONG.sub(rf"{_ON}\1{_OFF}", lined)
    return tuple(_Walk(_READER.parse(_parted(lined))).blocks("body", ""))


def _parted(text: str) -> str:
    """Return ``text`` with an empty line after each list and table: a line that ends a loop leaves none."""
    made: list[str] = []
    for line in text.split("\n"):
        before = made[-1] if made else ""
        ends_list = _ITEM.match(before) and not _ITEM.match(line) and not line.startswith((" ", "\t"))
        ends_table = before.startswith("|") and not line.startswith("|")
        made += ["", line] if line.strip() and (ends_list or ends_table) else [line]
    return "\n".join(made)


class _Walk:
    """Goes through the tokens once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def blocks(self, place: str, until: str) -> Iterator[Block]:
        """Yield blocks until the token ``until``; ``place`` is where paragraphs stand."""
        while self._at < len(self._tokens):
            token = self._next()
            if token.type == until:
                return
            yield from self._block(token, place)

    def _block(self, token: Token, place: str) -> Iterator[Block]:
        if token.type == "paragraph_open":
            yield from _paragraphs(place, self._next())
        elif token.type == "heading_open":
            lines = _lines(self._next(), apart=False)
            yield Heading(min(int(token.tag[1:]), 3), tuple(span for line in lines for span in line))
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            yield self._listing(token)
        elif token.type == "table_open":
            yield self._table()
        elif token.type == "hr":
            yield NewPage() if token.markup.startswith("*") else Rule()
        elif token.type == "container_qr_open":
            yield self._square()
        elif token.type.startswith("container_"):
            name = token.type.removeprefix("container_").removesuffix("_open")
            yield from self.blocks(
                "centre" if name == "center" else name, token.type.replace("_open", "_close")
            )

    def _listing(self, opening: Token) -> Listing:
        first = int(opening.attrGet("start") or 1) if opening.type == "ordered_list_open" else 0
        items: list[list[Line]] = []
        depth = 1
        while depth:
            token = self._next()
            depth += token.nesting if token.type.endswith(("list_open", "list_close")) else 0
            if token.type == "list_item_open":
                items.append([])
            elif token.type == "inline":
                items[-1] += _lines(token, apart=False)
        return Listing(first, tuple(tuple(item) for item in items))

    def _table(self) -> Table:
        rows: list[list[Line]] = []
        sides: list[str] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "th_open":
                sides.append(str(token.attrGet("style") or "").rpartition(":")[2] or "left")
            elif token.type == "inline":
                rows[-1].append(_cell(token))
        head, *body = [tuple(row) for row in rows]
        return Table(head, tuple(body), _widths([head, *body]), tuple(sides))

    def _square(self) -> Square:
        lines: list[Line] = []
        while (token := self._next()).type != "container_qr_close":
            if token.type == "inline":
                lines += _lines(token, apart=True)
        content = "".join(span.text for span in lines[0]) if lines else ""
        return Square(content, tuple(lines[1:]))


def _paragraphs(place: str, inline: Token) -> Iterator[Paragraph]:
    lines = _lines(inline, apart=place != "body")
    if place == "body":
        # What somebody typed in several paragraphs stays several.
        yield from (Paragraph(place, (line,)) for line in lines)
    elif lines:
        yield Paragraph(place, lines)


def _cell(inline: Token) -> Line:
    lines = _lines(inline, apart=False)
    return tuple(
        span for place, line in enumerate(lines) for span in ([Span("\n")] if place else []) + list(line)
    )


def _lines(inline: Token, *, apart: bool) -> tuple[Line, ...]:
    """Return the lines of an inline token; ``apart`` keeps those of the template, which else run on."""
    lines: list[list[Span]] = [[]]
    strong = False
    for token in inline.children or []:
        if token.type == "hardbreak" or (token.type == "softbreak" and apart):
            lines.append([])
        elif token.type == "softbreak":
            lines[-1].append(Span("\n", strong))
        else:
            for part in _SWITCH.split(token.content):
                strong = strong if part not in (_ON, _OFF) else part == _ON
                _add(lines, _shown(part), strong)
    joined = [_joined(line) for line in lines]
    return tuple(line for line in joined if any(span.text.strip() for span in line))


def _add(lines: list[list[Span]], text: str, strong: bool) -> None:
    for place, part in enumerate(text.split("\n")):
        if place:
            lines.append([])
        if part:
            lines[-1].append(Span(part, strong))


def _joined(line: list[Span]) -> Line:
    """Return a line with neighbours alike made one, and the ends of the template's lines closed up."""
    made: list[Span] = []
    for place, span in enumerate(line):
        text = span.text
        if text == "\n":
            after = line[place + 1].text if place + 1 < len(line) else ""
            text = " " if made and made[-1].text[-1:].isascii() and after[:1].isascii() else ""
        if made and made[-1].strong == span.strong:
            made[-1] = Span(made[-1].text + text, span.strong)
        elif text:
            made.append(Span(text, span.strong))
    return tuple(made)


def _widths(rows: Sequence[Sequence[Line]]) -> tuple[int, ...]:
    """Return the widths of the columns, in parts of a hundred, by their longest cells."""
    columns = len(rows[0])
    longest = [
        max(min(_CELL_MOST, max(2, sum(_width(span.text) for span in row[place]))) for row in rows if place < len(row))
        for place in range(columns)
    ]  # fmt: skip
    parts = [round(100 * (one + 1.5) / (sum(longest) + 1.5 * columns)) for one in longest]
    parts[-1] += 100 - sum(parts)
    return tuple(parts)


def _width(text: str) -> float:
    """Return how many Chinese characters wide ``text`` is."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.65 for char in text)
