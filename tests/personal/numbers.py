"""Fictional numbers, and a request that holds all of them."""

from pathlib import Path
from typing import Any

from tests.support.acting import file_one
from tests.support.houses import COURT, TEST_MODULES, Fixture

FOLDERS = (Path(__file__).parent / "modules", TEST_MODULES)
RESIDENT, PASSPORT, PHONE, MAIL = "440100190001010014", "E19000101", "19900000007", "a19000101@example.com"
RELATIVE, RELATIVE_ID, FILED, FILED_ID = (
    "19900000008",
    "440100190102281235",
    "19900000009",
    "440100190001010022",
)
CALLED = "020-19000107"
FIELDS = {
    "name": "乙某某", "secretly": False, "resident_id": RESIDENT, "passport": PASSPORT, "phone": PHONE, "mail": MAIL,
    "relatives": [{"name": "丁某某", "phone": RELATIVE, "id_no": RELATIVE_ID}],
}  # fmt: skip
SUBMITTER = {"role": "party", "name": "甲某某", "phone": FILED, "id_type": "居民身份证", "id_no": FILED_ID}
FILED_NUMBERS = (RESIDENT, PASSPORT, PHONE, MAIL, RELATIVE, RELATIVE_ID, FILED, FILED_ID)


def file_person(fixture: Fixture, number: object = 1, court: str = COURT, **fields: Any) -> str:
    """File a request with all the numbers and return its serial number."""
    given = {"fields": FIELDS | fields, "submitter": SUBMITTER}
    return str(file_one(fixture, "person", number, court=court, **given).application.serial_no)
