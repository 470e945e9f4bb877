"""The further pages: cases, search, reminders, export, administration; and their addresses."""

from core.roles import Role
from core.web.pages.further.audit import AuditPage
from core.web.pages.further.cases import CasePage, CasesPage
from core.web.pages.further.clients import ClientsPage
from core.web.pages.further.deliveries import DeliveriesPage
from core.web.pages.further.export import ExportPage
from core.web.pages.further.jobs import JobsPage
from core.web.pages.further.modules import ModulesPage
from core.web.pages.further.notices import NoticesPage, WordingPage
from core.web.pages.further.papers import PapersPage, TemplateExamplePage, TemplatePage
from core.web.pages.further.people import PeoplePage
from core.web.pages.further.permissions import PermissionsPage
from core.web.pages.further.reminders import ReadPage, RemindersPage
from core.web.pages.further.search import SearchPage
from core.web.pages.further.settings import SettingsPage
from core.web.pages.further.trace import TracePage
from core.web.routes import Route

ADMINISTRATORS = frozenset({Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN})
COURT = frozenset(Role) - ADMINISTRATORS
"""Everybody who works on cases; administrators as such see none."""
SYSTEM = frozenset({Role.SYS_ADMIN})


def further_routes() -> list[Route]:
    """Return the addresses with the roles that may go there."""
    return [
        Route("/cases/", CasesPage(), COURT),
        Route("/cases/{case_number}", CasePage(), COURT),
        Route("/search", SearchPage()),
        Route("/reminders/", RemindersPage()),
        Route("/reminders/read", ReadPage()),
        Route("/m/{module}/export.xlsx", ExportPage()),
        Route("/admin/modules", ModulesPage(), SYSTEM),
        Route("/admin/trace", TracePage(), SYSTEM),
        Route("/admin/jobs", JobsPage(), SYSTEM),
        Route("/admin/papers", PapersPage(), SYSTEM),
        Route("/admin/papers/{kind}/{code}", TemplatePage(), SYSTEM),
        Route("/admin/papers/{kind}/{code}/preview", TemplateExamplePage(), SYSTEM),
        Route("/admin/notices", NoticesPage(), SYSTEM),
        Route("/admin/notices/{kind}/{code}", WordingPage(), SYSTEM),
        Route("/admin/people", PeoplePage(), frozenset({Role.SEC_ADMIN})),
        Route("/admin/permissions", PermissionsPage(), frozenset({Role.SEC_ADMIN})),
        Route("/admin/clients", ClientsPage(), SYSTEM),
        Route("/admin/audit", AuditPage(), frozenset({Role.AUDIT_ADMIN})),
        Route("/admin/settings", SettingsPage(), SYSTEM),
        Route("/admin/deliveries", DeliveriesPage(), SYSTEM | {Role.SUPERVISOR}),
    ]
