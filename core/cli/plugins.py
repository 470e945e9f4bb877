"""``benchside plugins``: rescue commands. They import no plugin, so that a broken one cannot block its own removal."""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from attrs import asdict

from core.cli.root import Failed, commands, house_of
from core.loader import find_modules
from core.records import ModuleSwitch
from core.settings import ROOT, load_settings
from core.store.engine import Store
from core.store.sealed import Ring, opened
from core.work.purge import purge

PASSING = ("failing", "outdated")
"""The steps of what works, but failed while it ran or uses what will go: told, but no reason to stop an upgrade."""


@commands.group()
def plugins() -> None:
    """See, check and remove plugins without running them."""


@plugins.command("list")
def list_() -> None:
    """List what is installed, and where it is on."""
    settings = load_settings()
    on: dict[str, list[str]] = {}
    with closing(Store(settings.database)) as store, store.read() as connection:
        if sa.inspect(connection).has_table(ModuleSwitch.__tablename__):
            rows = connection.execute(
                sa.select(ModuleSwitch.module, ModuleSwitch.court_code).where(ModuleSwitch.enabled)
            )
            for row in rows:
                on.setdefault(row.module, []).append(row.court_code)
    sources = {source.name: source for source in find_modules(settings.module_folders)}
    for name in sorted({*sources, *on}):
        origin = sources[name].origin if name in sources else "missing"
        click.echo(f"{name:<20} {origin:<32} {'、'.join(sorted(on.get(name, [])))}".rstrip())


@plugins.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say of every plugin whether it works, and what to do; the check itself runs in another process."""
    del ctx
    done = subprocess.run(  # noqa: S603 - our own program again
        [sys.executable, str(ROOT / "host.py"), "plugins", "probe"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode != 0:
        raise Failed(f"加载插件时进程中止。 Loading the plugins ended the process:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    for name in found["ready"]:
        click.echo(f"{name:<20} ready    ok")
    for one in found["advice"]:
        click.echo(f"{one['module']:<20} {one['step']:<8} {one['told']}\n{'':<29} → {one['run']}")
    if any(one["step"] not in PASSING for one in found["advice"]):
        sys.exit(1)


@plugins.command(hidden=True)
@click.pass_context
def probe(ctx: click.Context) -> None:
    """Load every plugin and print what came of it (for doctor)."""
    from core.work.cures import advise

    house = house_of(ctx, strict=False)
    found = advise(house)
    ill = {one.module for one in found if one.step not in PASSING}
    ready = [name for name in house.modules.ready if name not in ill]
    click.echo(json.dumps({"ready": ready, "advice": [asdict(one) for one in found]}))


@plugins.command("disable")
@click.argument("module")
@click.option("--court", required=True)
def disable(module: str, court: str) -> None:
    """Switch a plugin off in a court, even one that is broken or gone."""
    mine = (ModuleSwitch.court_code == court, ModuleSwitch.module == module)
    change = {"enabled": False, "changed_at": datetime.now(UTC), "changed_by": "operator"}
    update = sa.update(ModuleSwitch).where(*mine).values(**change)
    with closing(Store(load_settings().database)) as store:
        done = store.write(lambda connection: connection.execute(update).rowcount)
    if not done:
        raise Failed(f"{module} 在 {court} 没有启用过。 {module} was never on in {court}.")
    click.echo(f"{module}: off in {court}")


@plugins.command("purge")
@click.argument("module")
@click.option("--export", "folder", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Where its rows are written before they are dropped.")  # fmt: skip
@click.confirmation_option(prompt="Drop every table and row of this plugin?")
def purge_(module: str, folder: Path) -> None:
    """Export a plugin's rows, then drop its tables, its requests, its switches and its version table."""
    settings = load_settings()
    names = [source.name for source in find_modules(settings.module_folders)]
    with closing(Store(settings.database, ring=opened(Ring(settings.keys)))) as store:
        click.echo("\n".join(purge(store, module, names, folder)))
