"""What to know before deciding."""

from collections.abc import Iterator

from core import Application, Context, Label


def hints(application: Application, context: Context) -> Iterator[Label]:
    """Say whether both sides agree, whom they chose, and what happens when the time is over."""
    asked = application.fields
    if application.state == "SUBMITTED" and asked.consent != "agreed":
        yield Label(
            "对方当事人尚未同意调解：委派前应征得双方同意（特邀调解规定第11条）。",
            "The other side has not agreed yet: both must agree before it is assigned.",
        )
    if application.state == "SUBMITTED" and asked.mediator_wished:
        yield Label(f"双方商定：{asked.mediator_wished}。", f"Both sides chose {asked.mediator_wished}.")
    if application.state == "MEDIATING" and asked.ends_on is not None:
        left = (asked.ends_on - context.today).days
        yield Label(
            f"调解期限至{asked.ends_on}，还有{max(left, 0)}日；期满未达成协议的，自动转待移送立案。",
            f"Mediation ends on {asked.ends_on}, in {max(left, 0)} days; without agreement it is then to be docketed.",
        )
