"""A call of the API that is answered without a token."""

import core.api.app as api
from core import ApiRoute, Label, hookimpl
from core.api.answers import JsonAnswer
from tests.conformance.parts import module_of, request_of

request = request_of("open_call", "YF")
module = module_of(request)


@hookimpl
def routes():
    return [ApiRoute("GET", "wishes", Label("事项", "Wishes"), lambda request: {"wishes": []})]


def without_token(house, callers, routes, environ, request_id, given=api._handle):
    if environ["PATH_INFO"].endswith("/m/open_call/wishes"):
        return JsonAnswer({"wishes": []})
    return given(house, callers, routes, environ, request_id)


api._handle = without_token
