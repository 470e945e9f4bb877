"""time limits by state, of those that run alone

Revision: 0008_d5e1a7, after: 0007_a5ea15
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_d5e1a7"
down_revision = "0007_a5ea15"
branch_labels = None
depends_on = None

RUNNING = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_application_due", table_name="application")
    op.drop_index("ix_application_own_due", table_name="application")
    for name, picked in (("due", []), ("state_due", ["state"]), ("own_due", ["handler_id"]), ("own_state_due", ["handler_id", "state"])):  # fmt: skip
        op.create_index(
            f"ix_application_{name}",
            "application",
            ["court_code", "kind", *picked, "due_at", "id"],
            unique=False,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        )


def downgrade() -> None:
    for name in ("own_state_due", "own_due", "state_due", "due"):
        op.drop_index(f"ix_application_{name}", table_name="application")
    for name, picked in (("due", []), ("own_due", ["handler_id"])):
        op.create_index(
            f"ix_application_{name}",
            "application",
            ["court_code", "kind", *picked, "due_at", "id"],
            unique=False,
        )
