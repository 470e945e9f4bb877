"""The command line."""

from core.cli import cases, law, modules, people, plugins, serve
from core.cli.root import commands

__all__ = ["cases", "commands", "law", "modules", "people", "plugins", "serve"]
