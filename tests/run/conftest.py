"""The real server, to be stopped, killed and looked after."""

from tests.held.conftest import opened
from tests.support.founding import quick_passwords

__all__ = ["opened", "quick_passwords"]
