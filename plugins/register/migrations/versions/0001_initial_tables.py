"""initial tables

Revision: 0001_5f8a48, after: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_5f8a48"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("serial_no", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=True),
        sa.Column("docketed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("court_code", "serial_no", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("case_number", name=op.f("uq_register_entry_case_number")),
        sa.UniqueConstraint("key", name=op.f("uq_register_entry_key")),
    )
    op.create_table(
        "register_number",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_type", sa.String(length=16), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("court_code", "year", "case_type", name=op.f("pk_register_number")),
    )


def downgrade() -> None:
    op.drop_table("register_number")
    op.drop_table("register_entry")
