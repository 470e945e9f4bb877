"""A decision that fails whenever it is carried out."""

from core import hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("failing_step", "XK")
module = module_of(request)


@hookimpl
def review(application, decision, context):
    raise RuntimeError("nobody tried this")
