"""Catalogues of a folder: the English of the Chinese texts in templates, read from ``.po`` files at start."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

TEXTS = Path("locale") / "en" / "LC_MESSAGES"
"""Where they lie, below the folder of the host's pages or of a module."""


def read_texts(folder: Path) -> Mapping[str, str]:
    """Return the English text of every Chinese one, from all catalogues of ``folder``; there need be none.

    Raises:
        PoFileError: a catalogue cannot be read.
    """
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="en", abort_invalid=True)
        entries = ((entry.id, entry.string) for entry in catalogue if entry.id)
        texts |= {
            key: text for key, text in entries if isinstance(key, str) and isinstance(text, str) and text
        }
    return texts
