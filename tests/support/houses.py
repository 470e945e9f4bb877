"""The house of ``core.testing``, with the folders and the keys of this repository."""

from functools import partial

from core.settings import ROOT
from core.testing import houses
from core.testing.houses import COURT, OPERATOR, OTHER, PASSWORD, STAFF, START, Clock, Fixture

__all__ = [
    "COURT", "KEYS", "OPERATOR", "OTHER", "PASSWORD", "ROOT", "STAFF", "START", "TEST_MODULES", "Clock", "Fixture", "make_house",
]  # fmt: skip

KEYS = ROOT / "var" / "cache" / "keys-of-the-tests.json"
"""One file of keys for all: databases are copied from one house to the next."""
TEST_MODULES = ROOT / "tests" / "modules"
make_house = partial(houses.make_house, keys=KEYS)
