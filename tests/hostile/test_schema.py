"""The API asked as its own document says it may be asked, and as it says it may not; schemathesis makes the calls."""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.parameters import ParameterLocation

from core.api.app import DOCUMENT
from core.api.routes import Route
from core.api.table import ROUTES
from core.work.clients import add_client
from tests.hostile.conftest import Court
from tests.support.acting import PDF
from tests.support.houses import COURT, OTHER

load_all_checks()
ALWAYS = CHECKS.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
])  # fmt: skip
REJECTED = CHECKS.get_by_names(["negative_data_rejection"])
SHORT, LONG = 4, 400
GENERATED = 4
"""Conditions of one object that schemathesis can make values for; each doubles its work."""
NAMES = [f"{route.method} {route.template.rpartition('{court}/')[2]}" for route in ROUTES]


def loosened(part: Any) -> Any:
    """Return the document without what no values can be made for: it forbids less, so that what it forbids is forbidden."""
    if isinstance(part, list):
        return [loosened(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: loosened(one) for name, one in part.items()}
    if any("contains" in one for one in kept.get("allOf", [])):
        del kept["allOf"]
    if "allOf" in kept:
        kept["allOf"] = kept["allOf"][:GENERATED]
    return kept


@functools.cache
def described(court: Court) -> Any:
    """Return the API's document as schemathesis reads it, ready to be called."""
    raw = json.loads(court.call("GET", "kinds", path=DOCUMENT).body)
    expected = {"negative_data_rejection": {"expected-statuses": [400, 404, 409, 413, 415, 422]}}
    config = schemathesis.Config.from_dict({"checks": expected})
    schema = schemathesis.openapi.from_dict(loosened(raw), config=config)
    schema.app = court.api
    return schema


@functools.cache
def filed(court: Court) -> str:
    """File a request to ask about."""
    court.put(PDF)
    body = court.examples()["filing"]
    for one in body["attachments"]:
        one["sha256"] = hashlib.sha256(PDF).hexdigest()
    return str(json.loads(court.file(body).body)["serial_no"])


def made(
    court: Court, route: Route, mode: GenerationMode, examples: int, then: Callable[[Any], None]
) -> None:
    """Have calls of ``route`` made, always the same ones, and give each to ``then``."""

    @seed(20261126)
    @settings(max_examples=examples, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=described(court)[route.template][route.method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        path = case.meta.components.get(ParameterLocation.PATH)
        if (
            path is not None and path.mode is GenerationMode.POSITIVE
        ):  # of a court and a request that are there
            there = {"court": COURT, "serial_no": filed(court)}
            case.path_parameters |= {
                name: value for name, value in there.items() if name in case.path_parameters
            }
        then(case)

    ask()


def answers_as_described(court: Court, route: Route, examples: int) -> None:
    allowed = {"Authorization": f"Bearer {court.fixture.token}"}

    def ask(case: Any) -> None:
        wrong = {
            place for place, part in case.meta.components.items() if part.mode is GenerationMode.NEGATIVE
        }
        # Headers and arguments that nobody asked for are passed over, as HTTP has it; a body is all ours.
        checks = [*ALWAYS, *(REJECTED if wrong == {ParameterLocation.BODY} else [])]
        case.call_and_validate(headers=allowed, checks=checks)

    for mode in GenerationMode:
        made(court, route, mode, examples, ask)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_whatever_is_asked_is_answered_as_the_document_says(court: Court, route: Route):
    answers_as_described(court, route, SHORT)


@pytest.mark.soak
@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_whatever_is_asked_at_length_is_answered_as_the_document_says(court: Court, route: Route):
    answers_as_described(court, route, LONG)


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_nobody_is_answered_without_a_token_or_in_a_court_that_is_not_theirs(court: Court, route: Route):
    elsewhere = foreign(court)
    tokens = {None: 401, "": 401, "x": 401, elsewhere: 403}

    def refused(case: Any) -> None:
        for token, status in tokens.items():
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            assert case.call(headers=headers).status_code == status, (token, case.path)

    made(court, route, GenerationMode.POSITIVE, 1, refused)


@functools.cache
def foreign(court: Court) -> str:
    """Return the token of a client of the other court alone."""
    return add_client(court.fixture.house, "elsewhere", [OTHER])
