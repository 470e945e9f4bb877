"""The envelope of what comes from outside, checked in one pass with the fields inside it."""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen

from core.fields.bind import MISSING, UNKNOWN, bind, work_out
from core.fields.kinds import Unfit, read_text
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.fields.spec import specs_of
from core.law import case_number as case_numbers
from core.law.errors import LawError
from core.module import Flow, RequestType
from core.records import ApplicationRow, CaseRow
from core.store.prepared import PreparedRead
from core.values import Application, Submitter
from core.work.body_files import read_attachments, unknown_in
from core.work.context import Around, around
from core.work.opened import FileGiven
from core.work.transaction import Transaction

SUBMISSION_FIELDS = frozenset(
    {"kind", "submission_id", "submitter", "case_number", "parent", "fields", "attachments"}
)
RESUBMISSION_FIELDS = frozenset({"submission_id", "submitter", "fields", "attachments"})
SUBMISSION_ID = re.compile(r"[!-~]{1,128}")

_CASE = PreparedRead(
    sa.select(CaseRow.id, CaseRow.handler_id).where(
        CaseRow.court_code == sa.bindparam("court"), CaseRow.case_number == sa.bindparam("number")
    )
)


@frozen
class CaseGiven:
    """The case a body names, and who handles it."""

    id: int
    case_number: str
    handler: int | None


@frozen
class Body:
    """A body in which nothing is wrong."""

    submission_id: str
    submitter: Submitter
    case: CaseGiven | None
    parent: str | None
    fields: Any
    attachments: tuple[FileGiven, ...]


def check_body(
    tx: Transaction, flow: Flow, raw: Mapping[str, Any], client: int, before: Application | None = None
) -> Body:
    """Return ``raw`` as a Body: of a new request, or of the next revision of ``before``, which keeps its case.

    Raises:
        Refused: something is wrong; every wrong field is named at once.
    """
    allowed = RESUBMISSION_FIELDS if before else SUBMISSION_FIELDS
    problems = unknown_in(raw, allowed)
    submission_id = raw.get("submission_id")
    if not isinstance(submission_id, str) or not SUBMISSION_ID.fullmatch(submission_id):
        problems.append(Problem("submission_id", "missing", Label("请给出提交编号（1至128个可见ASCII字符）。", "Give a submission id of 1 to 128 visible ASCII characters.")))  # fmt: skip
    submitter, found = bind(Submitter, raw.get("submitter", {}), tx.registers)
    problems += [problem.under("submitter") for problem in found]
    case, parent = None, None
    if before is None:
        case, found = _case(tx, flow, raw.get("case_number"))
        problems += found
        parent, found = _parent(tx, flow, raw.get("parent"))
        problems += found
    given = raw.get("fields", {})
    fields, found = bind(flow.fields, given, tx.registers)
    problems += [problem.under("fields") for problem in found]
    if fields is not None and submitter is not None:
        if before is None:
            module = tx.house.modules.owner[flow.kind]
            context = Around(tx=tx, module=module, submitter=submitter, submitted_at=tx.at, case_id=case.id if case else None)  # fmt: skip
        else:
            context = evolve(around(tx, flow, before), submitter=submitter)
        problems += [_placed(problem, flow) for check in flow.checks for problem in check(fields, context)]
        fields = work_out(fields, context) if not problems else fields
    values = given if type(given) is dict or isinstance(given, Mapping) else {}
    attachments, found = read_attachments(tx, flow.attachments, raw.get("attachments", []), values, client)
    problems += found
    if problems:
        raise invalid(problems)
    return Body(str(submission_id), submitter, case, parent, fields, attachments)


def _placed(problem: Problem, flow: Flow) -> Problem:
    """Return a module's problem under the fields, unless it names what stands beside them in the body."""
    head = re.split(r"[.\[]", problem.field, maxsplit=1)[0]
    return problem if head in SUBMISSION_FIELDS - specs_of(flow.fields).keys() else problem.under("fields")


def _case(tx: Transaction, flow: Flow, raw: Any) -> tuple[CaseGiven | None, list[Problem]]:
    rule = flow.case if isinstance(flow, RequestType) else "none"
    if raw is None:
        return None, [
            Problem("case_number", "missing", MISSING)
        ] if rule == "required" and not flow.parent else []
    if rule == "none":
        return None, [Problem("case_number", "unknown_field", Label("此类申请不带案号。", "This kind of request carries no case number."))]  # fmt: skip
    try:
        parsed = case_numbers.parse(read_text(raw))
    except LawError as error:
        return None, [Problem("case_number", error.code, Label(error.message_zh, error.message_en))]
    except Unfit as unfit:
        return None, [Problem("case_number", unfit.code, unfit.message)]
    if parsed.court != tx.court:
        name = tx.registers.court_name(parsed.court) or parsed.court
        return None, [Problem("case_number", "other_court", Label(f"此案号属于{name}，不是本院案件，请向该院提交。", f"This number is of {name}, not of this court; file it there."))]  # fmt: skip
    number = str(parsed)
    known = _CASE.first(tx.connection, {"court": tx.court, "number": number})
    if known is None:
        return None, [Problem("case_number", "unknown_case", Label(f"本院没有案号为{number}的案件，请核对。", f"This court has no case {number}; please check the number."))]  # fmt: skip
    return CaseGiven(known.id, number, known.handler_id), []


def _parent(tx: Transaction, flow: Flow, raw: Any) -> tuple[str | None, list[Problem]]:
    if flow.parent is None:
        return None, [] if raw is None else [Problem("parent", "unknown_field", UNKNOWN)]
    if not isinstance(raw, str):
        return None, [Problem("parent", "missing", Label(f"请给出所属“{flow.parent.title.zh}”的流水号。", f"Give the serial number of the {flow.parent.title.en} it belongs to."))]  # fmt: skip
    row = tx.connection.execute(
        sa.select(ApplicationRow.kind, ApplicationRow.state).where(
            ApplicationRow.court_code == tx.court, ApplicationRow.serial_no == raw
        )
    ).one_or_none()
    if row is None or row.kind != flow.parent.kind:
        return None, [Problem("parent", "unknown_parent", Label(f"没有流水号为{raw[:32]}的“{flow.parent.title.zh}”。", f"There is no {flow.parent.title.en} {raw[:32]}."))]  # fmt: skip
    if flow.parent_states and row.state not in flow.parent_states:
        state = flow.parent.state(row.state).applicant
        return None, [Problem("parent", "parent_closed", Label(f"所属“{flow.parent.title.zh}”现为“{state.zh}”，不能再提交。", f"The {flow.parent.title.en} stands at “{state.en}”; nothing more can be added."))]  # fmt: skip
    return raw, []
