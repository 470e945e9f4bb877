"""Calls that modules add: below their name, behind the same token, court and gate as the host's own."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from core.api.answers import JsonAnswer, Trouble
from core.api.call import Call
from core.api.routes import Route
from core.contributions import ApiRequest, ApiRoute
from core.fields.bind import bind
from core.fields.label import Label
from core.fields.problem import invalid
from core.gate import enabled
from core.work.grants import grants_of
from core.work.house import House
from core.work.places import facts_of
from core.work.refusals import may_not, not_found
from core.work.registers import Registers
from core.work.times import court_day

log = logging.getLogger("benchside.api")


def own_routes(house: House) -> list[Route]:
    """Return the calls of the modules that work; what a module cannot give is left out and logged."""
    routes: list[Route] = []
    for name in house.modules.ready:
        routes += [_route(house, name, given) for given in house.hooks.routes(name)]
    return routes


def _route(house: House, module: str, given: ApiRoute) -> Route:
    def handler(call: Call) -> JsonAnswer:
        return _answer(house, module, given, call)

    words = [part.strip("{}").replace("-", "_") for part in given.path.split("/")]
    handler.__name__ = "_".join(["m", module, given.method.lower(), *words])
    handler.__doc__ = given.answer.__doc__
    return Route(
        given.method,
        f"/api/v1/courts/{{court}}/m/{module}/{given.path}",
        handler,
        given.title,
        body=f"Own_{handler.__name__}" if given.body else "",
        answers={400: "An argument is wrong"} if given.query else {},
        arguments=given.query,
        form=given.body,
        schema=given.schema,
    )


def _answer(house: House, module: str, given: ApiRoute, call: Call) -> JsonAnswer:
    values = None
    with house.store.read() as connection:
        if module not in enabled(connection, call.court):
            raise not_found()
        if given.permission is not None:
            actor = evolve(call.actor, grants=tuple(grants_of(connection, call.court).items()))
            if not actor.holds(given.permission):
                raise may_not(given.permission.title.zh, given.permission.title.en)
        if given.body is not None:
            registers = Registers(connection, call.court, court_day(house.clock()))
            values, problems = bind(given.body, call.json(call.raw_body()), registers)
            if problems:
                raise invalid(problems)
    request = ApiRequest(
        **facts_of(house, module, call.court),
        client=call.client.name,
        path={name: value for name, value in call.path.items() if name != "court"},
        query=_query(call, given.query),
        values=values,
    )
    answer = JsonAnswer(house.hooks.ask("routes", module, given.answer, request))
    answer.encoded()  # what cannot be sent fails here, where it is the module's
    return answer


def _query(call: Call, patterns: Mapping[str, str]) -> dict[str, Any]:
    given = {name: values[-1] for name, values in call.query.items() if name in patterns}
    for name, value in given.items():
        if not re.fullmatch(patterns[name], value):
            raise Trouble(
                400, "bad_argument", Label(f"参数{name}有误。", f"The argument {name} does not fit.")
            )
    return given
