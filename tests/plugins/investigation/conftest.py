"""A court with investigation orders on, and one case of its judge."""

import pytest

from tests.support.cases import open_case
from tests.support.houses import ROOT, Fixture


@pytest.fixture
def court(new_house) -> Fixture:
    """The court; the case is the judge's, and 丙某某 acts in it for 甲某某."""
    made = new_house("investigation", "sms", folders=(), assets_dir=ROOT / "var" / "assets")
    open_case(made)
    return made
