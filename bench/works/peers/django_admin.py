"""The peer of the queue page: a Django admin list of the same rows, as Django's own documentation sets one up.

``django_admin.py DATABASE PORT COURT SESSION``. Unmanaged models over our tables; its own log-ins and sessions in a database in memory;
``list_display`` with the same columns, those of the side table and of two persons joined in one statement (``list_select_related``);
``list_filter`` with what our page offers to choose, ``search_fields`` with what it searches, 20 a page, newest first; DEBUG off; all else as it
comes, its two counts of the whole too; and at its head how many filings wait, in all and in each of the two lists, as our menu and tabs say
it on every page, from one statement. Served by cheroot. Somebody is logged in under ``SESSION``.
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from cheroot import wsgi
from django.apps import AppConfig
from django.conf import settings

THREADS, BACKLOG = 12, 128


class CourtApp(AppConfig):
    """The app that the models below belong to."""

    name = "court"
    path = str(Path(__file__).parent)


class Routes:
    """The court's tables lie in one database, Django's own in another."""

    def db_for_read(self, model: Any, **_: Any) -> str:
        """Return where a model is read."""
        return "default" if model._meta.managed else "court"  # noqa: SLF001 - Django's way to say it

    db_for_write = db_for_read

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        """Let every model know every other."""
        return True


def configure(database: str) -> None:
    """Set Django up."""
    sys.modules["court"] = ModuleType("court")
    settings.configure(
        DEBUG=False, SECRET_KEY="of-the-benchmark", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True, TIME_ZONE="Asia/Shanghai",
        INSTALLED_APPS=[
            "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", f"{__name__}.CourtApp",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]}}],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:peer?mode=memory&cache=shared", "OPTIONS": {"uri": True}, "CONN_MAX_AGE": None},
            "court": {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "CONN_MAX_AGE": None},
        },
        DATABASE_ROUTERS=[f"{__name__}.Routes"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", STATIC_URL="/static/",
        LOGGING_CONFIG=None,
    )  # fmt: skip
    django.setup()


def models(court: str) -> None:
    """Declare the tables, and their list in the admin."""
    from django.contrib import admin
    from django.db import models as kinds

    class Person(kinds.Model):
        name = kinds.CharField(max_length=100)

        class Meta:
            app_label, managed, db_table = "court", False, "person"

        def __str__(self) -> str:
            return str(self.name)

    class Application(kinds.Model):
        serial_no = kinds.CharField(max_length=32)
        court_code = kinds.CharField(max_length=16)
        kind = kinds.CharField(max_length=64)
        state = kinds.CharField(max_length=64, choices=[(code, code) for code in STATES])
        applicant = kinds.CharField(max_length=200)
        case_number = kinds.CharField(max_length=64, null=True)
        submitter = kinds.JSONField()
        submitted_at = kinds.DateTimeField()
        due_at = kinds.DateTimeField(null=True)
        reviewed_at = kinds.DateTimeField(null=True)
        handler = kinds.ForeignKey(Person, kinds.DO_NOTHING, null=True, related_name="+")
        reviewed_by = kinds.ForeignKey(
            Person, kinds.DO_NOTHING, null=True, related_name="+", db_column="reviewed_by"
        )

        class Meta:
            app_label, managed, db_table = "court", False, "application"

    class Filing(kinds.Model):
        id = kinds.OneToOneField(
            Application, kinds.DO_NOTHING, primary_key=True, db_column="id", related_name="filing"
        )
        filing_type = kinds.TextField(choices=[(code, code) for code in TYPES])
        cause = kinds.TextField()
        claim_amount = kinds.BigIntegerField(null=True)
        plaintiffs = kinds.TextField()
        defendants = kinds.TextField()

        class Meta:
            app_label, managed, db_table = "court", False, "filing__filing"

    class ApplicationAdmin(admin.ModelAdmin):
        list_display = (
            "state", "due_at", "serial_no", "applicant", "filing_type", "cause", "claim_amount", "defendants", "filed_by", "submitted_at",
            "reviewed_by", "reviewed_at", "case_number",
        )  # fmt: skip
        list_filter = ("state", "submitted_at", "due_at", "filing__filing_type", "handler")
        search_fields = (
            "serial_no",
            "applicant",
            "case_number",
            "filing__cause",
            "filing__plaintiffs",
            "filing__defendants",
        )
        list_per_page = 20
        list_select_related = ("filing", "reviewed_by", "handler")
        ordering = ("-id",)

        def get_queryset(self, request: Any) -> Any:
            return super().get_queryset(request).filter(court_code=court, kind="filing")

        def filing_type(self, row: Any) -> str:
            return str(row.filing.filing_type)

        def cause(self, row: Any) -> str:
            return str(row.filing.cause)

        def claim_amount(self, row: Any) -> str:
            return f"{(row.filing.claim_amount or 0) / 100:,.2f}"

        def defendants(self, row: Any) -> str:
            return str(row.filing.defendants)

        def filed_by(self, row: Any) -> str:
            return str(row.submitter.get("name", ""))

    def each_context(request: Any) -> dict[str, Any]:
        waiting = Application.objects.filter(court_code=court, kind="filing", state__in=WAITING)
        states = dict(waiting.values_list("state").annotate(kinds.Count("id")).order_by())
        review = states.get("SUBMITTED", 0)
        told = f"网上立案 {sum(states.values())}：审查 {review}，收案 {sum(states.values()) - review}"
        return ordinary(request) | {"site_header": told}

    ordinary = admin.site.each_context
    admin.site.each_context = each_context
    admin.site.register(Application, ApplicationAdmin)


STATES = (
    "SUBMITTED", "RETURNED_FOR_CORRECTION", "NOT_ACCEPTED", "REDIRECTED", "APPROVED", "DOCKETING", "DOCKET_FAILED", "DOCKETED",
    "WITHDRAWN", "LAPSED",
)  # fmt: skip


TYPES = (
    "civil_first", "admin_first", "criminal_private", "enforcement_first", "enforcement_resumed", "pre_action_preservation",
    "judicial_confirmation", "payment_order", "third_party_revocation", "enforcement_objection",
)  # fmt: skip
WAITING = ("SUBMITTED", "APPROVED", "DOCKET_FAILED")


def logged_in(session: str) -> Any:
    """Make Django's own tables and somebody who is logged in; return the connection that keeps them in memory."""
    import sqlite3
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.core.management import call_command
    from django.utils import timezone

    kept = sqlite3.connect("file:peer?mode=memory&cache=shared", uri=True)
    call_command("migrate", verbosity=0)
    person = User.objects.create_superuser("peer")
    held = {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
    }
    ends = timezone.now() + timedelta(days=1)
    Session.objects.create(session_key=session, session_data=SessionStore().encode(held), expire_date=ends)
    return kept


def main(database: str, port: str, court: str, session: str) -> None:
    """Serve until a signal."""
    configure(database)
    models(court)
    from django.contrib import admin
    from django.core.wsgi import get_wsgi_application
    from django.urls import path

    globals()["urlpatterns"] = [path("admin/", admin.site.urls)]
    kept = logged_in(session)
    server = wsgi.Server(
        ("127.0.0.1", int(port)), get_wsgi_application(), numthreads=THREADS, server_name="peer", request_queue_size=BACKLOG,
    )  # fmt: skip
    try:
        server.safe_start()
    finally:
        kept.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
