"""hearings and services

Revision: 0003_a2d09b, after: 0002_4d1c07
"""

import sqlalchemy as sa
from alembic import op

from core.store import types

revision = "0003_a2d09b"
down_revision = "0002_4d1c07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hearing",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("case_id", types.Key, nullable=False),
        sa.Column("starts_at", types.Instant(), nullable=False),
        sa.Column("ends_at", types.Instant(), nullable=False),
        sa.Column("courtroom", sa.String(length=100), nullable=False),
        sa.Column("judge_id", types.Key, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("moved_to", types.Key, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_hearing_case_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_hearing_court_code")),
        sa.ForeignKeyConstraint(["judge_id"], ["person.id"], name=op.f("fk_hearing_judge_id")),
        sa.ForeignKeyConstraint(["moved_to"], ["hearing.id"], name=op.f("fk_hearing_moved_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index("ix_hearing_case_id_starts_at", ["case_id", "starts_at"], unique=False)
        batch_op.create_index("ix_hearing_courtroom", ["court_code", "courtroom", "starts_at"], unique=False)
        batch_op.create_index("ix_hearing_judge", ["court_code", "judge_id", "starts_at"], unique=False)

    op.create_table(
        "service_record",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("court_code", sa.String(length=16), nullable=False),
        sa.Column("case_id", types.Key, nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_service_record_case_id")),
        sa.ForeignKeyConstraint(["court_code"], ["court.code"], name=op.f("fk_service_record_court_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_record")),
    )
    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_record_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("court_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("procedure", sa.String(length=16), server_default="", nullable=False))

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("application_id", nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("application_id", nullable=False)

    with op.batch_alter_table("court_case", schema=None) as batch_op:
        batch_op.drop_column("procedure")

    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_record_case_id"))

    op.drop_table("service_record")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index("ix_hearing_judge")
        batch_op.drop_index("ix_hearing_courtroom")
        batch_op.drop_index("ix_hearing_case_id_starts_at")

    op.drop_table("hearing")
