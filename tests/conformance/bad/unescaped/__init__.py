"""A page that shows what strangers typed as markup."""

import sqlalchemy as sa

from core import (
    Access,
    Decision,
    Label,
    Module,
    Page,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="unescaped",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="XL",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("unescaped", ("坏例", "Bad one"), version="1.0", requests=[request])


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
