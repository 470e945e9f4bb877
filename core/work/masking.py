"""What lists and exports show of a value: its words; of personal data only enough to recognise it."""

from decimal import Decimal
from typing import Any

from core.fields.spec import FieldSpec
from core.law.identity import mask_id, mask_phone

_PHONES = frozenset({"mobile", "telephone"})


def masked(spec: FieldSpec, value: Any, language: str) -> str:
    """Return ``value`` as a list shows it."""
    if value is None:
        return ""
    if not spec.personal:
        return spec.kind.show(value, spec, language)
    return mask_phone(str(value)) if spec.kind.name in _PHONES else mask_id(str(value))


def shown(spec: FieldSpec, value: Any, language: str) -> Any:
    """Return ``value`` as a spreadsheet's cell: amounts and counts stay numbers."""
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return masked(spec, value, language)
