"""reminders by the clock, limits in hours

Revision: 0004_e38a70, after: 0003_a2d09b
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0004_e38a70"
down_revision = "0003_a2d09b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_hours", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_at", types.Instant(), nullable=True))
        batch_op.create_index(batch_op.f("ix_deadline_remind_at"), ["remind_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_remind_at"))
        batch_op.drop_column("remind_at")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("due_hours")
