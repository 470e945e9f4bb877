"""A server that ends in order: what was accepted is answered, nothing more is accepted, and by a set moment it is over.

cheroot by itself closes its socket with the connections that wait to be accepted, and every kept connection with the request
that is on its way. Here ``stop`` only asks (a signal handler may do that), and ``serve`` returns when all is answered.
"""

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any

from cheroot import server, wsgi

from core.web.waiting import Waiting

GRACE = 0.3
"""Seconds for a request that is on its way: so long a kept connection stays open, and one on which nothing was said yet."""
_LOOK = 0.02
"""Seconds between two looks at what is still at work."""
_CUT = 1.0
"""Seconds that what is cut off has to say so."""


class Door(Waiting):
    """The connections that no thread has; at the end it lets in who waits already, and then out who has been answered."""

    def __init__(self, served: Any) -> None:
        super().__init__(served)
        self._shut = False
        self._guard = Lock()

    def put(self, connection: Any) -> None:
        """Take a connection back from the thread that answered it."""
        with self._guard:
            if not self._shut:
                super().put(connection)
                return
        connection.close()

    def ask(self) -> None:
        """Ask the loop to end; it does within half a second."""
        self._stop_requested = True

    def _expire(self, threshold: float) -> None:
        super()._expire(threshold)
        self.server.beat()

    def finish(self) -> int:
        """Accept all who wait, then nobody; return how many requests were not answered in time."""
        self._last_call()
        since, quiet = time.time(), 0
        while self.server.left and quiet < 2:
            for handle, connection in list(self._selector.select(_LOOK)):
                self._selector.unregister(handle)
                self.look(connection)
            self._expire(time.time() - self.server.timeout)
            self._let_go(since)
            # Twice: between the queue and its thread a connection is in neither for a moment.
            quiet = 0 if self.server.busy or len(self._selector) else quiet + 1
        return 0 if quiet else sum(self._in_the_middle(one) for _, one in self._selector.connections)

    def shut(self) -> None:
        """Close what is left."""
        with self._guard:
            self._shut = True
            self.close()

    def _last_call(self) -> None:
        listening = self.server.last_listener()
        self._selector.unregister(listening.fileno())
        with suppress(OSError):  # no descriptor is left: who waits outside is told by the kernel
            while (connection := self._from_server_socket(listening)) is not None:
                self.look(connection)
        listening.close()
        self.server.socket = None

    def _let_go(self, since: float) -> None:
        """Close those who had their moment and asked nothing."""
        for handle, connection in list(self._selector.connections):
            if self._in_the_middle(connection) or connection.parting:
                continue
            if time.time() - max(since, connection.last_used or 0) > GRACE:
                self._selector.unregister(handle)
                self._close(connection)

    @staticmethod
    def _in_the_middle(connection: Any) -> bool:
        return bool(connection.inlet.ahead) and not connection.parting


class Orderly(wsgi.Server):
    """A server that ends in order."""

    stop_seconds = 30.0
    """From ``stop`` to the moment at which what is still at work is cut off."""
    ending = False
    cut = 0
    """So many connections were cut off at the end."""
    stuck = False
    """Whether a thread is at work that nothing could end: only the end of the process will."""
    _until = 0.0
    _connections: Any
    _unservicable_conns: Any

    def __init__(self, *told: Any, **options: Any) -> None:
        super().__init__(*told, **options)
        self.beat: Callable[[], None] = lambda: None
        """Called when connections begin to be accepted, and about twice a second from then on."""

    def stop(self) -> None:
        """Ask ``serve`` to end; safe in a signal handler, and twice."""
        if not self.ending:
            self._until = time.monotonic() + self.stop_seconds
            self.ending = True
            self.ready = False  # from now on every answer says that the connection closes
            self._connections.ask()

    def last_listener(self) -> Any:
        """Return the socket, to accept all who wait and to wait for nobody."""
        self.socket.setblocking(False)
        return self.socket

    def serve(self) -> None:
        """Serve until ``stop``, and then until everything accepted is answered, or the time is over."""
        try:
            self.beat()
            super().serve()
        finally:
            self.stop()
            self._finish()

    @property
    def left(self) -> float:
        """Seconds until what is still at work is cut off."""
        return max(0.0, self._until - time.monotonic())

    @property
    def busy(self) -> bool:
        """Whether a connection is at work or waits for a thread."""
        return bool(self.requests.qsize) or bool(self._at_work())

    def _at_work(self) -> list[Any]:
        return [conn for one in list(self.requests._threads) if (conn := one.conn) is not None]  # noqa: SLF001 - the pool tells it nowhere else

    def put_conn(self, conn: Any) -> None:
        """Keep a connection; the door closes it where it has shut."""
        self._connections.put(conn)

    def _finish(self) -> None:
        self._unservicable_conns.put(vars(server)["_STOPPING_FOR_INTERRUPT"])  # ends the thread that reads it
        self.cut = self._connections.finish()
        if self.busy:
            late = self._at_work()
            self.cut += len(late) + self.requests.qsize
            for conn in late:
                with suppress(OSError):
                    conn.socket.shutdown(socket.SHUT_RD)  # whoever reads finds the end
        self._connections.shut()
        until = time.monotonic() + _CUT
        while self.busy and time.monotonic() < until:
            time.sleep(_LOOK)
        self.stuck = self.busy
        if not self.stuck:
            self.requests.stop(_CUT)
