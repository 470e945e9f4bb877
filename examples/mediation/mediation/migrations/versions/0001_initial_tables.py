"""initial tables

Revision: 0001_795488, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_795488"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation__mediation",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("opponent", sa.Text(), nullable=True),
        sa.Column("opponent_phone", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("claims", sa.Text(), nullable=True),
        sa.Column("way", sa.Text(), nullable=True),
        sa.Column("consent", sa.Text(), nullable=True),
        sa.Column("chosen_mediator", sa.Text(), nullable=True),
        sa.Column("preferred_on", sa.Date(), nullable=True),
        sa.Column("in_charge", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name="fk_mediation__mediation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mediation__mediation"),
    )


def downgrade() -> None:
    op.drop_table("mediation__mediation")
