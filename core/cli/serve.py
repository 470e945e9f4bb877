"""``benchside serve`` and ``benchside demo``."""

import sys

import click

from core.cli.root import Failed, commands, house_of
from core.papers.fonts import NoFont, PaperFonts
from core.settings import ROOT, load_settings
from core.work.keys import check_keys
from core.work.migrate import pending

_SECRET_LENGTH = 32


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
        own += ["--strict"] if strict else []
        settings = load_settings()
        sys.exit(serve_many(workers, host or settings.host, port or settings.port, own))
    house = house_of(ctx, **({"strict": True} if strict else {}))
    if len(house.settings.secret) < _SECRET_LENGTH:
        raise Failed(
            "请设置 BENCHSIDE_SECRET_KEY（至少32个字符）。 Set BENCHSIDE_SECRET_KEY to at least 32 characters."
        )
    try:
        PaperFonts(house.settings.paper_font, house.settings.paper_font_dir).known  # noqa: B018 - asked for to be refused
    except NoFont as error:
        raise Failed(f"文书字体不可用。 The font of papers cannot be used: {error}") from error
    left = pending(house.store, house.modules)
    if left:
        raise Failed(
            f"有未执行的迁移（{'、'.join(left)}），请先运行：benchside migrate。 Migrations are pending; run first: benchside migrate"
        )
    check_keys(house.store)
    for one in house.modules.all.values():
        if not one.ready:
            click.echo(f"module {one.name} failed at {one.step}: {one.error}", err=True)
    settings = house.settings
    run(house, host or settings.host, port or settings.port)
