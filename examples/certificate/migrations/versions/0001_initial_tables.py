"""initial tables

Revision: 0001_5bebe4, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_5bebe4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("taken_at", types.Instant(), nullable=False),
        sa.Column("taken_by", sa.String(length=100), nullable=False),
        sa.Column("applicant", sa.String(length=100), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("handed_out_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_certificate_slip"),
    )
    with op.batch_alter_table("certificate_slip", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_slip_court_code_id", ["court_code", "id"], unique=False)

    op.create_table(
        "certificate__certificate",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("copies", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name="fk_certificate__certificate_id"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate__certificate"),
    )


def downgrade() -> None:
    op.drop_table("certificate__certificate")
    with op.batch_alter_table("certificate_slip", schema=None) as batch_op:
        batch_op.drop_index("ix_certificate_slip_court_code_id")

    op.drop_table("certificate_slip")
