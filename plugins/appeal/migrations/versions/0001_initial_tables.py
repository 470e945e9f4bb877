"""initial tables

Revision: 0001_ce2293, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_ce2293"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeal__appeal",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("document_no", sa.Text(), nullable=True),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("fee_category", sa.Text(), nullable=True),
        sa.Column("disputed_amount", types.Money(), nullable=True),
        sa.Column("fee_relief", sa.Text(), nullable=True),
        sa.Column("new_evidence", sa.Boolean(), nullable=True),
        sa.Column("has_appeal_power", sa.Boolean(), nullable=True),
        sa.Column("new_power", sa.Boolean(), nullable=True),
        sa.Column("lodging", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("e_service_consent", sa.Boolean(), nullable=True),
        sa.Column("e_service_scope", sa.Text(), nullable=True),
        sa.Column("e_service_phone", sa.Text(), nullable=True),
        sa.Column("e_service_email", sa.Text(), nullable=True),
        sa.Column("e_service_address", sa.Text(), nullable=True),
        sa.Column("in_time", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("payment", sa.Text(), nullable=True),
        sa.Column("appellants", sa.Text(), nullable=True),
        sa.Column("appellees", sa.Text(), nullable=True),
        sa.Column("others", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("service_date", sa.Date(), nullable=True),
        sa.Column("lodged_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_appeal__appeal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal__appeal")),
    )
    op.create_table(
        "appeal__appeal__parties",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("first_standing", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("representative", sa.Text(), nullable=True),
        sa.Column("id_no", sa.Text(), nullable=True),
        sa.Column("residence", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("abroad", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_appeal__appeal__parties_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal__appeal__parties")),
    )
    with op.batch_alter_table("appeal__appeal__parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal__appeal__parties_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "appeal__appeal__requests",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_appeal__appeal__requests_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal__appeal__requests")),
    )
    with op.batch_alter_table("appeal__appeal__requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appeal__appeal__requests_application_id"), ["application_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("appeal__appeal__requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal__appeal__requests_application_id"))

    op.drop_table("appeal__appeal__requests")
    with op.batch_alter_table("appeal__appeal__parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal__appeal__parties_application_id"))

    op.drop_table("appeal__appeal__parties")
    op.drop_table("appeal__appeal")
