"""Spreadsheets, streamed to a file; no text is ever taken for a formula."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.law.dates import SHANGHAI

_NAME = re.compile(r"[\[\]:*?/\\']")
"""What the name of a sheet must not have."""


def write_sheet(path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write ``rows`` below ``heads`` as an .xlsx file and return how many there were.

    Cells are text, numbers, dates or None; moments are shown in Shanghai time.
    """
    import xlsxwriter  # an export is rare, and a worker's memory is not

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_NAME.sub(" ", title)[:31])
        bold = book.add_format({"bold": True})
        formats = {
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 20)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, count, column, cell, formats)
    return count


def _write(sheet: Any, row: int, column: int, cell: Any, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell.astimezone(SHANGHAI).replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), formats["money"])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell)[:32767])
