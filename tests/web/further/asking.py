"""The browser without a window of ``core.testing``."""

from core.testing.browsing import Browser, Reply, row

__all__ = ["Browser", "Reply", "row"]
