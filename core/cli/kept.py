"""``benchside audit``: the audit log is sealed, and its seals are verified."""

import sys
from collections.abc import Iterable
from typing import Any

import click

from core.cli.root import commands, house_of
from core.work.check_audit import check_audit
from core.work.findings import Finding
from core.work.seal import Sealer


def report(findings: Iterable[Finding]) -> None:
    """Print what a check found; a fault, on stderr, ends the command with status 1."""
    faults = 0
    for one in findings:
        click.echo(f"{one.message.zh} {one.message.en}", err=one.wrong)
        faults += one.wrong
    if faults:
        sys.exit(1)
    click.echo("未发现问题。 Nothing wrong was found.")


@commands.group()
def audit() -> None:
    """The audit log: seal it now, or verify its seals."""


@audit.command("verify")
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Verify every entry against the seals, and the seals against the heads in the data folder."""
    report(check_audit(house_of(ctx)))


@audit.command("seal")
@click.pass_context
def seal(ctx: click.Context) -> None:
    """Seal everything that waits; the worker does the same a little at a time."""
    house: Any = house_of(ctx)
    click.echo(f"sealed: {Sealer(house).seal(all_of_it=True)}")
