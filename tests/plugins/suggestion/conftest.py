"""A court with suggestions on and one case of its judge."""

import pytest

from tests.support.cases import open_case
from tests.support.houses import ROOT, Fixture


@pytest.fixture
def court(new_house) -> Fixture:
    """The court; the case is the judge's."""
    made = new_house("suggestion", "sms", folders=(), assets_dir=ROOT / "var" / "assets")
    open_case(made)
    return made
