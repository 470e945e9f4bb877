"""What tests of the author's way need: the command line on an embedded database."""

import pytest

from tests.cli.conftest import Run, drop, operator
from tests.support.founding import clean_loading, host_tables, quick_passwords

__all__ = ["clean_loading", "drop", "host_tables", "operator", "quick_passwords"]


@pytest.fixture
def run(operator, tmp_path) -> Run:
    """Run commands against an embedded database of the test's own."""
    return operator(f"sqlite:///{tmp_path / 'own.db'}")
