"""initial tables

Revision: 0001_4e4ab0, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_4e4ab0"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion__suggestion",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("court", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_suggestion__suggestion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion__suggestion")),
    )


def downgrade() -> None:
    op.drop_table("suggestion__suggestion")
