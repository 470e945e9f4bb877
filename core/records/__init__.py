"""The tables of the host. A plugin may point at these classes; they never point at a plugin."""

from core.records.applications import (
    ApplicationFile,
    ApplicationRow,
    Comment,
    DeadlineRow,
    History,
    QueueCount,
    ReviewDraft,
    ReviewLock,
    SerialCounter,
)
from core.records.audit import Audit, AuditSeal, Change, ChangeCursor
from core.records.base import METADATA, Base, plugin_base
from core.records.cases import CaseAgent, CaseParty, CaseRow
from core.records.clients import ClientCourt, ClientRow, IdempotentAnswer, Webhook
from core.records.courts import (
    CalendarDay,
    CalendarYear,
    CauseRow,
    Court,
    CourtSetting,
    KnownCourt,
    ModuleSwitch,
)
from core.records.files import Blob, FileUpload, UploadPart, UploadSession
from core.records.hearings import HearingRow, ServiceRecord
from core.records.jobs import JobRow
from core.records.notices import Delivery, NoticeTemplate, Reminder
from core.records.papers import PaperCounter, PaperRow, PaperTemplate
from core.records.people import LoginAttempt, Person, PersonRole, Serves, SessionRow
from core.records.sealing import SealKey, SealProgress

__all__ = [
    "METADATA", "ApplicationFile", "ApplicationRow", "Audit", "AuditSeal", "Base", "Blob", "CalendarDay", "CalendarYear",
    "CaseAgent", "CaseParty", "CaseRow", "CauseRow", "Change", "ChangeCursor", "ClientCourt", "ClientRow", "Comment",
    "Court", "CourtSetting", "DeadlineRow", "Delivery", "FileUpload", "HearingRow", "History", "IdempotentAnswer", "JobRow", "KnownCourt", "LoginAttempt",
    "ModuleSwitch", "NoticeTemplate", "PaperCounter", "PaperRow", "PaperTemplate", "Person", "PersonRole", "QueueCount", "Reminder", "ReviewDraft", "ReviewLock", "SealKey", "SealProgress", "SerialCounter",
    "Serves", "ServiceRecord", "SessionRow", "UploadPart", "UploadSession", "Webhook", "plugin_base",
]  # fmt: skip
