"""Who asks one thing after the other keeps the thread, as long as nobody else needs it; each answer is one piece."""

import socket
import threading
from contextlib import contextmanager

from core.web.pace import Outlet
from core.web.wire import StrictServer


class Counting(StrictServer):
    handed_over = 0

    def begin(self, connection):
        self.handed_over += 1
        super().begin(connection)


@contextmanager
def serving(application, threads):
    server = Counting(("127.0.0.1", 0), application, numthreads=threads, timeout=5)
    server.error_log = lambda *told, **more: None
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def asking(*paths):
    return b"".join(f"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n".encode() for path in paths)


def answers(wire):
    wire.shutdown(socket.SHUT_WR)
    return b"".join(iter(lambda: wire.recv(65536), b""))


def test_requests_that_follow_at_once_are_answered_by_one_thread():
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with serving(application, 4) as server, socket.create_connection(server.bind_addr, timeout=5) as wire:
        wire.sendall(asking(*["/"] * 20))
        assert answers(wire).count(b"200 OK") == 20
        assert server.handed_over == 1


def test_where_no_thread_is_left_others_come_in_between():
    asked, entered, go = [], threading.Event(), threading.Event()

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        entered.set()
        assert go.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with (
        serving(application, 1) as server,
        socket.create_connection(server.bind_addr, timeout=5) as one,
        socket.create_connection(server.bind_addr, timeout=5) as two,
    ):
        one.sendall(asking(*["/first"] * 10))
        assert entered.wait(10)
        two.sendall(asking("/second"))
        while not server.requests.qsize:
            pass
        go.set()
        assert answers(one).count(b"200 OK") == 10
        assert answers(two).count(b"200 OK") == 1
    assert asked.index("/second") == 1


def test_an_answer_goes_out_in_one_piece(monkeypatch):
    pieces = []
    write = Outlet.write

    def noted(self, data):
        pieces.append(bytes(data))
        return write(self, data)

    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", "5")])
        return [b"whole"]

    monkeypatch.setattr(Outlet, "write", noted)
    with serving(application, 2) as server, socket.create_connection(server.bind_addr, timeout=5) as wire:
        wire.sendall(asking("/"))
        assert answers(wire).endswith(b"whole")
    assert len(pieces) == 1
