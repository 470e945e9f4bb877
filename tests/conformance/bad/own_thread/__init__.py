"""Work in a thread of its own, which goes on in every court while the module is off."""

import threading

from tests.conformance.parts import module_of, request_of

request = request_of("own_thread", "YA")
module = module_of(request)


ENOUGH = threading.Event()


def work():
    ENOUGH.wait()


threading.Thread(target=work, name="own work", daemon=True).start()
