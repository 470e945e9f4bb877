"""Ports and waiting: those of ``core.testing``."""

from core.testing.ports import answers, free_port, wait_until

__all__ = ["answers", "free_port", "wait_until"]
