"""What every module's tests found their courts with, on both databases."""

from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]
