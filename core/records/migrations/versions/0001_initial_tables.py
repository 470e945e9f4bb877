"""initial tables

Revision: 0001_207eb8, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types
from core.store.terms import CREATE

revision = "0001_207eb8"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("actor_id", types.Key, nullable=True),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=128), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_court_code_id", ["court_code", "id"], unique=False)

    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("stored_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "change",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("client_id", types.Key, nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("serial_no", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("court_code", "number", name=op.f("uq_change_court_code_number")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(
            "ix_change_court_code_client_id_number", ["court_code", "client_id", "number"], unique=False
        )

    op.create_table(
        "client",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("name", name=op.f("uq_client_name")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_client_token_digest")),
    )
    op.create_table(
        "court",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=32), nullable=False),
        sa.Column("parent_code", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["court.code"], name=op.f("fk_court_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_court")),
    )
    op.create_table(
        "known_court",
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("level_code", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_known_court")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_login_attempt_address_at", ["address", "at"], unique=False)

    op.create_table(
        "queue_count",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("handler_id", types.Key, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "court_code", "module", "handler_id", "kind", "state", name=op.f("pk_queue_count")
        ),
    )
    op.create_table(
        "serial_counter",
        sa.Column("stem", sa.String(length=24), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_serial_counter")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_calendar_day_court_code")),
        sa.PrimaryKeyConstraint("court_code", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_calendar_year_court_code")),
        sa.PrimaryKeyConstraint("court_code", "year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "cause",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("parent", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_cause_court_code")),
        sa.PrimaryKeyConstraint("court_code", "version", "code", name=op.f("pk_cause")),
    )
    op.create_table(
        "change_cursor",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_change_cursor_court_code")),
        sa.PrimaryKeyConstraint("court_code", name=op.f("pk_change_cursor")),
    )
    op.create_table(
        "client_court",
        sa.Column("client_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_court_client_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_client_court_court_code")),
        sa.PrimaryKeyConstraint("client_id", "court_code", name=op.f("pk_client_court")),
    )
    op.create_table(
        "court_setting",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", types.Json, nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_court_setting_court_code")),
        sa.PrimaryKeyConstraint("court_code", "module", "name", name=op.f("pk_court_setting")),
    )
    op.create_table(
        "file_upload",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("client_id", types.Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_file_upload_client_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_file_upload_court_code")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_file_upload_sha256")),
        sa.PrimaryKeyConstraint("court_code", "client_id", "sha256", name=op.f("pk_file_upload")),
    )
    op.create_table(
        "idempotent_answer",
        sa.Column("client_id", types.Key, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_idempotent_answer_client_id")),
        sa.PrimaryKeyConstraint("client_id", "key", name=op.f("pk_idempotent_answer")),
    )
    op.create_table(
        "module_switch",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_module_switch_court_code")),
        sa.PrimaryKeyConstraint("court_code", "module", name=op.f("pk_module_switch")),
    )
    op.create_table(
        "person",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False),
        sa.Column("telephone", sa.String(length=32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_person_court_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_court_code"), ["court_code"], unique=False)

    op.create_table(
        "upload_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("client_id", types.Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_upload_session_client_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_upload_session_court_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_session")),
    )
    op.create_table(
        "webhook",
        sa.Column("client_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", types.Instant(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_webhook_client_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_webhook_court_code")),
        sa.PrimaryKeyConstraint("client_id", "court_code", "name", name=op.f("pk_webhook")),
    )
    op.create_table(
        "court_case",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("court_prefix", sa.String(length=16), nullable=False),
        sa.Column("case_type", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("handler_id", types.Key, nullable=True),
        sa.Column("docketed_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_court_case_court_code")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_court_case_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_case")),
        sa.UniqueConstraint("court_code", "case_number", name=op.f("uq_court_case_court_code_case_number")),
    )
    with op.batch_alter_table("court_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_court_case_court_code_handler_id_id", ["court_code", "handler_id", "id"], unique=False
        )
        batch_op.create_index("ix_court_case_court_code_id", ["court_code", "id"], unique=False)

    op.create_table(
        "person_role",
        sa.Column("person_id", types.Key, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_role")),
    )
    op.create_table(
        "serves",
        sa.Column("person_id", types.Key, nullable=False),
        sa.Column("judge_id", types.Key, nullable=False),
        sa.ForeignKeyConstraint(["judge_id"], ["person.id"], name=op.f("fk_serves_judge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_serves_person_id")),
        sa.PrimaryKeyConstraint("person_id", "judge_id", name=op.f("pk_serves")),
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", types.Key, nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("seen_at", types.Instant(), nullable=False),
        sa.Column("memory", types.Json, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "upload_part",
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload_session.id"], name=op.f("fk_upload_part_upload_id")),
        sa.PrimaryKeyConstraint("upload_id", "number", name=op.f("pk_upload_part")),
    )
    op.create_table(
        "application",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("serial_no", sa.String(length=32), nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("parent_id", types.Key, nullable=True),
        sa.Column("case_id", types.Key, nullable=True),
        sa.Column("case_number", sa.String(length=64), nullable=True),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("handler_id", types.Key, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submitted_at", types.Instant(), nullable=False),
        sa.Column("received_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=True),
        sa.Column("reviewed_by", types.Key, nullable=True),
        sa.Column("reviewed_at", types.Instant(), nullable=True),
        sa.Column("client_id", types.Key, nullable=True),
        sa.Column("submission_id", sa.String(length=128), nullable=True),
        sa.Column("submission_digest", sa.String(length=64), nullable=True),
        sa.Column("submitter", types.Json, nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_application_case_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_application_client_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_application_court_code")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_application_handler_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["application.id"], name=op.f("fk_application_parent_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"], name=op.f("fk_application_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "client_id", "submission_id", name=op.f("uq_application_client_id_submission_id")
        ),
        sa.UniqueConstraint("serial_no", name=op.f("uq_application_serial_no")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_application_due", ["court_code", "kind", "due_at", "id"], unique=False)
        batch_op.create_index("ix_application_own", ["court_code", "kind", "handler_id", "id"], unique=False)
        batch_op.create_index(
            "ix_application_own_due", ["court_code", "kind", "handler_id", "due_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_application_own_state", ["court_code", "kind", "handler_id", "state", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_application_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_application_queue", ["court_code", "kind", "id"], unique=False)
        batch_op.create_index(
            "ix_application_queue_state", ["court_code", "kind", "state", "id"], unique=False
        )

    op.create_table(
        "case_agent",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("case_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("facts", types.Json, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_case_agent_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_agent")),
    )
    with op.batch_alter_table("case_agent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_agent_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_party",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("case_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("facts", types.Json, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_case_party_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
    )
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_party_case_id"), ["case_id"], unique=False)

    op.create_table(
        "application_file",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("is_original", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_file_application_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_application_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_file")),
    )
    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_file_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "comment",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("from_court", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("author_id", types.Key, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_comment_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_application_id"), ["application_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("applicant", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("ends_at", types.Instant(), nullable=True),
        sa.Column("explanation", types.Json, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("closed_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_deadline_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_application_id"), ["application_id"], unique=False)
        batch_op.create_index("ix_deadline_status_ends_at", ["status", "ends_at"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("hook", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("payload", types.Json, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", types.Instant(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("done_at", types.Instant(), nullable=True),
        sa.Column("reference", sa.String(length=128), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_delivery_application_id")
        ),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_delivery_court_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "ix_delivery_court_code_status_id", ["court_code", "status", "id"], unique=False
        )
        batch_op.create_index("ix_delivery_status_next_at", ["status", "next_at"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("from_state", sa.String(length=64), nullable=True),
        sa.Column("to_state", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("actor_id", types.Key, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_history_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_application_id"), ["application_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("person_id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("text_zh", sa.String(length=300), nullable=False),
        sa.Column("text_en", sa.String(length=300), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("read_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_reminder_application_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_application_id"), ["application_id"], unique=False)
        batch_op.create_index("ix_reminder_person_id_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_reminder_unread", ["person_id", "read_at"], unique=False)

    op.create_table(
        "review_draft",
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("author_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_review_draft_application_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_review_draft_author_id")),
        sa.PrimaryKeyConstraint("application_id", "author_id", name=op.f("pk_review_draft")),
    )
    op.create_table(
        "review_lock",
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("person_id", types.Key, nullable=False),
        sa.Column("until", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_review_lock_application_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_lock_person_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_review_lock")),
    )
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("application_terms")
    op.drop_table("review_lock")
    op.drop_table("review_draft")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_unread")
        batch_op.drop_index("ix_reminder_person_id_id")
        batch_op.drop_index(batch_op.f("ix_reminder_application_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_application_id"))

    op.drop_table("history")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_status_next_at")
        batch_op.drop_index("ix_delivery_court_code_status_id")
        batch_op.drop_index(batch_op.f("ix_delivery_application_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_status_ends_at")
        batch_op.drop_index(batch_op.f("ix_deadline_application_id"))

    op.drop_table("deadline")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_application_id"))

    op.drop_table("comment")
    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_file_application_id"))

    op.drop_table("application_file")
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_party_case_id"))

    op.drop_table("case_party")
    with op.batch_alter_table("case_agent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_agent_case_id"))

    op.drop_table("case_agent")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_queue_state")
        batch_op.drop_index("ix_application_queue")
        batch_op.drop_index(batch_op.f("ix_application_parent_id"))
        batch_op.drop_index("ix_application_own_state")
        batch_op.drop_index("ix_application_own_due")
        batch_op.drop_index("ix_application_own")
        batch_op.drop_index("ix_application_due")
        batch_op.drop_index(batch_op.f("ix_application_case_id"))

    op.drop_table("application")
    op.drop_table("upload_part")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_person_id"))

    op.drop_table("session")
    op.drop_table("serves")
    op.drop_table("person_role")
    with op.batch_alter_table("court_case", schema=None) as batch_op:
        batch_op.drop_index("ix_court_case_court_code_id")
        batch_op.drop_index("ix_court_case_court_code_handler_id_id")

    op.drop_table("court_case")
    op.drop_table("webhook")
    op.drop_table("upload_session")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_court_code"))

    op.drop_table("person")
    op.drop_table("module_switch")
    op.drop_table("idempotent_answer")
    op.drop_table("file_upload")
    op.drop_table("court_setting")
    op.drop_table("client_court")
    op.drop_table("change_cursor")
    op.drop_table("cause")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
    op.drop_table("serial_counter")
    op.drop_table("queue_count")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_login_attempt_address_at")

    op.drop_table("login_attempt")
    op.drop_table("known_court")
    op.drop_table("court")
    op.drop_table("client")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_court_code_client_id_number")

    op.drop_table("change")
    op.drop_table("blob")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_court_code_id")

    op.drop_table("audit")
