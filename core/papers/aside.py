"""Papers are set in a process of their own, at low priority: setting one takes longer than a page, and Python does one at a time.

The process is there while there are papers to set. It is told one at a time on its standard input and answers on its
standard output, both as pickles: they come from our own program, and go nowhere else.
"""

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from core.papers.blocks import Document
from core.papers.docx import DocxWriter
from core.papers.fonts import PaperFonts
from core.papers.pdf import PdfWriter

_POLITE = 10
"""Added to the priority number: whoever serves people comes first."""
_IDLE = 60.0
"""Seconds without a paper after which the process is let go."""


class NotSet(Exception):
    """A paper that could not be set; with what was said of it."""


class Aside:
    """The process, begun with the first paper."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._used = 0.0

    def write(
        self, family: str, folder: Path | None, document: Document, forms: tuple[str, ...]
    ) -> dict[str, bytes]:
        """Return ``document`` as a file of each of ``forms`` (``pdf``, ``docx``).

        Raises:
            NotSet: it cannot be set, or the process has died of it.
        """
        process, self._used = self._running(), time.monotonic()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((family, folder, document, forms), process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)  # noqa: S301 - from our own program
        except (OSError, EOFError) as error:
            self.close()
            raise NotSet("the process that sets papers ended") from error
        if isinstance(answer, str):
            raise NotSet(answer)
        files: dict[str, bytes] = answer
        return files

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-c", "from core.papers.aside import serve; serve()"]
            root = Path(__file__).resolve().parent.parent.parent
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)  # noqa: S603 - our own program again
        return self._process

    def rest(self) -> None:
        """End the process, where it has had nothing to do for a while."""
        if time.monotonic() - self._used > _IDLE:
            self.close()

    def close(self) -> None:
        """End the process, where it runs."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.communicate()


def serve() -> None:
    """Set what is asked for until nobody asks any more."""
    os.nice(_POLITE)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    writers: dict[Any, dict[str, PdfWriter | DocxWriter]] = {}
    while True:
        try:
            family, folder, document, forms = pickle.load(asked)  # noqa: S301 - from our own program
        except (EOFError, KeyboardInterrupt):
            return
        answer: dict[str, bytes] | str
        try:
            if (family, folder) not in writers:
                fonts = PaperFonts(family, folder)
                writers[family, folder] = {"pdf": PdfWriter(fonts), "docx": DocxWriter(fonts)}
            answer = {form: writers[family, folder][form].write(document) for form in forms}
        except Exception as error:  # noqa: BLE001 - one paper that cannot be set must not end it for the others
            answer = f"{type(error).__name__}: {error}"
        pickle.dump(answer, answers)
        answers.flush()
