"""Serial numbers that begin like those of a module that is there already."""

from tests.conformance.parts import module_of, request_of

request = request_of("same_prefix", "LA")
module = module_of(request)
