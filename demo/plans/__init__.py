"""What the demo tells of each kind of request, besides filings."""

from collections.abc import Mapping

from demo.moves import Plan
from demo.plans.appeal import APPEALS
from demo.plans.contact import CONTACTS
from demo.plans.investigation import INVESTIGATIONS
from demo.plans.postponement import POSTPONEMENTS
from demo.plans.preservation import PRESERVATIONS
from demo.plans.suggestion import SUGGESTIONS

PLANS: Mapping[str, tuple[Plan, ...]] = {
    "appeal": APPEALS,
    "postponement": POSTPONEMENTS,
    "preservation": PRESERVATIONS,
    "investigation": INVESTIGATIONS,
    "contact": CONTACTS,
    "suggestion": SUGGESTIONS,
}
"""By kind; a kind whose module is not installed, or off in a court, is left out there."""

__all__ = ["PLANS"]
