"""A queue from another system that is read whole and sorted, for want of an index."""

from core import QueueRows, hookimpl
from tests.conformance.parts import elsewhere, module_of, request_of, row_of

request = request_of("from_end_to_end", "XH")
module = module_of(request)


@hookimpl
def list_queue(query):
    with elsewhere().connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT id, name FROM other WHERE name > '' ORDER BY day DESC LIMIT 20"
        )
        return QueueRows(tuple(row_of("from_end_to_end", *one) for one in found))
