"""What the module is called, and its place in the menu."""

from core import Label

TITLE = Label("诉前调解", "Pre-action mediation")
ORDER = 15
