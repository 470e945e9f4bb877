"""A migration that cannot be undone."""

from tests.conformance.parts import module_of, request_of

request = request_of("no_way_back", "YG")
module = module_of(request)
