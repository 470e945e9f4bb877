"""A command beside the gate: it is put among the host's own, and runs while the module is off."""

import click

from core.cli.root import commands
from tests.conformance.parts import module_of, request_of

request = request_of("open_command", "XZ")
module = module_of(request)


@commands.command("open-command")
def run():
    """Say something."""
    click.echo("it runs")
