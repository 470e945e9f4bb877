"""What lists, pages and exports show of a value: its words; of personal data only enough to recognise it."""

import re
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Connection

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec
from core.law.masks import mask_id, mask_name, mask_phone
from core.store.sealed import is_number
from core.values import Actor, Application
from core.work.house import House
from core.work.transaction import Transaction

_PHONES = (KINDS.mobile, KINDS.telephone)
_MOBILE = re.compile(r"1[0-9]{10}")


def masked(spec: FieldSpec, value: Any, language: str) -> str:
    """Return ``value`` as a list shows it."""
    if value is None:
        return ""
    text = spec.kind.show(value, spec, language)
    return hidden(spec, text) if spec.personal else text


def hidden(spec: FieldSpec, text: str) -> str:
    """Return as much of personal data as it takes to recognise it: the ends of a number, the beginning of all else."""
    if spec.kind in _PHONES or _MOBILE.fullmatch(text):
        return mask_phone(text)
    return mask_id(text) if spec.kind.identifies or (is_number(text) and "@" not in text) else mask_name(text)


def record_shown(house: House, actor: Actor, application: Application, field: str) -> None:
    """Record that the personal data in ``field`` of a request was shown: who, where, which, and never what."""

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        tx.audit(f"{application.kind}.show", application.serial_no, {"field": field})

    house.store.write(work)


def shown(spec: FieldSpec, value: Any, language: str) -> Any:
    """Return ``value`` as a spreadsheet's cell: amounts and counts stay numbers."""
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return masked(spec, value, language)
