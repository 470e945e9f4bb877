"""The command line."""

from core.cli import cases, kept, keys, law, modules, new_plugin, people, plugins, serve, upgrade
from core.cli.root import commands

__all__ = [
    "cases",
    "commands",
    "kept",
    "keys",
    "law",
    "modules",
    "new_plugin",
    "people",
    "plugins",
    "serve",
    "upgrade",
]
