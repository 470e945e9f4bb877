"""initial tables

Revision: 0001_28bcec, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_28bcec"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preservation__preservation",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("preservation_kind", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("dispute", sa.Text(), nullable=True),
        sa.Column("applicants", sa.Text(), nullable=True),
        sa.Column("respondents", sa.Text(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("amount", types.Money(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("subject_value", types.Money(), nullable=True),
        sa.Column("guarantee_type", sa.Text(), nullable=True),
        sa.Column("guarantee_amount", types.Money(), nullable=True),
        sa.Column("guarantee_ratio", sa.Text(), nullable=True),
        sa.Column("guarantor", sa.Text(), nullable=True),
        sa.Column("waiver_ground", sa.Text(), nullable=True),
        sa.Column("query_system", sa.Boolean(), nullable=True),
        sa.Column("arbitration_body", sa.Text(), nullable=True),
        sa.Column("judgment", sa.Text(), nullable=True),
        sa.Column("perform_by", sa.Date(), nullable=True),
        sa.Column("fee", types.Money(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_preservation__preservation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preservation__preservation")),
    )
    op.create_table(
        "preservation__preservation__agents",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_name", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("licence_no", sa.Text(), nullable=True),
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_preservation__preservation__agents_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preservation__preservation__agents")),
    )
    with op.batch_alter_table("preservation__preservation__agents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_preservation__preservation__agents_application_id"),
            ["application_id"],
            unique=False,
        )

    op.create_table(
        "preservation__preservation__assets",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("cert_no", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("est_value", types.Money(), nullable=True),
        sa.Column("clue", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_preservation__preservation__assets_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preservation__preservation__assets")),
    )
    with op.batch_alter_table("preservation__preservation__assets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_preservation__preservation__assets_application_id"),
            ["application_id"],
            unique=False,
        )

    op.create_table(
        "preservation__preservation__parties",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("resident_id", sa.Text(), nullable=True),
        sa.Column("other_id_no", sa.Text(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("representative_name", sa.Text(), nullable=True),
        sa.Column("service_address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_preservation__preservation__parties_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preservation__preservation__parties")),
    )
    with op.batch_alter_table("preservation__preservation__parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_preservation__preservation__parties_application_id"),
            ["application_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("preservation__preservation__parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preservation__preservation__parties_application_id"))

    op.drop_table("preservation__preservation__parties")
    with op.batch_alter_table("preservation__preservation__assets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preservation__preservation__assets_application_id"))

    op.drop_table("preservation__preservation__assets")
    with op.batch_alter_table("preservation__preservation__agents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preservation__preservation__agents_application_id"))

    op.drop_table("preservation__preservation__agents")
    op.drop_table("preservation__preservation")
