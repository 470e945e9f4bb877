"""The PostgreSQL of the tests: that of ``core.testing``."""

from core.testing.postgres import Home, Server, server, start, stop

__all__ = ["Home", "Server", "server", "start", "stop"]
