"""``benchside assets``: what pages load, fetched once at set-up."""

import subprocess

import click

from core.assets.fetch import fetch
from core.cli.root import Failed, commands
from core.settings import load_settings


@commands.command()
def assets() -> None:
    """Fetch the style sheets, scripts and drawings of the pages into ``assets_dir``; without them pages are bare."""
    target = load_settings().assets_dir
    try:
        done = fetch(target)
    except (subprocess.CalledProcessError, OSError) as error:
        raise Failed(f"页面资源没有取到，请检查网络和 {target} 的写入权限后重试。 The pages' files could not be fetched; see that a package index can be reached and {target.parent} can be written, then run it again ({error}).") from error  # fmt: skip
    click.echo(f"{target}: {'fetched' if done else 'up to date'}")
