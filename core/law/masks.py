"""Masks for lists and exports (个人信息保护法第6条: no more is shown than the purpose needs)."""

from __future__ import annotations

_STAR = "*"
_HIDDEN_AT_LEAST = 4


def mask_id(value: str) -> str:
    """Show the first six and the last four characters of an identity number; less of a short one."""
    return _mask(value, 6, 4)


def mask_phone(value: str) -> str:
    """Show the first three and the last four characters of a telephone number; less of a short one."""
    return _mask(value, 3, 4)


def mask_name(value: str) -> str:
    """Show the first character of a name."""
    return _mask(value, 1, 0)


def _mask(value: str, head: int, tail: int) -> str:
    if tail and len(value) - head - tail < _HIDDEN_AT_LEAST:
        head, tail = 1, 0
    if len(value) <= head:
        return _STAR * len(value)
    return value[:head] + _STAR * (len(value) - head - tail) + value[len(value) - tail :]
