"""A court with contacts on and one case of its judge, on both databases."""

import pytest

from tests.support.cases import open_case
from tests.support.houses import ROOT, Fixture


@pytest.fixture
def court(new_house) -> Fixture:
    """The court; the case is the judge's. It is Monday, 2026-11-23, in the morning."""
    made = new_house("contact", "sms", folders=(), assets_dir=ROOT / "var" / "assets")
    open_case(made)
    return made
