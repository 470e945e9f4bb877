"""``benchside modules`` and ``benchside migrate``: what is on where, and the database's shape."""

import tomllib
from pathlib import Path

import click

from core.cli.root import Failed, commands, house_of, operator_in
from core.store.engine import Store
from core.work.migrate import make, migrate, pending
from core.work.reseal import uses
from core.work.switches import disable, enable, module_states


@commands.command("migrate")
@click.option("--sql", is_flag=True, help="Print the SQL of a fresh database instead.")
@click.option(
    "--make",
    "name",
    metavar="M",
    help="Write the next migration of module M (or of core) from its declaration.",
)
@click.option("--message", default="", help="What the migration is called.")
@click.pass_context
def migrate_command(ctx: click.Context, name: str | None, message: str, *, sql: bool) -> None:
    """Bring the database up to date: core and every installed module."""
    house = house_of(ctx)
    if name is not None:
        if name != "core" and name not in house.modules.ready:
            raise Failed(f"没有可用的模块“{name}”。 There is no working module {name}.")
        made = make(house.modules, name, message, house.store)
        click.echo("\n".join(map(str, made)) or f"{name}: nothing changed")
        return
    if sql:
        click.echo(_sql(house.store, house.modules))
        return
    done = migrate(house.store, house.modules)
    click.echo("\n".join(done) if done else "up to date")
    if done and (clear := uses(house.store)[""]):
        click.echo(f"{clear} values of personal data are in clear; run: benchside keys reseal")
    if done and pending(house.store, house.modules):
        raise SystemExit(1)


def _sql(store: Store, modules: object) -> str:
    from sqlalchemy import create_mock_engine

    from core.records.base import METADATA
    from core.store.terms import CREATE

    lines: list[str] = []

    def collect(statement: object, *_: object, **__: object) -> None:
        compiled = statement.compile(dialect=store.engine.dialect)  # type: ignore[attr-defined]  # DDL compiles
        lines.append(str(compiled).strip() + ";")

    METADATA.create_all(create_mock_engine(store.url, collect), checkfirst=False)
    del modules
    return "\n\n".join([*lines, *(line + ";" for line in CREATE[store.brand])])


@commands.group()
def modules() -> None:
    """Modules: which there are, and where they are on."""


@modules.command("list")
@click.option("--court", required=True)
@click.pass_context
def list_(ctx: click.Context, court: str) -> None:
    """List every module with its status in a court."""
    for one in module_states(house_of(ctx), court):
        switch = "on " if one.enabled else "off"
        note = (
            f"{one.step}: {one.error}"
            if one.error
            else ("migration pending: benchside migrate" if one.pending else "")
        )
        click.echo(f"{one.name:<16} {switch} {one.version:<8} {one.title_zh}  {note}".rstrip())


@modules.command("enable")
@click.argument("module")
@click.option("--court", required=True)
@click.pass_context
def enable_(ctx: click.Context, module: str, court: str) -> None:
    """Switch a module on in a court."""
    house = house_of(ctx)
    enable(house, operator_in(house, court), module)
    click.echo(f"{module}: on in {court}")


@modules.command("disable")
@click.argument("module")
@click.option("--court", required=True)
@click.pass_context
def disable_(ctx: click.Context, module: str, court: str) -> None:
    """Switch a module off in a court; nothing of it is lost."""
    house = house_of(ctx)
    disable(house, operator_in(house, court), module)
    click.echo(f"{module}: off in {court}")


@modules.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def apply(ctx: click.Context, file: Path) -> None:
    """Switch modules as FILE says: a table [modules] of court = ["module", …]; what is not named is switched off."""
    try:
        asked = tomllib.loads(file.read_text(encoding="utf-8"))["modules"]
        wanted = {court: [str(name) for name in names] for court, names in asked.items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Failed(
            f'{file.name}: 应有一张 [modules] 表，例如 "粤0199" = ["filing"]。 A table [modules] is needed.'
        ) from error
    house = house_of(ctx)
    for court, names in wanted.items():
        actor = operator_in(house, court)
        on = {one.name for one in module_states(house, court) if one.enabled}
        ordered = house.modules.with_needed([*names, *sorted(on)])
        for name in [name for name in reversed(ordered) if name in on - set(names)]:
            disable(house, actor, name)
            click.echo(f"{name}: off in {court}")
        for name in [name for name in ordered if name in names and name not in on]:
            enable(house, actor, name)
            click.echo(f"{name}: on in {court}")
    left = pending(house.store, house.modules)
    if left:
        click.echo(f"migrations pending: {', '.join(left)}; run: benchside migrate")
