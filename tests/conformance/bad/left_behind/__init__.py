"""A table made on the way, which no declaration knows and no purge finds."""

import sqlalchemy as sa

from tests.conformance.parts import module_of, request_of


def remember(fields, context):
    context.tx.connection.execute(sa.text("CREATE TABLE IF NOT EXISTS wishes_of_all (wish TEXT)"))
    return []


request = request_of("left_behind", "XN", checks=[remember])
module = module_of(request)
