"""Who sends slowly gets no thread until the request is here, has a time for all of it, and stops nobody."""

import itertools
import threading
from time import monotonic

import pytest

from core.web.server import whole_application
from tests.hostile.talking import drip, read, rest

SLOW_HEAD = b"GET /m/filing/ HTTP/1.1\r\nHost: h\r\nX-Slow: "
LONG = 200_000
"""A body that a thread reads."""


def echo(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 10**6))
    told = f"{environ['PATH_INFO']} {len(body)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(told)))])
    return [told]


@pytest.mark.parametrize(
    "begun",
    [
        b"G",
        b"GET /slow HTTP/1.1\r\nHost: h\r\nX: ",
        b"POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n",
    ],
    ids=["request line", "header", "small body"],
)
def test_a_request_that_drips_is_told_so_when_its_time_is_over(serve, begun):
    """However many bytes come: the time is for the whole of it."""
    served = serve(echo, head_seconds=0.4)
    began = monotonic()
    with served.open() as wire:
        told = read(drip(wire, itertools.chain([begun], itertools.repeat(b"a", 500)), 0.03))
    assert told.status == 408
    assert "没有在限定时间内传完" in told.text
    assert "did not arrive in time" in told.text
    assert told.header("Connection") == "close"
    assert 0.35 < monotonic() - began < 3


def test_a_large_body_must_keep_a_pace(serve):
    served = serve(echo, grace_seconds=0.4)
    with served.open() as wire:
        begun = b"POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % LONG
        told = read(drip(wire, itertools.chain([begun], itertools.repeat(b"a", 500)), 0.03))
    assert told.status == 408


def test_a_chunked_body_must_keep_a_pace(serve):
    served = serve(echo, grace_seconds=0.4)
    with served.open() as wire:
        begun = b"POST /slow HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        told = read(drip(wire, itertools.chain([begun], itertools.repeat(b"1\r\na\r\n", 500)), 0.03))
    assert told.status == 408


def test_a_steady_body_may_take_longer_than_the_grace(serve):
    """Who sends 2,000 bytes each hundredth of a second is slow, but not too slow."""
    served = serve(echo, grace_seconds=0.15, bytes_a_second=1000)
    with served.open() as wire:
        began = monotonic()
        wire.sendall(
            b"POST /steady HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % LONG
        )
        told = read(drip(wire, itertools.repeat(b"a" * 10_000, LONG // 10_000), 0.02))
        assert monotonic() - began > 0.15
    assert told.body == b"/steady %d" % LONG


def test_who_does_not_take_his_answer_is_left(serve):
    """A client that never reads: the thread that writes to it is free again when the time is over."""

    def endless(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return itertools.repeat(b"a" * 65536, 1000) if environ["PATH_INFO"] == "/much" else [b"here"]

    served = serve(endless, threads=1, grace_seconds=0.4, bytes_a_second=10**9)
    with served.open() as deaf:
        deaf.sendall(b"GET /much HTTP/1.1\r\nHost: h\r\n\r\n")
        assert b"here" in served.ask("GET", "/other").body


def test_an_answer_that_nobody_waits_for_the_end_of_is_still_read(serve):
    """Two requests in one breath, the second in two pieces: both are answered, in order."""
    served = serve(echo)
    with served.open() as wire:
        wire.sendall(b"GET /one HTTP/1.1\r\nHost: h\r\n\r\nGET /two HTTP/1.1\r\nHo")
        told = b""
        while not told.endswith(b"/one 0"):
            told += wire.recv(65536)
        wire.sendall(b"st: h\r\nConnection: close\r\n\r\n")
        assert b"/two 0" in rest(wire)


def test_many_slow_clients_do_not_stop_a_queue_page(court, serve):
    """Forty clients in the middle of a head or a body, two threads, and the queue is there at once."""
    served = serve(whole_application(court.house), threads=2, head_seconds=20)
    served.court = court
    cookie = served.session("reviewer")
    slow = [served.open() for _ in range(40)]
    try:
        for place, wire in enumerate(slow):
            wire.sendall(SLOW_HEAD if place % 2 else b"POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 900\r\n\r\nuser")  # fmt: skip
        began = monotonic()
        told = served.get("/m/filing/", head=b"Cookie: " + cookie + b"\r\n")
        assert told.status == 200
        assert monotonic() - began < 2
        for wire in slow:
            wire.sendall(b"still here")
    finally:
        for wire in slow:
            wire.close()


def test_large_bodies_take_half_of_the_threads_and_the_next_waits_for_its_place(serve):
    served = serve(echo, threads=2, grace_seconds=20)
    head = b"POST /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % LONG
    with served.open() as first, served.open() as second:
        first.sendall(head)
        second.sendall(head + b"a" * LONG)  # all of it is there, and still it waits
        assert served.ask("GET", "/page").body == b"/page 0"
        first.sendall(b"a" * LONG)
        assert rest(first).endswith(b"/large %d" % LONG)
        assert rest(second).endswith(b"/large %d" % LONG)


def test_when_too_many_are_waited_for_the_oldest_goes(serve):
    served = serve(echo, waiting=3)
    slow = [served.open() for _ in range(5)]
    try:
        for wire in slow:
            wire.sendall(b"GET /slow HT")
            assert served.ask("GET", "/page").body == b"/page 0"
        assert slow[0].recv(100) == b""
        slow[-1].sendall(b"TP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert rest(slow[-1]).endswith(b"/slow 0")
    finally:
        for wire in slow:
            wire.close()


def test_a_server_that_stops_does_not_wait_for_slow_clients(serve):
    served = serve(echo, head_seconds=60)
    with served.open() as wire:
        wire.sendall(b"GET /slow HT")
        assert served.ask("GET", "/page").status == 200
        stopping = threading.Thread(target=served.server.stop)
        stopping.start()
        stopping.join(4)
        assert not stopping.is_alive()
