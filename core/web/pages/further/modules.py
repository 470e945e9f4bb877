"""The switchboard of the modules: what each is, how it stands, on or off."""

from collections.abc import Mapping

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.visit import Visit
from core.work.switches import ModuleStatus, disable, enable, module_states

STEPS: Mapping[str, Label] = {
    "find": Label("查找", "Finding"), "import": Label("导入", "Import"), "declare": Label("声明", "Declaration"),
    "version": Label("版本", "Version"), "clash": Label("重名检查", "Clash of names"), "require": Label("依赖", "Requirements"),
    "hooks": Label("接口登记", "Hooks"), "tables": Label("数据表", "Tables"), "ready": Label("正常", "Works"),
}  # fmt: skip

COURTS = 4
"""So many courts are named where a module is on; of more the number is said."""


@frozen
class Line:
    """One module, ready for the table."""

    status: ModuleStatus
    title: Label
    step: Label
    works: bool
    needs: tuple[str, ...]
    action: str
    """``enable``, ``disable`` or empty where this page cannot switch it."""


@frozen(eq=False)
class ModulesPage:
    """``/admin/modules``."""

    def get(self, visit: Visit) -> Answer:
        """Show them all."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Switch one; a refusal names the cure."""
        name, action = visit.sent("module"), visit.sent("action")
        try:
            if action not in ("enable", "disable"):
                raise unknown_action()
            _not_restricted(visit, name)
            (enable if action == "enable" else disable)(visit.house, visit.actor, name)
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)
        return see_other(f"/admin/modules?done={action}")

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        lines = [_line(visit, one) for one in module_states(visit.house, visit.actor.court)]
        return visit.render(
            "further/modules.html", STATUSES[refused.reason] if refused else 200, lines=lines, wrong=said(refused),
            done=done_note(visit.asked("done")), courts_shown=COURTS, traced=visit.house.hooks.traces.whole,
        )  # fmt: skip


def _line(visit: Visit, one: ModuleStatus) -> Line:
    module = visit.house.modules.module(one.name)
    works = module is not None
    if one.restricted or (one.required and one.enabled):
        action = ""
    elif one.enabled:
        action = "disable"
    else:
        action = "enable" if works else ""
    title = Label(one.title_zh, one.title_en)
    step = STEPS.get(one.step, Label(one.step, one.step))
    return Line(one, title, step, works, module.requires if module else (), action)


def _not_restricted(visit: Visit, name: str) -> None:
    module = visit.house.modules.module(name)
    if module is not None and module.restricted:
        raise Refused(Reason.CONFLICT, "restricted", ("此模块只能由运维人员用命令行启停。", "Only the operator's command line switches this module."))  # fmt: skip
