"""The files of a request, in the order they were named."""

from collections.abc import Sequence

from core.records import ApplicationFile
from core.store.prepared import inserting
from core.values import Application
from core.work.opened import FileGiven
from core.work.transaction import Transaction

_ATTACH = inserting(
    ApplicationFile, "application_id", "court_code", "revision", "place", "category", "name", "sha256", "pages", "copies", "is_original",
)  # fmt: skip


def attach(tx: Transaction, application: Application, files: Sequence[FileGiven]) -> None:
    """Attach ``files`` to the request's present revision."""
    rows = [
        {
            "application_id": application.id, "court_code": application.court, "revision": application.revision,
            "place": place, "category": file.category, "name": file.name, "sha256": file.sha256,
            "pages": file.pages, "copies": file.copies, "is_original": file.is_original,
        }
        for place, file in enumerate(files)
    ]  # fmt: skip
    _ATTACH.later(tx.connection, *rows)
