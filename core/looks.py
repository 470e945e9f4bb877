"""What a declaration may choose of the pages' looks: the colour family of a badge, and icons."""

from typing import Any

TONES = ("todo", "good", "back", "busy", "alarm", "done")
"""Colour families of badges: waits for the court, went well, was sent back, under way, urgent, over."""
ICONS = tuple(
    """
    alert-circle alert-triangle arrow-back arrow-forward-up arrow-left bell bulb calendar calendar-event check
    chevron-down chevron-left chevron-right clock database download exchange eye file-certificate file-text
    file-type-pdf files gavel history home inbox info-circle keyboard language link list-details lock lock-open
    logout message message-circle news notes photo plug printer refresh report scale search send settings shield
    transfer-in user users x
    """.split()
)
"""The drawings that set-up copies from the icon package, by its names (``core/assets``)."""


def known_tone(_of: object, _attribute: object, value: str) -> None:
    """Refuse a colour family that pages do not have (an attrs validator); empty leaves it to the host."""
    if value and value not in TONES:
        raise ValueError(f"there is no tone {value!r}; there are: {', '.join(TONES)}")


def known_tones(of: Any, attribute: object, value: Any) -> None:
    """Refuse tones of what may not be chosen, and tones that pages do not have (an attrs validator of a field's ``tones``)."""
    offered = [choice.value for choice in of.choices]
    for chosen, tone in value.items():
        known_tone(of, attribute, tone)
        if chosen not in offered:
            raise ValueError(f"tones names {chosen!r}, which is not among the choices: {', '.join(offered)}")


def known_icon(_of: object, _attribute: object, value: str) -> None:
    """Refuse an icon that was not copied (an attrs validator); empty leaves it to the host."""
    if value and value not in ICONS:
        raise ValueError(f"there is no icon {value!r}; there are: {', '.join(ICONS)}")
