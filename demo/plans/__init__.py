"""What the demo tells of each kind of request, besides filings."""

from collections.abc import Mapping

from demo.matters import Plan
from demo.plans.suggestion import SUGGESTIONS

PLANS: Mapping[str, tuple[Plan, ...]] = {
    "suggestion": SUGGESTIONS,
}
"""By kind; a kind whose module is not installed, or off in a court, is left out there."""

__all__ = ["PLANS"]
