"""A queue from another system that asks once for each row."""

from core import QueueRows, hookimpl
from tests.conformance.parts import elsewhere, module_of, request_of, row_of

request = request_of("row_by_row", "XF")
module = module_of(request)


@hookimpl
def list_queue(query):
    ask = "SELECT name FROM other WHERE id = ?"
    with elsewhere().connect() as connection:
        numbers = connection.exec_driver_sql("SELECT id FROM other ORDER BY id DESC LIMIT 20").scalars().all()
        names = {one: connection.exec_driver_sql(ask, (one,)).scalar_one() for one in numbers}
    return QueueRows(tuple(row_of("row_by_row", *one) for one in names.items()))
