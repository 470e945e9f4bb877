"""jobs and wordings of notices

Revision: 0009_ce05c7, after: 0008_d5e1a7
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0009_ce05c7"
down_revision = "0008_d5e1a7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("next_at", types.Instant(), nullable=False),
        sa.Column("begun_at", types.Instant(), nullable=True),
        sa.Column("done_at", types.Instant(), nullable=True),
        sa.Column("said_zh", sa.String(length=300), nullable=False),
        sa.Column("said_en", sa.String(length=300), nullable=False),
        sa.Column("failed_at", types.Instant(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_job_court_code")),
        sa.PrimaryKeyConstraint("court_code", "module", "code", name=op.f("pk_job")),
    )
    op.create_table(
        "notice_template",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("changed_at", types.Instant(), nullable=False),
        sa.Column("changed_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_notice_template_court_code")),
        sa.PrimaryKeyConstraint("court_code", "kind", "code", name=op.f("pk_notice_template")),
    )


def downgrade() -> None:
    op.drop_table("notice_template")
    op.drop_table("job")
