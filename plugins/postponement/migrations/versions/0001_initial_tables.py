"""initial tables

Revision: 0001_1184ec, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_1184ec"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postponement__postponement",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("hearing_at", types.Instant(), nullable=True),
        sa.Column("courtroom", sa.Text(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("parties", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("other_side_consent", sa.Text(), nullable=True),
        sa.Column("granted", sa.BigInteger(), nullable=True),
        sa.Column("new_hearing_at", types.Instant(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_postponement__postponement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postponement__postponement")),
    )
    op.create_table(
        "postponement__postponement__proposed_slots",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starts_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_postponement__postponement__proposed_slots_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postponement__postponement__proposed_slots")),
    )
    with op.batch_alter_table("postponement__postponement__proposed_slots", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_postponement__postponement__proposed_slots_application_id"),
            ["application_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("postponement__postponement__proposed_slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postponement__postponement__proposed_slots_application_id"))

    op.drop_table("postponement__postponement__proposed_slots")
    op.drop_table("postponement__postponement")
