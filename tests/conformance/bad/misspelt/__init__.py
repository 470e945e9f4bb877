"""A limit as long as a setting that there is not."""

from core import field, limit
from tests.conformance.parts import module_of, request_of

request = request_of(
    "misspelt",
    "XU",
    limits=[limit("XU-1", workdays=field("settings.nothing"), since="received", basis="第1条")],
)
module = module_of(request)
