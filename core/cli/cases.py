"""``benchside cases``: what the trial system knows, brought in by file."""

import json
from pathlib import Path

import click

from core.cli.root import Failed, commands, house_of, operator_in
from core.work.case_import import import_cases


@commands.group()
def cases() -> None:
    """Cases with their parties, agents, hearings and services."""


@cases.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--court", required=True)
@click.pass_context
def import_command(ctx: click.Context, file: Path, court: str) -> None:
    """Import cases from a JSON file; the same file again changes nothing."""
    try:
        given = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Failed(
            f"{file.name}: 不是 UTF-8 编码的 JSON 文件。 It is no JSON file in UTF-8 ({error})."
        ) from error
    house = house_of(ctx)
    done = import_cases(house, operator_in(house, court), given)
    click.echo(f"{done.new} new, {done.changed} changed, {done.same} as they were; {done.hearings} hearings")
