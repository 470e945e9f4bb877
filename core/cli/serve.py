"""``benchside serve`` and ``benchside demo``."""

import os
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
    from core.web.leading import serve_many
    from core.web.server import serve as run

    if workers > 1:
        own = [str(ROOT / "host.py"), "serve"]
        own += ["--host", host] if host else []
        own += ["--port", str(port)] if port else []
        own += ["--strict"] if strict else []
        settings = load_settings()
        address = (host or settings.host, port or settings.port)
        whole = serve_many(workers, *address, own, settings.metrics_dir, settings.stop_seconds)
        sys.exit(0 if whole else 1)
    house = house_of(ctx, **({"strict": True} if strict else {}))
    if len(house.settings.secret) < _SECRET_LENGTH:
        raise Failed(
            "请设置 BENCHSIDE_SECRET_KEY（至少32个字符）。 Set BENCHSIDE_SECRET_KEY to at least 32 characters."
        )
    wrong = _wrong_with_fonts(PaperFonts(house.settings.paper_font, house.settings.paper_font_dir))
    if wrong:
        raise Failed(f"文书字体不可用。 The font of papers cannot be used: {wrong}")
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
    if not settings.assets_dir.is_dir():
        click.echo(
            f"页面资源不在 {settings.assets_dir}，请运行：benchside assets。 What pages load is not in {settings.assets_dir}; run: benchside assets",
            err=True,
        )
    sys.exit(0 if run(house, host or settings.host, port or settings.port) else 1)


def _wrong_with_fonts(fonts: PaperFonts) -> str:
    """Return why papers cannot be set in ``fonts``, or nothing.

    A child looks: the typesetter and its fonts take 17 MB, and a worker, which has papers set aside, needs neither.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        wrong = "the typesetter ended"
        try:
            fonts.known  # noqa: B018 - asked for to be refused
            wrong = ""
        except NoFont as error:
            wrong = str(error)
        finally:
            os.write(tell, wrong.encode())
            os._exit(0)
    os.close(tell)
    with open(told, encoding="utf-8") as answer:  # noqa: PTH123 - a pipe has no path
        wrong = answer.read()
    os.waitpid(child, 0)
    return wrong
