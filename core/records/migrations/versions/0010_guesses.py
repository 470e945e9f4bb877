"""attempts to log in are counted by account, place and browser

Revision: 0010_9e55e5, after: 0009_ce05c7
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0010_9e55e5"
down_revision = "0009_ce05c7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("login_attempt")  # it holds half an hour
    op.create_table(
        "login_attempt",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=32), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index(
        "ix_login_attempt_account_browser_at", "login_attempt", ["account", "browser", "at"], unique=False
    )
    op.create_index("ix_login_attempt_place_at", "login_attempt", ["place", "at"], unique=False)
    op.create_index(op.f("ix_login_attempt_at"), "login_attempt", ["at"], unique=False)
    for column in ("failures", "locked_until"):
        op.drop_column("person", column)


def downgrade() -> None:
    op.add_column("person", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("person", sa.Column("locked_until", types.Instant(), nullable=True))
    op.drop_table("login_attempt")
    op.create_table(
        "login_attempt",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_address_at", "login_attempt", ["address", "at"], unique=False)
