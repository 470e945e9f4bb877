"""audit seals

Revision: 0007_a5ea15, after: 0006_5ea1ed
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0007_a5ea15"
down_revision = "0006_5ea1ed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("number", types.Key, autoincrement=False, nullable=False),
        sa.Column("first_id", types.Key, nullable=False),
        sa.Column("last_id", types.Key, nullable=False),
        sa.Column("last_at", types.Instant(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("previous", sa.String(length=80), nullable=False),
        sa.Column("sealed_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("court_code", "number", name=op.f("pk_audit_seal")),
    )


def downgrade() -> None:
    op.drop_table("audit_seal")
