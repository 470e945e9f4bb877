"""What the pages of the administration share: what came of an action, and what was refused."""

from collections.abc import Mapping

from core.fields.label import Label
from core.fields.problem import Problem, Reason, Refused

DONE: Mapping[str, Label] = {
    "add": Label("已添加。", "Added."),
    "activate": Label("已启用。", "Switched on."),
    "deactivate": Label("已停用。", "Switched off."),
    "roles": Label("角色已更新，下次操作即生效。", "The roles are changed; they hold from the next request."),
    "permission": Label("权限已更新，下次操作即生效。", "The permission is changed; it holds from the next request."),
    "declared": Label("已恢复模块默认的持有者。", "The permission is held again as the module declares."),
    "enable": Label("模块已启用，立即生效。", "The module is on, from the next request."),
    "disable": Label("模块已停用，数据保留。", "The module is off; nothing of it is lost."),
    "settings": Label("设置已保存，立即生效。", "The settings are saved and hold from now on."),
    "calendar": Label("日历已保存，相关期限已重新计算。", "The calendar is saved; the limits that waited for it are counted."),
    "template": Label("文书模板已保存，自下一份文书起使用。", "The template is saved; it holds from the next paper on."),
    "built_in": Label("已恢复内置文本，自下一份文书起使用。", "The built-in text is back, from the next paper on."),
    "wording": Label("通知用语已保存，自下一条通知起使用。", "The wording is saved; it holds from the next notice on."),
    "usual": Label("已恢复内置用语，自下一条通知起使用。", "The built-in wording is back, from the next notice on."),
    "hurry": Label("已安排立即运行，稍后刷新可见结果。", "It runs within seconds; reload to see what came of it."),
    "resend": Label("已重新排入发送。", "It is queued again."),
}  # fmt: skip
UNKNOWN_ACTION = Label("没有这种操作。", "There is no such action.")


def done_note(code: str) -> Label | None:
    """Return what to tell after an action; None where the address says nothing known."""
    return DONE.get(code)


def unknown_action() -> Refused:
    """Return the refusal for a form that asks for something this page does not do."""
    return Refused(Reason.INVALID, "unknown_action", UNKNOWN_ACTION, [Problem("action", "not_a_choice", UNKNOWN_ACTION)])  # fmt: skip


def shown_again(refused: Refused) -> None:
    """Let a refusal that the form itself can show pass; raise any other."""
    if refused.reason not in (Reason.INVALID, Reason.CONFLICT):
        raise refused


def said(refused: Refused | None) -> list[Label]:
    """Return the sentences of a refusal: those of its fields, or its own where it names none."""
    if refused is None:
        return []
    return [problem.message for problem in refused.problems] or [refused.message]
