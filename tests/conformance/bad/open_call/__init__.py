"""A call of the API that is answered without a token."""

import core.api.app as api
from core import (
    Access,
    ApiRoute,
    Decision,
    Label,
    Module,
    RequestType,
    Role,
    Sight,
    State,
    hookimpl,
    request_fields,
    text,
)
from core.api.answers import JsonAnswer


@request_fields
class Fields:
    """What is asked."""

    wish: str = text("事项", "Matter", column=True, search=True)


request = RequestType(
    kind="open_call",
    title=("坏例", "Bad one"),
    fields=Fields,
    prefix="YF",
    access={Role.CENTRE_REVIEWER: Access(Sight.COURT, review=True, comment=True)},
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE")],
)
module = Module("open_call", ("坏例", "Bad one"), version="1.0", requests=[request])


@hookimpl
def routes():
    return [ApiRoute("GET", "wishes", Label("事项", "Wishes"), lambda request: {"wishes": []})]


def without_token(house, routes, environ, request_id, given=api._handle):
    if environ["PATH_INFO"].endswith("/m/open_call/wishes"):
        return JsonAnswer({"wishes": []})
    return given(house, routes, environ, request_id)


api._handle = without_token
