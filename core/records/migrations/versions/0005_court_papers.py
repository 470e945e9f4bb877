"""court papers

Revision: 0005_40012d, after: 0004_e38a70
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0005_40012d"
down_revision = "0004_e38a70"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_counter",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("caption", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_paper_counter_court_code")),
        sa.PrimaryKeyConstraint("court_code", "caption", "year", name=op.f("pk_paper_counter")),
    )
    op.create_table(
        "paper_template",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_paper_template_court_code")),
        sa.PrimaryKeyConstraint("court_code", "kind", "code", name=op.f("pk_paper_template")),
    )
    op.create_table(
        "paper",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("offered", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("verification", sa.String(length=40), nullable=True),
        sa.Column("issued_at", types.Instant(), nullable=False),
        sa.Column("issued_by", sa.String(length=100), nullable=False),
        sa.Column("issued_by_id", types.Key, nullable=True),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", types.Json, nullable=False),
        sa.Column("template_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_paper_application_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_paper_court_code")),
        sa.ForeignKeyConstraint(["docx_sha256"], ["blob.sha256"], name=op.f("fk_paper_docx_sha256")),
        sa.ForeignKeyConstraint(["pdf_sha256"], ["blob.sha256"], name=op.f("fk_paper_pdf_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("verification", name=op.f("uq_paper_verification")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_application_id"), ["application_id"], unique=False)
        batch_op.create_index("ix_paper_state_id", ["state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index("ix_paper_state_id")
        batch_op.drop_index(batch_op.f("ix_paper_application_id"))

    op.drop_table("paper")
    op.drop_table("paper_template")
    op.drop_table("paper_counter")
