"""What the tests of what is kept may ask for."""

from tests.support.founding import (
    clean_loading,
    founded,
    founded_url,
    host_tables,
    new_house,
    quick_passwords,
)

__all__ = ["clean_loading", "founded", "founded_url", "host_tables", "new_house", "quick_passwords"]
