"""What is sent to the database: the ear of ``core.testing``."""

from core.testing.statements import sent_to

__all__ = ["sent_to"]
