"""What a check found: one sentence each, and whether it is a fault or only worth knowing."""

from attrs import frozen

from core.fields.label import Label


@frozen
class Finding:
    """``code`` for programs, the sentence for people; ``wrong`` makes the check fail."""

    code: str
    message: Label
    wrong: bool = True


def wrong(code: str, zh: str, en: str) -> Finding:
    """Return a fault."""
    return Finding(code, Label(zh, en))


def told(code: str, zh: str, en: str) -> Finding:
    """Return what is worth knowing and no fault."""
    return Finding(code, Label(zh, en), wrong=False)
