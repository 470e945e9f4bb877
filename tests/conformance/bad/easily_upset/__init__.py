"""A check that fails on a text it did not expect."""

from tests.conformance.parts import module_of, request_of


def fair(fields, context):
    if fields.wish.startswith("<script"):
        raise ValueError(fields.wish)
    return []


request = request_of("easily_upset", "YD", checks=[fair])
module = module_of(request)
