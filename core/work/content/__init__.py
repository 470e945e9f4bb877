"""What lies inside a file that may be filed: what nobody could read, or what acts by itself, is refused by name."""

from pathlib import Path

from core.work.content.office import check_archive, check_word
from core.work.content.pdf import check_pdf
from core.work.content.picture import check_picture

_WORD = "application/msword"


def examine(path: Path, mime: str) -> None:
    """Look inside the file at ``path``, which was found to be of ``mime``.

    Raises:
        Refused: it is broken or locked, or carries what acts by itself; the sentence says which.
    """
    if mime == "application/pdf":
        check_pdf(path)
    elif mime.startswith("image/"):
        check_picture(path)
    elif mime == _WORD:
        check_word(path)
    elif mime.startswith("application/"):
        check_archive(path)
