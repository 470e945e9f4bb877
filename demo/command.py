"""``benchside demo``: two fictional courts, on this machine only."""

import secrets
from pathlib import Path

import click
import typed_settings as ts

from core.cli.root import Failed, commands, house_of
from core.settings import ROOT
from core.work.migrate import migrate

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@commands.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=int, default=8080)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "var" / "demo")
@click.option("--prepare-only", is_flag=True, help="Make the data and stop.")
@click.pass_context
def demo(ctx: click.Context, host: str, port: int, data: Path, *, prepare_only: bool) -> None:
    """Serve a demo with two fictional courts, on this machine only."""
    # Here and not above: every command, and every worker of a court, imports this file.
    from core.web.server import serve
    from demo.prepare import prepare

    if host not in _LOOPBACK:
        raise Failed(
            "演示只在本机提供，请用 127.0.0.1。 The demo is served on this machine only; use 127.0.0.1."
        )
    data.mkdir(parents=True, exist_ok=True)
    key = data / "secret.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48))
    settings = {
        "data_dir": data,
        "database_url": "",
        "secret_key": ts.SecretStr(key.read_text()),
        "https": False,
        "sessions_per_person": 8,
    }
    house = house_of(ctx, **settings)
    migrate(house.store, house.modules)
    click.echo("准备演示数据…… preparing the demo", err=True)
    prepare(house, data, f"http://{host}:{port}")
    if prepare_only:
        return

    def ready(bound: int) -> None:
        prepare(house, data, f"http://{host}:{bound}")
        click.echo(f"http://{host}:{bound}/  —  accounts: {data / 'demo.json'}")

    serve(house, host, port, ready=ready)
