"""``benchside serve`` and ``benchside demo``."""

import os
import secrets
import sys
from pathlib import Path

import click
import typed_settings as ts

from core.cli.root import Failed, commands, house_of
from core.settings import ROOT
from core.work.migrate import migrate, pending

_SECRET_LENGTH = 32
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@commands.command()
@click.option("--host", default=None)
@click.option("--port", type=int, default=None)
@click.option("--workers", type=click.IntRange(1, 64), default=1)
@click.option("--strict", is_flag=True, help="A module that fails to load stops the start.")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None, workers: int, *, strict: bool) -> None:
    """Serve the application."""
    from core.web.server import serve as run
    from core.web.server import serve_many

    if workers > 1:
        own = [str(ROOT / "host.py"), "serve"]
        own += ["--host", host] if host else []
        own += ["--port", str(port)] if port else []
        sys.exit(serve_many(workers, own + (["--strict"] if strict else [])))
    house = house_of(ctx, **({"strict": True} if strict else {}))
    if len(house.settings.secret) < _SECRET_LENGTH:
        raise Failed(
            "请设置 BENCHSIDE_SECRET_KEY（至少32个字符）。 Set BENCHSIDE_SECRET_KEY to at least 32 characters."
        )
    left = pending(house.store, house.modules)
    if left:
        raise Failed(
            f"有未执行的迁移（{'、'.join(left)}），请先运行：benchside migrate。 Migrations are pending; run first: benchside migrate"
        )
    for one in house.modules.all.values():
        if not one.ready:
            click.echo(f"module {one.name} failed at {one.step}: {one.error}", err=True)
    settings = house.settings
    run(
        house,
        host or settings.host,
        port or settings.port,
        shared_port=bool(os.environ.get("BENCHSIDE_SHARED_PORT")),
    )


@commands.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=int, default=8080)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "var" / "demo")
@click.option("--prepare-only", is_flag=True, help="Make the data and stop.")
@click.pass_context
def demo(ctx: click.Context, host: str, port: int, data: Path, *, prepare_only: bool) -> None:
    """Serve a demo with two fictional courts, on this machine only."""
    from core.demo import prepare, start_gateway
    from core.web.server import serve as run

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
    start_gateway(house, data)
    prepare(house, data, f"http://{host}:{port}")
    if prepare_only:
        return

    def ready(bound: int) -> None:
        prepare(house, data, f"http://{host}:{bound}")
        click.echo(f"http://{host}:{bound}/  —  accounts: {data / 'demo.json'}")

    run(house, host, port, ready=ready)
