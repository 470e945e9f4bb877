"""requests hidden from a person, and anonymous ones

Revision: 0002_4d1c07, after: 0001_207eb8
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0002_4d1c07"
down_revision = "0001_207eb8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_from", types.Key, nullable=True))
        batch_op.add_column(
            sa.Column("anonymous", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("anonymous")
        batch_op.drop_column("hidden_from")
