"""initial tables

Revision: 0001_477317, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_477317"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_inspection__file_inspection",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("materials", types.Json, nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("copy_pages", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("visit_at", types.Instant(), nullable=True),
        sa.Column("visit_minutes", sa.BigInteger(), nullable=True),
        sa.Column("visit_place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["application.id"], name=op.f("fk_file_inspection__file_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_inspection__file_inspection")),
    )
    with op.batch_alter_table("file_inspection__file_inspection", schema=None) as batch_op:
        batch_op.create_index(
            "ix_file_inspection__file_inspection__visit_at", ["court_code", "visit_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("file_inspection__file_inspection", schema=None) as batch_op:
        batch_op.drop_index("ix_file_inspection__file_inspection__visit_at")

    op.drop_table("file_inspection__file_inspection")
