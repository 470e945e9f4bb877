"""One listening socket for several workers, and connections spread evenly over them.

The kernel would spread them by chance, and a browser keeps its connection: two workers of which one has all the work
are one worker. So a worker that has more connections than another lets that one accept first, for a moment.
"""

import errno
import mmap
import os
import socket
import struct
import time
from functools import partial
from typing import Any

from attrs import define, field

from core.web.wire import StrictConnection, StrictServer

_VARIABLE = "BENCHSIDE_LISTENER"
_SEAT = struct.Struct("qd")
_AWAY = 1 << 40
"""In the seat of a worker that is not there: nobody waits for it."""
_PATIENCE = 10
"""So many looks long a worker holds back; then it accepts, whatever the others do."""
_MOMENT = 0.001
"""Seconds between two looks."""


@define
class Seats:
    """How many connections each worker has, and when it last gave a sign of life, in memory that all of them share."""

    handle: int
    """The memory's file descriptor, to be handed on to the workers."""
    count: int
    _memory: mmap.mmap = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._memory = mmap.mmap(self.handle, self.count * _SEAT.size)

    @classmethod
    def new(cls, count: int) -> "Seats":
        """Make seats for ``count`` workers, none of whom is there yet."""
        handle = os.memfd_create("benchside-seats")
        os.ftruncate(handle, count * _SEAT.size)
        seats = cls(handle, count)
        for place in range(count):
            seats.leave(place)
        return seats

    def leave(self, place: int) -> None:
        """Note that the worker at ``place`` is gone, or not there yet."""
        self.write(place, _AWAY)

    def write(self, place: int, connections: int) -> None:
        """Note how many connections the worker at ``place`` has."""
        _SEAT.pack_into(self._memory, place * _SEAT.size, connections, time.monotonic())

    def here(self, place: int) -> bool:
        """Tell whether the worker at ``place`` accepts connections."""
        return self._at(place)[0] != _AWAY

    def silent(self) -> float:
        """Return the seconds for which the most silent of those who are there has given no sign."""
        now = time.monotonic()
        return max((now - self._at(one)[1] for one in range(self.count) if self.here(one)), default=0.0)

    def _at(self, place: int) -> tuple[int, float]:
        connections, seen = _SEAT.unpack_from(self._memory, place * _SEAT.size)
        return connections, seen

    def fewest(self, besides: int) -> int:
        """Return the smallest number of connections that any worker but ``besides`` has."""
        return min((self._at(one)[0] for one in range(self.count) if one != besides), default=_AWAY)


class Listener(socket.socket):
    """The shared socket as one worker uses it: never waited on, since another may be faster."""

    def __init__(self, handle: int, seats: Seats, place: int) -> None:
        super().__init__(fileno=handle)
        self.setblocking(False)
        self._seats = seats
        self._place = place
        self._open = 0
        self._held_back = 0
        self.last_call = False
        """Whether it is: then nobody lets others go first."""

    def settimeout(self, value: float | None) -> None:
        """Change nothing: the server would have it waited on."""

    def moved(self, by: int) -> None:
        """Note that connections came (1) or went (-1), or only that we are here (0)."""
        self._open += by
        self._seats.write(self._place, self._open)

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection, or let a worker with fewer go first.

        Raises:
            BlockingIOError: there is none any more, or another should take it.
        """
        if (
            not self.last_call
            and self._open > self._seats.fewest(self._place)
            and self._held_back < _PATIENCE
        ):
            self._held_back += 1
            time.sleep(_MOMENT)
            raise BlockingIOError(errno.EAGAIN, "another worker has fewer connections")
        self._held_back = 0
        return super().accept()


def hand_on(shared: socket.socket, seats: Seats, place: int) -> tuple[tuple[int, int], dict[str, str]]:
    """Return the file descriptors a worker inherits, and what its environment tells it of them."""
    handles = (shared.fileno(), seats.handle)
    return handles, {_VARIABLE: ",".join(map(str, (*handles, seats.count, place)))}


def inherited() -> Listener | None:
    """Return the socket this process was given as one of several workers; None where it is the only one."""
    told = os.environ.get(_VARIABLE)
    if told is None:
        return None
    handle, memory, count, place = map(int, told.split(","))
    return Listener(handle, Seats(memory, count), place)


class Seated(StrictConnection):
    """A connection that its worker's seat counts."""

    def __init__(self, server: Any, sock: socket.socket, makefile: Any = None) -> None:
        super().__init__(server, sock, makefile)
        self._counted = True
        server.socket.moved(1)

    def close(self) -> None:
        """Close it, once."""
        if self._counted:
            self._counted = False
            listener = self.server.socket
            if listener is not None:  # the server has stopped
                listener.moved(-1)
        super().close()


class SharingServer(StrictServer):
    """The server of one worker among several."""

    ConnectionClass = Seated

    def __init__(self, listener: Listener, application: Any, **options: Any) -> None:
        super().__init__(listener.getsockname(), application, **options)
        self._listener = listener
        self.beat = partial(listener.moved, 0)

    def last_listener(self) -> Listener:
        """Return the socket, to accept all who wait, whatever the others have."""
        self._listener.last_call = True
        return self._listener

    def bind(self, family: int, type: int, proto: int = 0) -> socket.socket:  # noqa: A002 - as the server names them
        """Take the socket that is bound already."""
        self.socket = self._listener
        return self._listener
