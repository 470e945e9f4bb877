"""First tables

Revision: 0001_894f78, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_894f78"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drifted__drifted",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_drifted__drifted_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drifted__drifted")),
    )


def downgrade() -> None:
    op.drop_table("drifted__drifted")
