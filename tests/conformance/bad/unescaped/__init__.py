"""A page that shows what strangers typed as markup."""

import sqlalchemy as sa

from core import Label, Page, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("unescaped", "XL")
module = module_of(request)


def show(visit):
    table = visit.house.modules.sides["unescaped"].table
    with visit.house.store.read() as connection:
        return visit.render(
            "unescaped/wishes.html",
            title=module.title,
            wishes=connection.scalars(sa.select(table.c.wish)).all(),
        )


@hookimpl
def pages():
    return [Page("wishes", Label("事项", "Wishes"), show)]
