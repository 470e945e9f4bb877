"""A state that no step leads to."""

from core import State
from tests.conformance.parts import module_of, request_of

request = request_of(
    "no_way",
    "XJ",
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done"), State("LOST", "遗失", "Lost")],
)
module = module_of(request)
