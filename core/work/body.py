"""The envelope of what comes from outside, checked in one pass with the fields inside it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
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
from core.module import Attachment, Flow, RequestType
from core.records import ApplicationRow, Blob, CaseRow, FileUpload
from core.store.prepared import PreparedRead
from core.values import Application, Submitter
from core.work.context import Around, around
from core.work.opened import FileGiven
from core.work.sniff import SUFFIXES, name_fits
from core.work.transaction import Transaction

SUBMISSION_FIELDS = frozenset(
    {"kind", "submission_id", "submitter", "case_number", "parent", "fields", "attachments"}
)
RESUBMISSION_FIELDS = frozenset({"submission_id", "submitter", "fields", "attachments"})
_FILE_FIELDS = frozenset({"sha256", "name", "category", "pages", "copies", "is_original"})
_AT_ONCE = 256
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Marks that turn the direction of writing, breaks, blanks of no width: they make one name look like another."""
SUBMISSION_ID = re.compile(r"[!-~]{1,128}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_NAME = re.compile(r'[<>:"|?*]')

_CASE = PreparedRead(
    sa.select(CaseRow.id, CaseRow.handler_id).where(
        CaseRow.court_code == sa.bindparam("court"), CaseRow.case_number == sa.bindparam("number")
    )
)


@cache
def _uploads(count: int) -> PreparedRead:
    """Return what asks after ``count`` files, a power of two: their digests are bound as ``digest_0`` and so on."""
    digests = [sa.bindparam(f"digest_{place}", type_=sa.String()) for place in range(count)]
    return PreparedRead(
        sa.select(FileUpload.sha256, Blob.mime)
        .join(Blob, Blob.sha256 == FileUpload.sha256)
        .where(
            FileUpload.court_code == sa.bindparam("court"),
            FileUpload.client_id == sa.bindparam("client"),
            FileUpload.sha256.in_(digests),
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
    problems = _unknown(raw, allowed)
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
    values = given if isinstance(given, Mapping) else {}
    attachments, found = read_attachments(tx, flow.attachments, raw.get("attachments", []), values, client)
    problems += found
    if problems:
        raise invalid(problems)
    return Body(str(submission_id), submitter, case, parent, fields, attachments)


def _unknown(raw: Mapping[str, Any], allowed: Collection[str]) -> list[Problem]:
    return [Problem(str(name), "unknown_field", UNKNOWN) for name in raw if name not in allowed]


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


def read_attachments(
    tx: Transaction, offered: Sequence[Attachment], raw: Any, values: Mapping[str, Any], client: int
) -> tuple[tuple[FileGiven, ...], list[Problem]]:
    """Return the files named in ``raw`` under the categories ``offered``, and what is wrong with them."""
    if not isinstance(raw, list):
        return (), [Problem("attachments", "not_a_list", Label("应为列表。", "A list is expected here."))]
    categories = {one.category: one for one in offered}
    files: list[FileGiven] = []
    problems: list[Problem] = []
    for place, one in enumerate(raw):
        file, found = _file(one, categories)
        if file is not None:
            files.append(file)
        else:
            problems += [problem.under(f"attachments[{place}]") for problem in found]
    problems += _unfit_content(tx, client, raw)
    named = [one.get("category") for one in raw if isinstance(one, dict)]
    for category in offered:
        count = named.count(category.category)
        if count == 0 and category.needed(values):
            problems.append(Problem("attachments", "missing_attachment", Label(f"缺少附件：{category.zh}（{category.category}）。", f"Missing attachment: {category.en} ({category.category}).")))  # fmt: skip
        if count > category.maximum:
            problems.append(Problem("attachments", "too_many", Label(f"附件“{category.zh}”最多{category.maximum}个。", f"At most {category.maximum} files of {category.en}.")))  # fmt: skip
    return tuple(files), problems


def _file(raw: Any, categories: Mapping[str, Attachment]) -> tuple[FileGiven | None, list[Problem]]:
    if not isinstance(raw, dict):
        return None, [Problem("", "not_an_object", Label("应为对象。", "An object is expected here."))]
    problems = [] if raw.keys() <= _FILE_FIELDS else _unknown(raw, _FILE_FIELDS)
    digest = raw.get("sha256")
    if not _is_digest(digest):
        problems.append(Problem("sha256", "not_a_digest", Label("应为64位小写十六进制的SHA-256摘要。", "Give the SHA-256 digest as 64 lower-case hex digits.")))  # fmt: skip
    category = raw.get("category")
    if not isinstance(category, str) or category not in categories:
        offered = "、".join(categories)
        problems.append(Problem("category", "not_a_choice", Label(f"附件类别只能取：{offered}。", f"The category must be one of: {offered}.")))  # fmt: skip
    try:
        name = safe_name(read_text(raw.get("name")))
    except Unfit as unfit:
        name = ""
        problems.append(Problem("name", unfit.code, unfit.message))
    for key in ("pages", "copies"):
        held = raw.get(key)
        if held is not None and (type(held) is not int or not 1 <= held <= 100_000):
            problems.append(Problem(key, "not_whole", Label("应为1至100000的整数。", "Give a whole number from 1 to 100000.")))  # fmt: skip
    if not isinstance(raw.get("is_original", False), bool):
        problems.append(
            Problem("is_original", "not_yes_no", Label("应为 true 或 false。", "It must be true or false."))
        )
    if problems:
        return None, problems
    return FileGiven(
        str(digest),
        name,
        str(raw["category"]),
        raw.get("pages"),
        raw.get("copies") or 1,
        raw.get("is_original", False),
    ), []


def safe_name(name: str) -> str:
    """Return a file's own name as it may be shown and offered for saving.

    Raises:
        Unfit: it names a path, or has characters no file name has.
    """
    if "/" in name or "\\" in name or name in (".", "..") or name.startswith("."):
        raise Unfit("path_in_name", "文件名不能包含路径。", "A file name must not name a path.")
    # What can be printed whole, as most is, has nothing that is not seen.
    unseen = not name.isprintable() and any(unicodedata.category(char) in _UNSEEN for char in name)
    if unseen or _NO_NAME.search(name):
        raise Unfit(
            "bad_name",
            '文件名含有不允许的字符（<>:"|?* 或看不见的字符）。',
            'A file name must not have any of <>:"|?*, nor characters that are not seen.',
        )
    if len(name) > 200:
        raise Unfit("too_long", "文件名最多200个字。", "A file name has at most 200 characters.")
    return name


def _is_digest(given: Any) -> bool:
    return type(given) is str and _DIGEST.fullmatch(given) is not None


def _unfit_content(tx: Transaction, client: int, raw: list[Any]) -> list[Problem]:
    """Name the attachments whose content has not arrived, or is not what the file's name says."""
    named = [
        (place, one)
        for place, one in enumerate(raw)
        if isinstance(one, dict) and _is_digest(one.get("sha256"))
    ]
    known = _types(tx, client, sorted({one["sha256"] for _, one in named}))
    problems = []
    for place, one in named:
        mime = known.get(one["sha256"])
        if mime is None:
            problems.append(Problem(f"attachments[{place}].sha256", "unknown_file", Label("没有收到此摘要的文件，请先上传。", "No file with this digest has arrived; upload it first.")))  # fmt: skip
        elif isinstance(one.get("name"), str) and one["name"].strip() and not name_fits(one["name"], mime):
            endings = "、".join(SUFFIXES[mime])
            problems.append(Problem(f"attachments[{place}].name", "type_differs", Label(f"文件实际类型与名称不符，应以{endings}结尾。", f"The file is not what its name says; it should end in {endings}.")))  # fmt: skip
    return problems


def _types(tx: Transaction, client: int, digests: Sequence[str]) -> dict[str, str]:
    """Return the media types of those files that the client brought to the court, by digest."""
    known: dict[str, str] = {}
    for begin in range(0, len(digests), _AT_ONCE):
        asked = digests[begin : begin + _AT_ONCE]
        # Filled up to a power of two with the last one, so that there are few statements.
        count = 1 << (len(asked) - 1).bit_length()
        bound = {f"digest_{place}": asked[min(place, len(asked) - 1)] for place in range(count)}
        rows = _uploads(count).all(tx.connection, {"court": tx.court, "client": client, **bound})
        known |= {row.sha256: row.mime for row in rows}
    return known
