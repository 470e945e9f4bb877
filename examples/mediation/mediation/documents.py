"""The papers of the module."""

from core import Paper

PAPERS = [
    Paper("referral", ("委派调解函", "Letter of referral"), "referral.md", number="委调", to="court"),
    Paper("information", ("诉前调解告知书", "Information on mediation"), "information.md"),
    Paper("ended", ("诉前调解结束告知书", "Notice of the end of mediation"), "ended.md"),
]
