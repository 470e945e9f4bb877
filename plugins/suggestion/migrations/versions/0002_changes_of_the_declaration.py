"""changes of the declaration

Revision: 0002_db1375, after: 0001_4e4ab0
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0002_db1375"
down_revision = "0001_4e4ab0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suggestion__suggestion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("result", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("suggestion__suggestion", schema=None) as batch_op:
        batch_op.drop_column("answered_on")
        batch_op.drop_column("result")
