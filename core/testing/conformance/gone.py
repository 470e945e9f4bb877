"""Looks for what a module has beside pages, calls and hooks while it is off: static files and commands."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from core.fields.problem import Refused
from core.testing.browsing import Browser
from core.testing.conformance.subject import Site, Subject
from core.testing.conformance.untouched import belongs
from core.testing.houses import OPERATOR
from core.web.static import OF_MODULE, OFFERED, PREFIX
from core.work.own_commands import COURT, own_commands


def files_of(subject: Subject) -> Iterator[str]:
    """Give the addresses of the module's static files."""
    home = subject.loaded.home
    folder = home / "static" if home else None
    for path in sorted(folder.rglob("*")) if folder else ():
        if folder and path.suffix in OFFERED and path.is_file() and not path.name.startswith("."):
            yield f"{PREFIX}any/{OF_MODULE}{subject.name}/{path.relative_to(folder).as_posix()}"


def served(files: list[str], browser: Browser, name: str) -> Iterator[str]:
    for path in files:
        if (status := browser.get(path).status) != 404:
            yield f"{path} answers {status} for {name}"


def commands_of(subject: Subject, site: Site) -> Iterator[str]:
    """Look for commands: below the module's name, and for its own among those of the host."""
    house = site.fixture.house
    if subject.name in house.hooks.implements("commands"):
        yield from _not_refused("its commands are there", lambda: own_commands(house, subject.name))
    root, plugin = getattr(sys.modules.get("core.cli.root"), "commands", None), subject.loaded.plugin
    assert plugin is not None
    for name, one in _walk({"benchside": root} if root else {}):
        if belongs(one.callback, plugin):
            yield f"it put the command {name} among the host's, where it stays; give it by the hook commands"


def run_for_here(subject: Subject, site: Site) -> Iterator[str]:
    """Call each command that names its court for one in which the module is off."""
    group = own_commands(site.fixture.house, subject.name)
    for name, one in _walk({} if group is None else group.commands):
        if one.callback is not None and any(parameter.name == COURT for parameter in one.params):
            yield from _not_refused(
                f"{name} runs for a court where it is off", one.callback, court=OPERATOR.court
            )


def _walk(commands: Mapping[str, click.Command]) -> Iterator[tuple[str, click.Command]]:
    for name, one in commands.items():
        yield name, one
        if isinstance(one, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in _walk(one.commands))


def _not_refused(fault: str, act: Callable[..., Any], **arguments: Any) -> Iterator[str]:
    try:
        act(**arguments)
    except Refused as refused:
        if refused.code == "module_off":
            return
        fault = str(refused)
    yield fault
