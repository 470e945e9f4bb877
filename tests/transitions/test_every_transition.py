"""Every transition of every module, by every role, in every state: what is allowed works, all else is refused as promised."""

import pytest

from core.loader import find_modules, load_modules
from tests.support.houses import ROOT
from tests.transitions.walk import Walker, Way

KINDS = [
    flow.kind
    for _, module in load_modules(find_modules([ROOT / "plugins"]), strict=True).ordered()
    for flow in module.requests
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_transition_by_every_role_in_every_state(stages, kind):
    """The ways are looked for on SQLite, where that is quick, and gone again on PostgreSQL."""
    ways: set[Way] = set()
    for brand in ("sqlite", "postgresql"):
        stage = stages(brand)
        walker = Walker(stage, stage.fixture.house.modules.flow(kind), ways)
        report = walker.run()
        assert not report.faults, "\n".join([brand, *report.faults])
        states = {state.code for state in stage.flow.states}
        assert report.tried["403"] >= len(states)
        assert report.tried["404"] >= len(states)
        ways = walker.ways
