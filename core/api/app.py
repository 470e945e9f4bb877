"""The API as one WSGI application: find the call, check token and court, answer, or say what is wrong."""

import io
import json
import logging
import secrets
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from attrs import evolve

from core.api import keyed
from core.api.answers import JSON, ApiAnswer, JsonAnswer, Trouble, of_refusal, of_trouble
from core.api.call import Call
from core.api.callers import Callers
from core.api.openapi import document
from core.api.own import own_routes
from core.api.routes import Route
from core.api.table import ROUTES
from core.fields.label import Label
from core.fields.problem import Refused
from core.request import CURRENT, ENVIRON, Request
from core.values import Actor
from core.work.clients import ClientChanged
from core.work.house import House
from core.work.outages import outage_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("benchside.api")
DOCUMENT = "/api/v1/openapi.json"


def api_application(house: House) -> "WSGIApplication":
    """Return the API of ``house``, to be mounted at the server's root or at ``/api``."""
    routes = (*ROUTES, *own_routes(house))
    callers = Callers(house)

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = _answer(house, callers, routes, environ)
        body = answer.encoded()
        headers = {"Content-Type": answer.content_type, "Content-Length": str(len(body)), **answer.headers}
        headers |= {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(headers.items()))
        return [body]

    return application


def _answer(house: House, callers: Callers, routes: Sequence[Route], environ: "WSGIEnvironment") -> ApiAnswer:
    noted: Request | None = environ.get(ENVIRON)
    request_id = noted.id if noted else secrets.token_hex(8)
    try:
        return _handle(house, callers, routes, environ, request_id)
    except Trouble as trouble:
        return of_trouble(trouble)
    except Refused as refused:
        return of_refusal(refused)
    except Exception as error:
        if (outage := outage_of(error)) is not None:
            log.error("request %s: %s: %s", request_id, outage.code, type(error).__name__)  # noqa: TRY400 - no trace: it is no fault of ours
            return of_trouble(Trouble(outage.status, outage.code, outage.told, outage.headers))
        log.exception("request %s failed", request_id)
        told = Label(
            f"系统内部错误，请稍后重试；编号{request_id}。",
            f"Something went wrong here; try again later. Number {request_id}.",
        )
        return of_trouble(Trouble(500, "internal", told))


def _handle(
    house: House, callers: Callers, routes: Sequence[Route], environ: "WSGIEnvironment", request_id: str
) -> ApiAnswer:
    path = _path(environ)
    method = str(environ["REQUEST_METHOD"])
    if path == DOCUMENT:
        if method != "GET":
            raise _wrong_method({"GET"})
        return JsonAnswer(document(house, routes), content_type=JSON)
    route, arguments = _route(routes, method, path)
    if (noted := CURRENT.get()) is not None:
        noted.route = route.template
    court = arguments["court"]
    # Beside the writers, a question of its own would cost a filing a tenth of its time: its client is confirmed with it.
    client = callers.caller(environ, court, known=route.confirms and "HTTP_IDEMPOTENCY_KEY" not in environ)
    actor = Actor(
        court=court,
        name=client.name,
        client=client.name,
        address=str(environ.get("REMOTE_ADDR", "")),
        request_id=request_id,
    )
    call = Call(house, client, actor, court, arguments, environ)
    try:
        return _keyed(route, call) if route.keyed else route.handler(call)
    except ClientChanged:
        callers.caller(environ, court)  # tells what it is now
        raise Trouble(409, "client_changed", Label("接入方信息刚刚变更，请重试。", "The client was changed just now; try again.")) from None  # fmt: skip


def _path(environ: "WSGIEnvironment") -> str:
    raw = str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))
    try:
        path = raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        path = "\0"
    if "\0" in path:
        raise Trouble(400, "bad_path", Label("地址不是有效的 UTF-8。", "The address is not valid UTF-8."))
    return path


def _route(routes: Sequence[Route], method: str, path: str) -> tuple[Route, dict[str, str]]:
    others: set[str] = set()
    for route in routes:
        match = route.pattern.fullmatch(path)
        if match is None:
            continue
        if route.method == method:
            return route, match.groupdict()
        others.add(route.method)
    if others:
        raise _wrong_method(others)
    raise Trouble(404, "not_found", Label("没有这个地址。", "There is no such address."))


def _wrong_method(allowed: set[str]) -> Trouble:
    listed = ", ".join(sorted(allowed))
    return Trouble(
        405,
        "wrong_method",
        Label(f"此地址只接受 {listed}。", f"This address takes {listed}."),
        {"Allow": listed},
    )


def _keyed(route: Route, call: Call) -> ApiAnswer:
    key = keyed.key_of(call)
    if not key:
        return route.handler(call)
    body = call.raw_body() if route.body else b""
    first = keyed.claim(call, key, body)
    if first is not None:
        status, text = first
        return JsonAnswer(json.loads(text), status, headers={"Idempotent-Replay": "true"})
    replayed: dict[str, Any] = {**call.environ, "wsgi.input": io.BytesIO(body)}
    try:
        answer = route.handler(evolve(call, environ=replayed))
    except BaseException:
        keyed.settle(call, key, None, "")
        raise
    keyed.settle(call, key, answer.status, answer.encoded().decode())
    return answer
