"""A decision whose guard takes values that no example gives."""

from core import Decision, Label, Problem, request_fields, whole
from tests.conformance.parts import module_of, request_of


@request_fields
class Finish:
    """What is filled in."""

    number: int = whole("号码", "Number")


def only_one(application, values, context):
    if values.number != 4711:
        return Problem("number", "wrong", Label("只能是4711。", "Only 4711 will do."))
    return None


request = request_of(
    "guarded",
    "XW",
    decisions=[Decision("finish", "办结", "Finish", "NEW", "DONE", fields=Finish, guard=only_one)],
)
module = module_of(request)
