"""time limits that were over before their request came

Revision: 0011_ea4170, after: 0010_9e55e5
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_ea4170"
down_revision = "0010_9e55e5"
branch_labels = None
depends_on = None

EARLY = sa.text("due_at < received_at")


def upgrade() -> None:
    op.create_index(
        "ix_application_early",
        "application",
        ["court_code", "kind", "id", "due_at"],
        unique=False,
        sqlite_where=EARLY,
        postgresql_where=EARLY,
    )


def downgrade() -> None:
    op.drop_index("ix_application_early", table_name="application")
