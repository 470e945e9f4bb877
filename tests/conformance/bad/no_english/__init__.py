"""A state says in Chinese what it is, and nothing in English."""

from core import State
from tests.conformance.parts import module_of, request_of

request = request_of("no_english", "XB", states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "")])
module = module_of(request)
