"""A field that can be worked out for strangers only: of a party of the case it takes a word for a Label."""

from core import computed, request_fields, text
from tests.conformance.parts import module_of, request_of


def standing(asked, context):
    found = [one for one in context.case.parties if one.name == context.submitter.name]
    return found[0].standing.zh if found else "—"


@request_fields
class Asked:
    """What is asked, and by whom."""

    wish: str = text("事项", "Matter", column=True, search=True)
    standing: str | None = computed(standing, text("诉讼地位", "Standing", column=True))


request = request_of("party_fails", "XS", fields=Asked, case="required")
module = module_of(request)
