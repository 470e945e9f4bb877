"""The two languages of the pages: Chinese as written in the templates, English from catalogues read at start."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from core.texts import TEXTS, read_texts

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / TEXTS


def english() -> Mapping[str, str]:
    """Return the English text of every Chinese one of the host's pages."""
    return read_texts(CATALOGUES)


def translator(language: str, own: Mapping[str, str] = MappingProxyType({})) -> Callable[[str], str]:
    """Return the function that gives a page's Chinese text in ``language``; ``own`` are a module's texts, before the host's."""
    if language != "en":
        return lambda text: text
    texts = {**english(), **own}
    return lambda text: texts.get(text, text)


def language_of(asked: str) -> str:
    """Return the language a cookie or form asks for; Chinese unless it says English."""
    return "en" if asked == "en" else "zh"
