"""Every call the outside platform may make."""

from core.api import applications, appointments, changes, files, kinds, papers
from core.api.routes import Route
from core.fields.label import Label
from core.work.paper_files import TYPES

_COURT = "/api/v1/courts/{court}"
_ONE = _COURT + "/applications/{serial_no}"

ROUTES = (
    Route("GET", _COURT + "/kinds", kinds.kinds, Label("本院受理的申请种类", "Kinds this court takes")),
    Route(
        "PUT", _COURT + "/files/{sha256}", files.put_file, Label("上传文件", "Upload a file"), 201, "raw",
        {200: "The file is here already", 413: "Too large", 415: "Of a type that is not taken", 422: "Its digest differs, or what is in it is broken, locked, or acts by itself"},
    ),
    Route(
        "POST", _COURT + "/uploads", files.begin_upload, Label("开始分片上传", "Begin an upload in parts"), 201, "Upload",
        {413: "Too large", 422: "Something is wrong with the fields"},
    ),
    Route(
        "PUT", _COURT + "/uploads/{upload}/parts/{number}", files.put_part, Label("上传一个分片", "Upload a part"), 200,
        "raw", {413: "The part is too large"},
    ),
    Route(
        "POST", _COURT + "/uploads/{upload}/complete", files.complete_upload, Label("完成分片上传", "Complete an upload"),
        201, "", {200: "The file was here already", 415: "Of a type that is not taken", 422: "Parts are missing or differ"},
    ),
    Route(
        "POST", _COURT + "/applications", applications.post_application, Label("提交申请", "File a request"), 201,
        "Submission", {409: "The submission_id or key was used for other content, or the client was changed just now", 422: "Every wrong field, named"}, confirms=True,
    ),
    Route("GET", _ONE, applications.get_application, Label("查询申请", "Where a request stands")),
    Route(
        "POST", _ONE + "/resubmissions", applications.post_resubmission, Label("补正后重新提交", "Correct and resubmit"),
        201, "Resubmission", {409: "The state does not allow it", 422: "Every wrong field, named"},
    ),
    Route(
        "POST", _ONE + "/steps/{step}", applications.post_step, Label("申请人的其他步骤", "A further step of the applicant"),
        201, "Step", {409: "The state does not allow it", 422: "Every wrong field, named"},
    ),
    Route(
        "POST", _ONE + "/withdrawal", applications.post_withdrawal, Label("撤回申请", "Withdraw a request"), 201,
        "Withdrawal", {409: "The state does not allow it", 422: "Something is wrong with the fields"},
    ),
    Route(
        "POST", _ONE + "/messages", applications.post_message, Label("给法院留言", "Write to the court"), 201, "Message",
        {422: "Something is wrong with the fields"},
    ),
    Route(
        "GET", _ONE + "/papers/{paper}", papers.get_paper, Label("下载文书", "An issued document"), query=("format",),
        files=tuple(TYPES.values()), answers={400: "The format is not pdf or docx"},
    ),
    Route(
        "GET", _ONE + "/appointment", appointments.get_appointment, Label("下载约定的日程", "An appointment, as a calendar file"),
        files=("text/calendar",),
    ),
    Route(
        "GET", _COURT + "/changes", changes.changes, Label("变更流", "The change feed"), query=("after",),
        answers={400: "The cursor is no number"},
    ),
    Route(
        "GET", _COURT + "/reconciliation/{date}", changes.reconciliation,
        Label("按日对账", "What was received and sent on a day"),
    ),
    Route(
        "PUT", _COURT + "/webhooks/{name}", changes.put_webhook, Label("推送地址", "Where changes are pushed"), 200, "Webhook",
        {422: "The address is not allowed, or something is wrong with the fields"},
    ),
)  # fmt: skip
