"""Several workers share one listening socket, and the one with fewer connections accepts first."""

import os
import socket
from collections.abc import Iterator

import pytest

from core.web.listening import Listener, Seats, hand_on, inherited


@pytest.fixture
def shared() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def seats() -> Iterator[Seats]:
    made = Seats.new(2)
    yield made
    os.close(made.handle)


def worker(shared: socket.socket, seats: Seats, place: int) -> Listener:
    """Return a worker's socket; it is there from its first sign of life on."""
    made = Listener(os.dup(shared.fileno()), seats, place)
    made.moved(0)
    return made


def caller(shared: socket.socket) -> socket.socket:
    return socket.create_connection(shared.getsockname())


def test_a_worker_with_more_connections_lets_the_other_accept(shared, seats):
    with worker(shared, seats, 0) as busy, worker(shared, seats, 1) as idle, caller(shared):
        busy.moved(1)
        with pytest.raises(BlockingIOError):
            busy.accept()
        accepted, _ = idle.accept()
        accepted.close()


def test_it_holds_back_for_a_moment_and_not_for_ever(shared, seats):
    """The other may hang: nobody's request waits for that."""
    with worker(shared, seats, 0) as busy, worker(shared, seats, 1), caller(shared):
        busy.moved(1)
        for _ in range(10):
            with pytest.raises(BlockingIOError):
                busy.accept()
        accepted, _ = busy.accept()
        accepted.close()


def test_nobody_waits_for_a_worker_that_is_gone(shared, seats):
    with worker(shared, seats, 0) as busy, worker(shared, seats, 1), caller(shared):
        busy.moved(5)
        seats.leave(1)
        accepted, _ = busy.accept()
        accepted.close()


def test_a_connection_that_is_closed_counts_no_more(shared, seats):
    with worker(shared, seats, 0) as one, worker(shared, seats, 1), caller(shared):
        one.moved(1)
        one.moved(-1)
        accepted, _ = one.accept()
        accepted.close()


def test_nothing_to_accept_is_said_at_once(shared, seats):
    with worker(shared, seats, 0) as one:
        one.settimeout(30)
        with pytest.raises(BlockingIOError):
            one.accept()


def test_a_worker_finds_what_it_was_handed(shared, seats, monkeypatch):
    assert inherited() is None
    handles, told = hand_on(shared, seats, 1)
    assert handles == (shared.fileno(), seats.handle)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    found = inherited()
    assert found is not None
    assert found.getsockname() == shared.getsockname()
    found.detach()  # the descriptor is the parent's own here
