"""sealed personal data

Revision: 0006_5ea1ed, after: 0005_40012d
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0006_5ea1ed"
down_revision = "0005_40012d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_key",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_key")),
    )
    op.create_table(
        "seal_progress",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("after", types.Json, nullable=False),
        sa.Column("done_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_seal_progress")),
    )
    # What is sealed is longer than what it says. SQLite does not hold a text to its length.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("person", "telephone", type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    op.drop_table("seal_progress")
    op.drop_table("seal_key")
