"""initial tables

Revision: 0001_b91301, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_b91301"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation__mediation",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=True),
        sa.Column("respondent_phone", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("consent", sa.Text(), nullable=True),
        sa.Column("mediator_wished", sa.Text(), nullable=True),
        sa.Column("preferred_on", sa.Date(), nullable=True),
        sa.Column("mediator", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_mediation__mediation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation__mediation")),
    )


def downgrade() -> None:
    op.drop_table("mediation__mediation")
