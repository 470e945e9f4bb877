"""``benchside upgrade``: the database brought to the version of the code, tried on a copy first."""

import sys
from pathlib import Path
from typing import Any

import click

from core.cli.kept import report
from core.cli.root import Failed, commands, house_of
from core.work.backup import backup, read_manifest
from core.work.check import check
from core.work.house import House
from core.work.migrate import migrate, pending
from core.work.reseal import reseal, uses
from core.work.upgrade import Trial, heads_now, try_on, try_upgrade


@commands.command()
@click.option("--try", "only_try", is_flag=True, help="Only try it on a copy, while the house may be in use.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder of backups; with --try, where the copy lies meanwhile.")  # fmt: skip
@click.option("--files", is_flag=True, help="Read the contents of the files too, which no migration touches.")
@click.option(
    "--reseal", "also_seal", is_flag=True, help="Seal what is in clear at once, and not by hand later."
)
@click.pass_context
def upgrade(ctx: click.Context, folder: Path | None, *, only_try: bool, files: bool, also_seal: bool) -> None:
    """Back up, try every pending migration on the backup, migrate, check. Stop the service first.

    Nothing is migrated where the try fails; then the status is 1.
    """
    house: Any = house_of(ctx)
    if only_try:
        _tell(trial := try_upgrade(house, folder, fast=not files))
        click.echo("只在副本上试过，原数据未变。 This was a copy; the database in use is as it was.")
        sys.exit(0 if trial.good else 1)
    if not pending(house.store, house.modules):
        click.echo("数据库已是最新。 The database is up to date.")
        return
    if folder is None:
        raise Failed("请用 --to 指定备份文件夹。 Name the folder of backups: --to FOLDER.")
    heads = heads_now(house)
    kept = backup(house, folder)
    click.echo(f"backup: {kept.place}: {kept.rows} rows, {kept.files} files ({kept.copied} copied)")
    trial = try_on(house, kept.place, read_manifest(kept.place)["tables"], heads, fast=not files)
    _tell(trial)
    if not trial.good:
        raise Failed("试升级未通过，数据库未作任何改动。 The try failed; the database in use is as it was.")
    _go(house, also_seal=also_seal)


def _go(house: House, *, also_seal: bool) -> None:
    click.echo("\n".join(migrate(house.store, house.modules)))
    if also_seal:
        reseal(house, click.echo)
    elif clear := uses(house.store)[""]:
        click.echo(
            f"{clear} values of personal data are in clear; run, also while in use: benchside keys reseal"
        )
    report(check(house, fast=True))


def _tell(trial: Trial) -> None:
    took = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in trial.seconds.items())
    click.echo(f"tried on a copy of {trial.rows} rows: {took}")
    for heading, lines in (("migrations", trial.done), ("tables", trial.changed)):
        click.echo("\n  ".join([f"{heading}:", *(lines or ("nothing to do",))]))
    for one in trial.left_out:
        click.echo(f"not loaded, not tried: {one}", err=True)
    for finding in trial.findings:
        click.echo(f"{finding.message.zh} {finding.message.en}", err=finding.wrong)
    if trial.failure:
        click.echo(f"迁移失败。 The migration fails: {trial.failure}", err=True)
    if trial.in_clear:
        click.echo(
            f"left: {trial.in_clear} values of personal data in clear; afterwards: benchside keys reseal"
        )
