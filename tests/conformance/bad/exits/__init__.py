"""A hook that ends the process."""

import sys

from core import hookimpl
from tests.conformance.parts import module_of, request_of

request = request_of("exits", "YC")
module = module_of(request)


@hookimpl
def menu(court):
    sys.exit("no licence")
