"""Connections that wait: no thread is given to a request before it is here.

A thread that reads from a client waits with it. So heads, and bodies that are small, are read as they come by the one
thread that watches all connections; the threads that answer get whole requests. A large body is read by the thread that
answers it, and at most half of the threads do so at once: pages go on, whoever uploads.
"""

import os
import re
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ
from typing import Any

from cheroot import connections

_AT_ONCE = 64 * 1024
_END = re.compile(rb"\n\r?\n")
_BODY = re.compile(rb"\n(?:content-length[ \t]*:[ \t]*([0-9]{1,15})|(?:transfer-encoding|expect)[ \t]*:)", re.IGNORECASE)  # fmt: skip
_LINGER = 2
"""Milliseconds for which a thread waits for a next request of the one whom it has just answered."""
_MOMENT = 0.05
"""Seconds until another connection is accepted, where the system has no room for one."""


class Places:
    """How many requests with a large body have a thread, and those that wait for one."""

    def __init__(self, count: int, begin: Callable[[Any], None]) -> None:
        self._free = count
        self._begin = begin
        self._lock = threading.Lock()
        self._next: deque[Any] = deque()

    def take(self, connection: Any) -> None:
        """Begin with ``connection``, now or when there is a place."""
        with self._lock:
            if not self._free:
                self._next.append(connection)
                return
            self._free -= 1
        self._begin(connection)

    def leave(self) -> None:
        """Give the place to the next."""
        with self._lock:
            following = self._next.popleft() if self._next else None
            self._free += following is None
        if following is not None:
            self._begin(following)

    def close(self) -> None:
        """Close those that wait."""
        with self._lock:
            while self._next:
                self._next.popleft().close()


class Waiting(connections.ConnectionManager):
    """All connections of a server that no thread has. Only the thread that watches closes one of them."""

    _selector: Any
    _stop_requested: bool
    _from_server_socket: Any
    _remove_invalid_sockets: Any

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self._patience = server.patience
        self._until: dict[Any, float] = {}
        """By when those in the middle of something must have done it, the oldest first."""
        self._places = Places(max(1, server.requests.min // 2), server.begin)

    def look(self, connection: Any) -> None:
        """Read what is there of a connection that is new, or has something to say."""
        if connection.parting:
            self._let_speak(connection)
            return
        try:
            data = os.read(connection.socket.fileno(), _AT_ONCE)
        except BlockingIOError:
            self._wait(connection, self._patience.head_seconds)
            return
        except OSError:
            self._close(connection)
            return
        connection.inlet.ahead += data
        if not connection.inlet.ahead:
            self._close(connection)
        elif not data or self._is_whole(connection):
            self._hand_over(connection)
        else:
            self._wait(connection, self._patience.head_seconds)

    def goes_on(self, connection: Any) -> bool:
        """Wait a moment for the next request of ``connection`` in the thread that answered it; tell whether it is here, whole.

        Who asks one thing after the other is answered without two changes of threads for each. It is done only while threads
        are left for whoever else comes.
        """
        threads = self.server.requests
        if connection.parting or threads.qsize or threads.idle < max(1, threads.min // 4):
            return False
        inlet = connection.inlet
        inlet.ahead[:0] = connection.rfile.rest()
        if not inlet.ahead:
            only = select.poll()
            only.register(connection.socket.fileno(), select.POLLIN)
            if not only.poll(_LINGER):
                return False
            try:
                inlet.ahead += os.read(connection.socket.fileno(), _AT_ONCE)
            except OSError:
                return False
        if not inlet.ahead or not self._is_whole(connection) or connection.large:
            return False
        connection.needed = 0
        return True

    def put(self, connection: Any) -> None:
        """Take a connection back from the thread that answered it."""
        connection.last_used = time.time()
        if connection.parting:
            with suppress(OSError):
                connection.socket.shutdown(socket.SHUT_WR)
            self._wait(connection, self._patience.parting_seconds)
            return
        connection.inlet.ahead[:0] = connection.rfile.rest()
        if not connection.inlet.ahead:
            self._watch(connection)
        elif self._is_whole(connection):
            self._hand_over(connection)
        else:
            self._wait(connection, self._patience.head_seconds)

    def done(self, connection: Any) -> None:
        """Note that a thread has answered what it read of ``connection``."""
        if connection.large:
            connection.large = False
            self._places.leave()

    def close(self) -> None:
        """Close all."""
        self._places.close()
        super().close()

    def _is_whole(self, connection: Any) -> bool:
        """Tell whether a thread can answer: all is here that it should not wait for."""
        ahead = connection.inlet.ahead
        if not connection.needed:
            end = _END.search(ahead)
            if end is None:
                return len(ahead) > int(self.server.max_request_header_size or _AT_ONCE)
            length = 0
            for found in _BODY.finditer(ahead, 0, end.end()):
                length = max(length, int(found[1] or 0))
                connection.large |= found[1] is None or length > self._patience.small
            connection.needed = end.end() + (0 if connection.large else length)
        return bool(len(ahead) >= connection.needed)

    def _hand_over(self, connection: Any) -> None:
        self._until.pop(connection, None)
        connection.needed = 0
        if connection.large:
            self._places.take(connection)
        else:
            self.server.begin(connection)

    def _wait(self, connection: Any, seconds: float) -> None:
        self._until.setdefault(connection, time.monotonic() + seconds)
        self._watch(connection)

    def _watch(self, connection: Any) -> None:
        self._selector.register(connection.socket.fileno(), EVENT_READ, data=connection)

    def _let_speak(self, connection: Any) -> None:
        """Read over what a client still sends, for a while, so that it comes to reading what we said."""
        try:
            data = os.read(connection.socket.fileno(), _AT_ONCE)
        except OSError:
            data = b""
        connection.parting = max(0, connection.parting - len(data)) if data else 0
        if connection.parting:
            self._watch(connection)
        else:
            self._close(connection)

    def _close(self, connection: Any) -> None:
        self._until.pop(connection, None)
        connection.close()

    def _run(self, expiration_interval: float) -> None:
        checked = time.monotonic()
        while not self._stop_requested:
            try:
                active = list(self._selector.select(timeout=expiration_interval))
            except OSError:
                self._remove_invalid_sockets()
                continue
            new = False
            for handle, connection in active:
                if connection is self.server:
                    new = True
                else:
                    self._selector.unregister(handle)
                    self.look(connection)
            if new:
                self._accept()
            if time.monotonic() - checked > expiration_interval:
                checked = time.monotonic()
                self._expire(time.time() - self.server.timeout)

    def _accept(self) -> None:
        if len(self._until) >= self._patience.waiting:
            self._drop_oldest()
        try:
            connection = self._from_server_socket(self.server.socket)
        except OSError:  # no descriptor is left, or no memory
            if not self._drop_oldest():
                time.sleep(_MOMENT)
            return
        if connection is not None:
            self.look(connection)

    def _drop_oldest(self) -> bool:
        for connection in list(self._until):
            try:
                self._selector.unregister(connection.socket)
            except (KeyError, ValueError):  # its thread is just putting it there
                continue
            self._close(connection)
            return True
        return False

    def _expire(self, threshold: float) -> None:
        """Part with who was idle too long, or did not send in time what it began."""
        now = time.monotonic()
        for handle, connection in list(self._selector.connections):
            if connection is self.server:
                continue
            until = self._until.get(connection)
            if (connection.last_used or threshold) < threshold if until is None else until < now:
                self._selector.unregister(handle)
                self._give_up(connection)

    def _give_up(self, connection: Any) -> None:
        self._until.pop(connection, None)
        if connection.inlet.ahead and not connection.parting:
            connection.say_it_is_late()
            self.put(connection)
        else:
            connection.close()

    @property
    def _num_connections(self) -> int:
        """How many are idle between two requests: only these are counted against the limit of those kept."""
        return len(self._selector) - 1 - len(self._until)
