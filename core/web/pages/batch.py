"""One direct decision for many requests, each answered by itself."""

from attrs import frozen

from core.fields.label import Label
from core.fields.problem import Problem, Refused, invalid
from core.web.answer import Answer
from core.web.pages.queue import batch_decisions, flow_of
from core.web.visit import Visit
from core.work.review import decide

MOST = 200


@frozen
class Result:
    """What came of one of them."""

    serial_no: str
    done: bool
    text: Label


@frozen(eq=False)
class BatchPage:
    """``/m/<module>/batch``."""

    def post(self, visit: Visit) -> Answer:
        """Carry the decision out for each; one that is refused does not keep the others back."""
        module = visit.values["module"]
        flow = flow_of(visit, module)
        code = visit.sent("decision")
        decision = next((one for one in batch_decisions(flow, visit) if one.code == code), None)
        serials = list(dict.fromkeys(visit.form.get("serial_no", [])))
        problems = []
        if decision is None:
            problems.append(
                Problem("decision", "not_a_choice", Label("请选择要批量办理的操作。", "Choose what to do."))
            )
        if not serials or len(serials) > MOST:
            problems.append(
                Problem(
                    "serial_no", "missing", Label(f"请勾选1至{MOST}件申请。", f"Tick 1 to {MOST} requests.")
                )
            )
        if problems or decision is None:
            raise invalid(problems)
        results = [self._one(visit, module, serial, code) for serial in serials]
        return visit.render("batch.html", module=module, flow=flow, decision=decision, results=results)

    def _one(self, visit: Visit, module: str, serial_no: str, code: str) -> Result:
        try:
            after = decide(visit.house, visit.actor, module, serial_no, code, None)
        except Refused as refused:
            said = [refused.message, *(problem.message for problem in refused.problems)]
            return Result(serial_no, done=False, text=said[-1])
        flow = visit.house.modules.flow(after.kind)
        return Result(serial_no, done=True, text=flow.state(after.state).label if flow else Label("", ""))
