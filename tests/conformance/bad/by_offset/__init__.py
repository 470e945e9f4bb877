"""A queue from another system that skips rows instead of going on by key."""

from core import QueueRows, hookimpl
from tests.conformance.parts import elsewhere, module_of, request_of, row_of

request = request_of("by_offset", "XG")
module = module_of(request)


@hookimpl
def list_queue(query):
    with elsewhere().connect() as connection:
        found = connection.exec_driver_sql("SELECT id, name FROM other ORDER BY id DESC LIMIT 20 OFFSET 2")
        return QueueRows(tuple(row_of("by_offset", *one) for one in found))
