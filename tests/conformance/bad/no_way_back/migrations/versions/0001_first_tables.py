"""First tables

Revision: 0001_195fd7, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_195fd7"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "no_way_back__no_way_back",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_no_way_back__no_way_back_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_no_way_back__no_way_back")),
    )
