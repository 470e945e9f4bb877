"""Addresses: which page answers which path, and for whom."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from attrs import frozen

from core.roles import Role


@frozen(eq=False)
class Route:
    """One address. ``{name}`` stands for one segment; a page answers the methods it has (``get``, ``post``)."""

    path: str
    page: Any
    roles: frozenset[Role] = frozenset()
    """Only these; empty admits everybody who has logged in."""
    module: str = ""
    """The module whose page it is, where the address does not name it by a variable segment."""
    public: bool = False
    """Open to those who have not logged in."""

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods this address answers."""
        found = [method for method in ("GET", "POST") if hasattr(self.page, method.lower())]
        return (*found, "HEAD") if "GET" in found else tuple(found)


class Routes:
    """A table of routes; fixed segments win over variable ones."""

    def __init__(self, routes: Iterable[Route]) -> None:
        split = [(tuple(route.path.split("/")[1:]), route) for route in routes]
        self._routes = sorted(split, key=lambda pair: [part.startswith("{") for part in pair[0]])

    def find(self, path: str) -> tuple[Route, Mapping[str, str]] | None:
        """Return the route of ``path`` with the values of its variable segments, or None."""
        parts = path.split("/")[1:]
        for pattern, route in self._routes:
            if len(pattern) == len(parts) and (values := _values(pattern, parts)) is not None:
                return route, values
        return None


def _values(pattern: Collection[str], parts: Collection[str]) -> dict[str, str] | None:
    values = {}
    for wanted, part in zip(pattern, parts, strict=True):
        if wanted.startswith("{"):
            if not part or len(part) > 200:
                return None
            values[wanted[1:-1]] = part
        elif wanted != part:
            return None
    return values
