"""The command line."""

from core.cli.root import commands as commands
