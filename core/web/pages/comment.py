"""A message to the applicant: written in a dialog, in every state."""

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.visit import Visit
from core.work.comment import send_comment
from core.work.detail import read_detail


@frozen(eq=False)
class CommentPage:
    """``/m/<module>/<serial_no>/comment``."""

    def get(self, visit: Visit) -> Answer:
        """Show what was said so far and the composer."""
        return self._form(visit, 200, "", None)

    def post(self, visit: Visit) -> Answer:
        """Send it."""
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        text = visit.sent("text")
        try:
            send_comment(visit.house, visit.actor, module, serial_no, text)
        except Refused as refused:
            if refused.reason is not Reason.INVALID:
                raise
            said = next((problem.message for problem in refused.problems), refused.message)
            return self._form(visit, STATUSES[refused.reason], text, said)
        target = f"/m/{module}/{serial_no}"
        if visit.partial:
            return visit.render("parts/sent.html", serial_no=serial_no, target=target)
        return see_other(target + "#messages")

    def _form(self, visit: Visit, status: int, text: str, refused: Label | None) -> Answer:
        module, serial_no = visit.values["module"], visit.values["serial_no"]
        detail = read_detail(visit.house, visit.actor, module, serial_no)
        if not detail.may_comment:
            raise Refused(
                Reason.FORBIDDEN,
                "role",
                ("您的角色不能给申请人留言。", "Your role may not write to the applicant."),
            )
        template = "parts/comment.html" if visit.partial else "comment.html"
        return visit.render(
            template, status, base=f"/m/{module}/{serial_no}", application=detail.application, detail=detail, text=text,
            refused=refused,
        )  # fmt: skip
