"""initial tables

Revision: 0001_682a3b, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_682a3b"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact__contact",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("wanted_at", types.Instant(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("round", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("meets_at", types.Instant(), nullable=True),
        sa.Column("meets_minutes", sa.BigInteger(), nullable=True),
        sa.Column("meets_place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_contact__contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact__contact")),
    )
    with op.batch_alter_table("contact__contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact__contact__meets_at", ["court_code", "meets_at"], unique=False)

    op.create_table(
        "contact__contact__wanted",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starts_at", types.Instant(), nullable=True),
        sa.Column("ends_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_contact__contact__wanted_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact__contact__wanted")),
    )
    with op.batch_alter_table("contact__contact__wanted", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact__contact__wanted_application_id"), ["application_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("contact__contact__wanted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact__contact__wanted_application_id"))

    op.drop_table("contact__contact__wanted")
    with op.batch_alter_table("contact__contact", schema=None) as batch_op:
        batch_op.drop_index("ix_contact__contact__meets_at")

    op.drop_table("contact__contact")
