"""The two languages of the pages: Chinese as written in the templates, English from a catalogue read at start."""

from collections.abc import Callable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES" / "benchside.po"


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return the English catalogue as it stands in its file."""
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def english() -> Mapping[str, str]:
    """Return the English text of every Chinese one."""
    entries = ((entry.id, entry.string) for entry in read_catalogue() if entry.id)
    return {key: text for key, text in entries if isinstance(key, str) and isinstance(text, str) and text}


def translator(language: str) -> Callable[[str], str]:
    """Return the function that gives a page's Chinese text in ``language``."""
    if language != "en":
        return lambda text: text
    texts = english()
    return lambda text: texts.get(text, text)


def language_of(asked: str) -> str:
    """Return the language a cookie or form asks for; Chinese unless it says English."""
    return "en" if asked == "en" else "zh"
