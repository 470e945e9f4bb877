"""hearings that were moved

Revision: 0002_33c147, after: 0001_5f8a48
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0002_33c147"
down_revision = "0001_5f8a48"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_moved",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("serial_no", sa.String(length=32), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("hearing_at", sa.String(length=40), nullable=False),
        sa.Column("courtroom", sa.String(length=100), nullable=True),
        sa.Column("new_hearing_at", sa.String(length=40), nullable=True),
        sa.Column("new_courtroom", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_register_moved")),
    )


def downgrade() -> None:
    op.drop_table("register_moved")
