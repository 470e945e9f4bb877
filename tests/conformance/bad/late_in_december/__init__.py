"""A decision that reckons with a day which, late in the year, lies in one that nobody has entered."""

from core import Outcome, hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("late_in_december", "XT")
module = module_of(request)


@hookimpl
def review(application, decision, context):
    return Outcome(data={"until": context.deadline(context.today, 10, "days").end.isoformat()})
