"""A court with postponements on, and one case of its judge with a hearing to come."""

import pytest

from tests.plugins.postponement.asking import FIRST
from tests.support.brought import bring, case, hearing
from tests.support.houses import ROOT, Fixture


@pytest.fixture
def court(new_house) -> Fixture:
    """The court; its case is the judge's, in ordinary procedure, heard on FIRST."""
    made = new_house("postponement", "sms", "register", folders=(), assets_dir=ROOT / "var" / "assets")
    bring(made, case(hearings=[hearing(FIRST)]))
    return made
