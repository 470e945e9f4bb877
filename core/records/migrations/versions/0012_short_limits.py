"""time limits that are over within seven days

Revision: 0012_5407d7, after: 0011_ea4170
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_5407d7"
down_revision = "0011_ea4170"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        short = sa.text("due_at < datetime(received_at, '+7 days')")
        op.create_index(
            "ix_application_short",
            "application",
            ["court_code", "kind", "due_at", "id"],
            unique=False,
            sqlite_where=short,
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_application_short", table_name="application")
