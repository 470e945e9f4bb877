"""Commands of modules: ``benchside <module> <command>``. They are looked for when one is called by name, and not before.

So a module that is broken costs nobody else's command, least of all those that remove it.
"""

from functools import partial
from typing import Any

import click

from core.cli.root import Failed, house_of, operator_in
from core.contributions import Console, Place
from core.fields.problem import Refused
from core.gate import enabled
from core.law.errors import LawError
from core.loader import find_modules
from core.settings import load_settings
from core.work.house import House
from core.work.places import place_of


class Own(click.Group):
    """The commands of one module; what they raise ends in a sentence that names it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, Refused, LawError):
            raise
        except Exception as error:
            raise _failed(self.name or "", error) from error


def group_of(ctx: click.Context, name: str) -> click.Group | None:
    """Return the commands of the module ``name``; None where there is no such module, or it has none.

    Raises:
        Failed: the module does not work, or cannot give its commands.
    """
    if name not in {source.name for source in find_modules(load_settings().module_folders)}:
        return None
    house = house_of(ctx, strict=False)
    loaded = house.modules.all[name]
    if loaded.module is None or not loaded.ready:
        raise Failed(
            f"模块“{name}”加载失败（{loaded.step}）：{loaded.error}。 {name} failed to load; see: benchside plugins doctor"
        )
    try:
        given = house.hooks.commands(name)
    except Exception as error:
        raise _failed(name, error) from error
    if not given:
        return None

    @click.pass_context
    def enter(inner: click.Context) -> None:
        inner.obj = Console(store=house.store, place=partial(_place, house, name))

    listed = {one.name or "": one for one in given}
    return Own(
        name, callback=enter, commands=listed, help=f"{loaded.module.title.zh} {loaded.module.title.en}"
    )


def _place(house: House, module: str, court: str) -> Place:
    operator_in(house, court)
    with house.store.read() as connection:
        if module not in enabled(connection, court):
            raise Failed(f"{court} 没有启用模块“{module}”。 {module} is off in {court}.")
    return place_of(house, module, court)


def _failed(module: str, error: Exception) -> Failed:
    return Failed(f"模块“{module}”的命令失败。 A command of {module} failed: {type(error).__name__}: {error}")
