"""A decision with a code that the host writes into histories itself."""

from core import Decision
from tests.conformance.parts import module_of, request_of

request = request_of(
    "called_assign", "XV", decisions=[Decision("assign", "委派", "Commission", "NEW", "DONE")]
)
module = module_of(request)
