"""What can be told of a page's accessibility from its markup alone."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from attrs import Factory, define

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"hidden", "submit", "button", "reset", "image"}


@define
class _Element:
    tag: str
    attributes: dict[str, str]
    within: tuple[str, ...]
    text: str = ""
    named: bool = False
    """Whether something inside it has a name of its own."""


@define(eq=False, slots=False)
class _Page(HTMLParser):
    elements: list[_Element] = Factory(list)
    _open: list[_Element] = Factory(list)

    def __attrs_pre_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = _Element(tag, {name: value or "" for name, value in attrs}, tuple(one.tag for one in self._open))  # fmt: skip
        self.elements.append(found)
        if found.attributes.get("aria-label") or found.attributes.get("alt"):
            for one in self._open:
                one.named = True
        if tag not in VOID:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, one in enumerate(self._open) if one.tag == tag]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.text += data


def faults_of(html: str, language: str) -> Iterator[str]:
    """Say what is wrong with a page that is shown in ``language``; a part of a page has no frame to look at."""
    page = _Page()
    page.feed(html)
    tags = Counter(one.tag for one in page.elements)
    if tags["html"]:
        yield from _frame(page, tags, language)
    labelled = {one.attributes.get("for") for one in page.elements if one.tag == "label"}
    for one in page.elements:
        yield from _element(one, labelled)
    ids = Counter(one.attributes["id"] for one in page.elements if one.attributes.get("id"))
    yield from (f"the id {name!r} is there {count} times" for name, count in ids.items() if count > 1)


def _frame(page: _Page, tags: Counter[str], language: str) -> Iterator[str]:
    root = next(one for one in page.elements if one.tag == "html")
    told = root.attributes.get("lang", "")
    if not told:
        yield "the page does not say its language (<html lang>)"
    elif not told.startswith(language):
        yield f"the page says that its language is {told}"
    if not any(one.tag == "title" and one.text.partition("·")[0].strip() for one in page.elements):
        yield "the page has no title of its own (block title)"
    if not (tags["h1"] or tags["h2"]):
        yield "the page has no heading (<h1>)"
    if not tags["main"] and not any(one.attributes.get("role") == "main" for one in page.elements):
        yield "the page has no main part (<main>)"


def _element(one: _Element, labelled: set[str | None]) -> Iterator[str]:
    given = one.attributes
    named = any(given.get(name) for name in ("aria-label", "aria-labelledby", "title"))
    if one.tag in ("input", "select", "textarea") and given.get("type", "text") not in UNSEEN:
        if not (named or given.get("id") in labelled or "label" in one.within):
            yield f"the {one.tag} {given.get('name') or given.get('id') or ''!r} has no label"
    elif one.tag == "img" and "alt" not in given:
        yield f"the picture {given.get('src', '')[:60]} has no alt="
    elif one.tag in ("button", "a") and not (named or one.named or one.text.strip()):
        if one.tag == "button":
            yield "a button says nothing"
        if "href" in given:
            yield f"the link to {given['href'][:60]} says nothing"
