"""initial tables

Revision: 0001_89711f, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_89711f"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "investigation__investigation",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("respondent_kind", sa.Text(), nullable=True),
        sa.Column("respondent", sa.Text(), nullable=True),
        sa.Column("respondent_address", sa.Text(), nullable=True),
        sa.Column("respondent_contact", sa.Text(), nullable=True),
        sa.Column("respondent_phone", sa.Text(), nullable=True),
        sa.Column("fact_to_prove", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("clue", sa.Text(), nullable=True),
        sa.Column("adduction_ends_on", sa.Date(), nullable=True),
        sa.Column("validity_days", sa.BigInteger(), nullable=True),
        sa.Column("lawyer_names", sa.Text(), nullable=True),
        sa.Column("evidence_names", sa.Text(), nullable=True),
        sa.Column("timing", sa.Text(), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("receipt_state", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_investigation__investigation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation__investigation")),
    )
    op.create_table(
        "investigation__investigation__evidence_items",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_investigation__investigation__evidence_items_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation__investigation__evidence_items")),
    )
    with op.batch_alter_table("investigation__investigation__evidence_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_investigation__investigation__evidence_items_application_id"),
            ["application_id"],
            unique=False,
        )

    op.create_table(
        "investigation__investigation__lawyers",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("licence_no", sa.Text(), nullable=True),
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_investigation__investigation__lawyers_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation__investigation__lawyers")),
    )
    with op.batch_alter_table("investigation__investigation__lawyers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_investigation__investigation__lawyers_application_id"),
            ["application_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("investigation__investigation__lawyers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_investigation__investigation__lawyers_application_id"))

    op.drop_table("investigation__investigation__lawyers")
    with op.batch_alter_table("investigation__investigation__evidence_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_investigation__investigation__evidence_items_application_id"))

    op.drop_table("investigation__investigation__evidence_items")
    op.drop_table("investigation__investigation")
