"""A migration that makes a column which the declaration does not have."""

from tests.conformance.parts import module_of, request_of

request = request_of("drifted", "YH")
module = module_of(request)
