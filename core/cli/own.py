"""Commands of modules: ``benchside <module> <command>``. They are looked for when one is called by name, and not before.

So a module that is broken costs nobody else's command, least of all those that remove it.
"""

import click

from core.cli.root import Failed, house_of
from core.loader import find_modules
from core.settings import load_settings
from core.work.own_commands import own_commands


def group_of(ctx: click.Context, name: str) -> click.Group | None:
    """Return the commands of the module ``name``; None where there is no such module, or it has none.

    Raises:
        Failed: the module does not work.
        Refused: it is off in every court, or cannot give its commands.
    """
    if name not in {source.name for source in find_modules(load_settings().module_folders)}:
        return None
    house = house_of(ctx, strict=False)
    loaded = house.modules.all[name]
    if not loaded.ready:
        raise Failed(
            f"模块“{name}”加载失败（{loaded.step}）：{loaded.error}。 {name} failed to load; see: benchside plugins doctor"
        )
    return own_commands(house, name)
