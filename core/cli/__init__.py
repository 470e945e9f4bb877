"""The command line."""

from core.cli import assets, cases, kept, keys, law, modules, new_plugin, people, plugins, serve, upgrade
from core.cli.root import commands

__all__ = [
    "assets",
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
