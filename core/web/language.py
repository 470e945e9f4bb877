"""The two languages of the pages: Chinese as written in the templates, English from catalogues read at start."""

from collections.abc import Callable, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES"


def english() -> Mapping[str, str]:
    """Return the English text of every Chinese one, from all catalogues of the folder."""
    texts: dict[str, str] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="en", abort_invalid=True)
        entries = ((entry.id, entry.string) for entry in catalogue if entry.id)
        texts |= {
            key: text for key, text in entries if isinstance(key, str) and isinstance(text, str) and text
        }
    return texts


def translator(language: str) -> Callable[[str], str]:
    """Return the function that gives a page's Chinese text in ``language``."""
    if language != "en":
        return lambda text: text
    texts = english()
    return lambda text: texts.get(text, text)


def language_of(asked: str) -> str:
    """Return the language a cookie or form asks for; Chinese unless it says English."""
    return "en" if asked == "en" else "zh"
