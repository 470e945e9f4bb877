"""initial tables

Revision: 0001_337829, after: nothing
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0001_337829"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filing__filing",
        sa.Column("id", types.Key, autoincrement=False, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("filing_type", sa.Text(), nullable=True),
        sa.Column("transferred", sa.Boolean(), nullable=True),
        sa.Column("jurisdiction_basis", sa.Text(), nullable=True),
        sa.Column("jurisdiction_note", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("fee_category", sa.Text(), nullable=True),
        sa.Column("claim_amount", types.Money(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("mediation_consent", sa.Boolean(), nullable=True),
        sa.Column("with_preservation", sa.Boolean(), nullable=True),
        sa.Column("online_consent", sa.Boolean(), nullable=True),
        sa.Column("e_service_consent", sa.Boolean(), nullable=True),
        sa.Column("e_service_scope", sa.Text(), nullable=True),
        sa.Column("e_service_phone", sa.Text(), nullable=True),
        sa.Column("e_service_email", sa.Text(), nullable=True),
        sa.Column("e_service_address", sa.Text(), nullable=True),
        sa.Column("fee_relief", sa.Text(), nullable=True),
        sa.Column("no_duplicate_suit", sa.Boolean(), nullable=True),
        sa.Column("plaintiffs", sa.Text(), nullable=True),
        sa.Column("defendants", sa.Text(), nullable=True),
        sa.Column("party_names", sa.Text(), nullable=True),
        sa.Column("agent_names", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["application.id"], name=op.f("fk_filing__filing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing")),
    )
    op.create_table(
        "filing__filing__agents",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("licence_no", sa.Text(), nullable=True),
        sa.Column("document_no", sa.Text(), nullable=True),
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("special_powers", types.Json, nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_filing__filing__agents_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing__agents")),
    )
    with op.batch_alter_table("filing__filing__agents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing__filing__agents_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "filing__filing__claims",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("amount", types.Money(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_filing__filing__claims_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing__claims")),
    )
    with op.batch_alter_table("filing__filing__claims", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing__filing__claims_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "filing__filing__evidence_list",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("witness_name", sa.Text(), nullable=True),
        sa.Column("witness_address", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_filing__filing__evidence_list_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing__evidence_list")),
    )
    with op.batch_alter_table("filing__filing__evidence_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing__filing__evidence_list_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "filing__filing__parties",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("age", sa.BigInteger(), nullable=True),
        sa.Column("nation", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column("residence", sa.Text(), nullable=True),
        sa.Column("habitual_residence", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("id_type", sa.Text(), nullable=True),
        sa.Column("resident_id", sa.Text(), nullable=True),
        sa.Column("other_id_no", sa.Text(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("representative_name", sa.Text(), nullable=True),
        sa.Column("representative_title", sa.Text(), nullable=True),
        sa.Column("representative_phone", sa.Text(), nullable=True),
        sa.Column("distinguishing", sa.Text(), nullable=True),
        sa.Column("service_address", sa.Text(), nullable=True),
        sa.Column("service_postcode", sa.Text(), nullable=True),
        sa.Column("service_electronic", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_filing__filing__parties_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing__parties")),
    )
    with op.batch_alter_table("filing__filing__parties", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing__filing__parties_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "filing__filing__related_cases",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("application_id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_filing__filing__related_cases_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing__filing__related_cases")),
    )
    with op.batch_alter_table("filing__filing__related_cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_filing__filing__related_cases_application_id"), ["application_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("filing__filing__related_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing__filing__related_cases_application_id"))

    op.drop_table("filing__filing__related_cases")
    with op.batch_alter_table("filing__filing__parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing__filing__parties_application_id"))

    op.drop_table("filing__filing__parties")
    with op.batch_alter_table("filing__filing__evidence_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing__filing__evidence_list_application_id"))

    op.drop_table("filing__filing__evidence_list")
    with op.batch_alter_table("filing__filing__claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing__filing__claims_application_id"))

    op.drop_table("filing__filing__claims")
    with op.batch_alter_table("filing__filing__agents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing__filing__agents_application_id"))

    op.drop_table("filing__filing__agents")
    op.drop_table("filing__filing")
