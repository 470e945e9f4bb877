"""The command line."""

from core.cli import law, modules, people, plugins, serve
from core.cli.root import commands

__all__ = ["commands", "law", "modules", "people", "plugins", "serve"]
