"""Works that are sure to be one group of writers to SQLite."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from core.store.engine import Store

Work = Callable[[sa.Connection], Any]


def together(store: Store, works: list[Work]) -> list[Future[Any]]:
    """Give all works while the first is under way, so that they make one group in this order."""
    entered, go = threading.Event(), threading.Event()

    def first(connection: sa.Connection) -> None:
        entered.set()
        assert go.wait(10)

    queue = store._group._waiting  # to know when they wait
    with ThreadPoolExecutor(len(works) + 1) as pool:
        begun = pool.submit(store.write, first)
        assert entered.wait(10)
        given = []
        for place, work in enumerate(works):
            given.append(pool.submit(store.write, work))
            while len(queue) <= place:
                pass
        go.set()
        begun.result(10)
        return given
