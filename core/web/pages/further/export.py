"""A queue as a spreadsheet, under the conditions of the page."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from attrs import frozen

from core.fields.problem import invalid
from core.module import Flow
from core.web.answer import Answer, disposition
from core.web.pages.queue import Asked, flow_of, read_asked
from core.web.visit import Visit
from core.work.export import export_queue
from core.work.times import court_day

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BLOCK = 64 * 1024


@frozen(eq=False)
class ExportPage:
    """``/m/<module>/export.xlsx``."""

    def get(self, visit: Visit) -> Answer:
        """Send the rows that the conditions of the address ask for.

        A condition that cannot be read is refused: leaving it out would send more than was asked for.
        """
        flow = flow_of(visit, visit.values["module"])
        asked = read_asked(visit, flow, restore=False)
        if asked.problems:
            raise invalid(asked.problems)
        made = _made(visit, flow, asked)
        size = made.seek(0, 2)
        made.seek(0)
        name = f"{flow.title.in_(visit.language)} {court_day(visit.now).isoformat()}.xlsx"
        headers = {"Content-Disposition": disposition(name), "Content-Length": str(size)}
        return Answer(_sent(made), content_type=SHEET, headers=headers)


def _made(visit: Visit, flow: Flow, asked: Asked) -> BinaryIO:
    """Return the written file as one without a name: it is gone as soon as it is closed."""
    made = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - whoever sends it closes it
    try:
        with tempfile.TemporaryDirectory(prefix="benchside-") as folder:
            path = Path(folder) / "export.xlsx"
            export_queue(
                visit.house, visit.site.queues, visit.actor, visit.here.enabled, flow, asked.conditions, path,
                language=visit.language,
            )  # fmt: skip
            with path.open("rb") as written:
                shutil.copyfileobj(written, made, _BLOCK)
    except BaseException:
        made.close()
        raise
    return made


def _sent(made: BinaryIO) -> Iterator[bytes]:
    with made:
        while block := made.read(_BLOCK):
            yield block
