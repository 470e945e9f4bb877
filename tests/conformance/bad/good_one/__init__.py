"""What all the bad ones are made from: nothing is wrong with it."""

from tests.conformance.parts import module_of, request_of

request = request_of("good_one", "XA")
module = module_of(request)
