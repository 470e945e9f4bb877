"""What must hold of the wanted times."""

from collections.abc import Iterator

from core import Context, Label, Problem

from .fields import Contact


def times_ahead(asked: Contact, context: Context) -> Iterator[Problem]:
    """A wanted time is still to come, and ends after it begins, on the same day."""
    for place, slot in enumerate(asked.wanted or ()):
        if slot.starts_at <= context.now:
            yield Problem(f"wanted[{place}].starts_at", "past", Label("期望时间已过，请另选。", "That time is past; please choose another."))  # fmt: skip
        if not 0 < (slot.ends_at - slot.starts_at).total_seconds() <= 24 * 3600:
            yield Problem(f"wanted[{place}].ends_at", "wrong_end", Label("结束时间应晚于开始时间，且不超过一日。", "It must end after it begins, within a day."))  # fmt: skip


CHECKS = (times_ahead,)
