"""What the acceptance checks may ask for."""

from tests.support.founding import clean_loading, host_tables

__all__ = ["clean_loading", "host_tables"]
