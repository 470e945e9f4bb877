"""``benchside backup``, ``restore``, ``check`` and ``audit``: what is kept, put back, and verified."""

import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from core.cli.root import Failed, commands, house_of
from core.settings import load_settings
from core.store.engine import Store
from core.work.backup import Kept, heads_of, newest, read_manifest
from core.work.backup import backup as take
from core.work.backup import restore as put_back
from core.work.check import check as look
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


_FOLDER = click.Path(file_okay=False, path_type=Path)


@commands.command()
@click.argument("to", type=_FOLDER)
@click.pass_context
def backup(ctx: click.Context, to: Path) -> None:
    """Save database and files in the folder TO, also while the house is in use. The keys are not in it."""
    house: Any = house_of(ctx)
    _tell(
        take(house, to),
        f"密钥不在备份中，请另存 {house.settings.keys}。 The keys are not in it; keep {house.settings.keys} elsewhere.",
    )


@commands.command()
@click.argument("source", metavar="FROM", type=_FOLDER)
@click.option("--to", "folder", type=_FOLDER, help="The new data folder; otherwise that of the settings.")
@click.option("--database", help="Address of the new, empty database; otherwise that of the settings, or SQLite in --to.")  # fmt: skip
def restore(source: Path, folder: Path | None, database: str | None) -> None:
    """Put a backup back, to an empty database and an empty folder. FROM is a backup, or one of its snapshots."""
    from attrs import evolve

    settings = load_settings()
    if folder is not None:
        settings = evolve(settings, data_dir=folder, database_url="" if settings.database.startswith("sqlite") else settings.database_url)  # fmt: skip
    if database is not None:
        settings = evolve(settings, database_url=database)
    with closing(Store(settings.database)) as store:
        done = put_back(source, store, settings.data_dir)
    keys = ", ".join(read_manifest(done.place)["keys"]) or "—"
    _tell(done, f"需要密钥 {keys}：{settings.keys}。 Needs the keys {keys} in {settings.keys}.")


def _tell(done: Kept, keys: str) -> None:
    click.echo(f"{done.place}: {done.rows} rows, {done.files} files ({done.copied} copied)")
    click.echo(keys)
    if done.faults:
        raise Failed(
            "\n".join(
                f"文件缺失或损坏：{one}。 The file is missing or damaged: {one}." for one in done.faults
            )
        )


@commands.command()
@click.option("--fast", is_flag=True, help="Do not read the contents of the files.")
@click.option("--against", type=_FOLDER, help="A backup: the audit log must go on from where it was then.")
@click.pass_context
def check(ctx: click.Context, against: Path | None, *, fast: bool) -> None:
    """Check files, rows, counts and the audit log; status 1 where something is wrong."""
    house: Any = house_of(ctx)
    heads = heads_of(newest(against)) if against else None
    report(look(house, fast=fast, heads=heads, progress=_show if sys.stderr.isatty() else _silent))


def _show(step: str, done: int, whole: int) -> None:
    click.echo(f"\r{step} {done}/{whole}", nl=done == whole, err=True)


def _silent(*_: object) -> None:
    """Show nothing: nobody looks on."""
