"""The refusals that several use cases share, so that the same thing is always said in the same words."""

from core.fields.label import Label
from core.fields.problem import Reason, Refused


def not_found() -> Refused:
    """Return the refusal for what is not there, or must not be known to be."""
    return Refused(
        Reason.NOT_FOUND,
        "not_found",
        ("没有找到您要的内容，可能已移走或不在您的权限内。", "It is not here, or not yours to see."),
    )


def not_mine() -> Refused:
    """Return the refusal for what is of my court but not mine."""
    return Refused(
        Reason.FORBIDDEN,
        "not_yours",
        (
            "此件由其他承办人办理，您没有查看权限；如需办理，请联系立案庭分派。",
            "Another person handles this; ask the filing division to assign it to you.",
        ),
    )


def may_not(what_zh: str, what_en: str) -> Refused:
    """Return the refusal for an act outside one's role."""
    return Refused(Reason.FORBIDDEN, "role", (f"您的角色不能{what_zh}。", f"Your role may not {what_en}."))


def stale(shown: object = None) -> Refused:
    """Return the refusal for acting on a version that has been overtaken."""
    return Refused(
        Reason.CONFLICT,
        "stale_version",
        (
            "此件在您操作期间已被他人更新，请核对最新情况后再提交；您填写的内容已保留。",
            "Somebody changed this meanwhile; check what changed and send again. Your text is kept.",
        ),
        shown=shown,
    )


def wrong_state(state_zh: str, state_en: str) -> Refused:
    """Return the refusal for a step that the present state does not allow."""
    return Refused(
        Reason.CONFLICT,
        "wrong_state",
        (
            f"此件现为“{state_zh}”状态，不能进行此操作。",
            f"It stands at “{state_en}”; this step is not possible now.",
        ),
    )


def not_offered(step: Label) -> Refused:
    """Return the refusal for a step that does not exist for this request as the court has set things."""
    return Refused(
        Reason.CONFLICT,
        "not_offered",
        (
            f"按本院设置和此件情况，不适用“{step.zh}”。",
            f"“{step.en}” does not apply to this request as things stand.",
        ),
    )
