"""A house to be watched, and the whole application around it."""

from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]
