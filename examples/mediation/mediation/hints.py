"""What whoever decides should know beforehand."""

from collections.abc import Iterable
from typing import Any

from core import Context, Label, law

from .fields import AGREES

NOT_AGREED = Label(
    "对方当事人尚未同意调解，委派前应当征得其同意（特邀调解规定第11条）。",
    "The other side has not agreed yet; its consent is needed first (特邀调解规定 11).",
)


def before_deciding(application: Any, context: Context) -> Iterable[Label]:
    """Say whether the other side agrees, whom both chose, and how many days are left."""
    fields = application.fields
    if context.state == "SUBMITTED":
        if fields.consent != AGREES:
            yield NOT_AGREED
        if fields.chosen_mediator:
            chosen = fields.chosen_mediator
            yield Label(f"双方共同选定的调解员：{chosen}。", f"Mediator chosen by both sides: {chosen}.")
    if fields.ends_on:
        left = law.periods.remaining_days(fields.ends_on, context.today)
        yield Label(f"调解期限还剩{left}天。", f"Days left for mediation: {left}.")
