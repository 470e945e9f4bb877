"""What is typed to be run: by a database, a search index, a template, a browser, a spreadsheet; and where it can be typed."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from core.fields.example import example_of
from core.fields.kinds import KINDS
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec, specs_of

FORMULA = "=cmd|'/C calc'!A0"
SQL = (
    "'; DROP TABLE application; --",
    "' OR 1=1 --",
    '" OR ""="',
    "%",
    "_",
    "\\",
    "\\'",
    "%s %(a)s :a ?",
    "')) UNION SELECT 1--",
)
WORDS = (
    '"', "*", "a*", "^a", "NEAR(a b, 2)", "terms : a", "{terms id} : a", "- a", "a AND", "OR", "NOT", "(", ")", "a & b | !c", "a:*", "a <-> b",
    ":ABC", "<2>", "&", "!", "'a':1A",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}", "{% raw %}", "{#", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{ ''.__class__ }}", "%(user)s", "{0.__class__}",
    "#set page(width: 1pt)", '#eval("1")', "$x$", "@a", "<a>", "::: page", "# a", "| a | b |", "**a**", "`a`", "[a](javascript:alert(1))", "---",
)  # fmt: skip
BROWSER = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "&lt;b&gt;",
    "</textarea><b>",
    "javascript:alert(1)",
)
SHEET = (FORMULA, "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.org")')
ALL = (*SQL, *WORDS, *TEMPLATES, *BROWSER, *SHEET)
RAW = ("<script>alert", "<img src=x", "'onmouseover='", "</textarea><b>", '" OR ""="')
"""What no page may have unescaped."""


def lines(limit: int) -> Iterator[str]:
    """Give texts of at most ``limit`` characters that have every payload between them; each begins with what a spreadsheet runs."""
    head = FORMULA if limit > 60 else "=1+1"
    text = head
    for one in ALL:
        if len(text) + 1 + len(one) > limit and text != head:
            yield text
            text = head
        if len(head) + 1 + len(one) <= limit:
            text += f" {one}"
    yield text


def free(spec: FieldSpec) -> bool:
    """Tell whether anything may be typed into the field."""
    return spec.asked and spec.kind in (KINDS.text, KINDS.long_text)


class Typist:
    """Types payloads into every field that takes any text; where a text is too short for all, the next field gets the next ones."""

    def __init__(self) -> None:
        self._turn = count()

    def text(self, limit: int | None) -> str:
        texts = list(lines(min(limit or 2000, 2000)))
        return texts[next(self._turn) % len(texts)]

    def laid(self, cls: type, lookups: Lookups, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``given`` with every free text of ``cls`` typed over, also those left out, and one item of every group."""
        made = dict(given)
        for name, spec in specs_of(cls).items():
            if spec.kind is KINDS.group and spec.asked:
                assert spec.item is not None
                items = given.get(name) or [example_of(spec.item, lookups)]
                made[name] = [self.laid(spec.item, lookups, one) for one in items]
            elif free(spec):
                made[name] = self.text(spec.max_length)
        return example_of(cls, lookups, made)  # what is required once the others are filled


def strict(cls: type, given: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return ``given`` with ``text`` in every field that takes only some texts, or none."""
    made = dict(given)
    for name, spec in specs_of(cls).items():
        if spec.kind is KINDS.group and given.get(name):
            assert spec.item is not None
            made[name] = [strict(spec.item, one, text) for one in given[name]]
        elif spec.asked and spec.kind is not KINDS.group and not free(spec):
            made[name] = text
    return made


def places(
    cls: type, value: Mapping[str, Any], wanted: Any, path: str = ""
) -> Iterator[tuple[str, FieldSpec, Any]]:
    """Give (path, spec, value) of every field there is a value for and that is ``wanted``."""
    for name, spec in specs_of(cls).items():
        held = value.get(name)
        if spec.kind is KINDS.group:
            assert spec.item is not None
            for place, item in enumerate(held or ()):
                yield from places(spec.item, item, wanted, f"{path}{name}[{place}].")
        elif held is not None and wanted(spec):
            yield f"{path}{name}", spec, held
