"""Commands of modules: gone where the module is off in every court, refused for a court in which it is off."""

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import click
import sqlalchemy as sa

from core.contributions import Console, Place
from core.fields.label import Label
from core.fields.problem import Reason, Refused
from core.gate import anywhere, enabled
from core.law.errors import LawError
from core.records import Court
from core.work.house import House
from core.work.places import place_of

COURT = "court"
"""The option (or argument) by which a command names its court."""


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


def own_commands(house: House, name: str) -> click.Group | None:
    """Return the commands of the module ``name``, which works; None where it has none.

    Raises:
        Refused: the module is off in every court, or cannot give its commands.
    """
    if name not in house.hooks.implements("commands"):
        return None
    with house.store.read() as connection:
        if not anywhere(connection, name):
            raise _off(name, Label("所有法院都", "every court"))
    try:
        given = house.hooks.commands(name)
    except Exception as error:
        raise _failed(name, error) from error
    if not given:
        return None

    @click.pass_context
    def enter(inner: click.Context) -> None:
        inner.obj = Console(store=house.store, place=partial(_place, house, name))

    listed = {one.name or "": _guarded(one, partial(_admit, house, name)) for one in given}
    title = house.modules.ready[name].module.title  # type: ignore[union-attr]  # what is ready is declared
    return Own(name, callback=enter, commands=listed, help=f"{title.zh} {title.en}")


def _guarded(given: click.Command, admit: Callable[[str], None]) -> click.Command:
    """Return the command so that no court it is told is one in which the module is off, whatever it does with it."""
    one = copy.copy(given)
    if isinstance(one, click.Group):
        one.commands = {name: _guarded(inner, admit) for name, inner in one.commands.items()}
    if one.callback is not None and any(parameter.name == COURT for parameter in one.params):
        one.callback = partial(_in_court, admit, one.callback)
    return one


def _in_court(admit: Callable[[str], None], run: Callable[..., Any], *, court: Any, **more: Any) -> Any:
    for code in [court] if isinstance(court, str) else court or ():
        admit(code)
    return run(court=court, **more)


def _admit(house: House, module: str, court: str) -> None:
    with house.store.read() as connection:
        if connection.scalar(sa.select(Court.code).where(Court.code == court)) is None:
            raise _refused("unknown_court", f"没有法院“{court}”。", f"There is no court {court}.")
        if module not in enabled(connection, court):
            raise _off(module, Label(f"{court} ", court))


def _place(house: House, module: str, court: str) -> Place:
    _admit(house, module, court)
    return place_of(house, module, court)


def _off(module: str, where: Label) -> Refused:
    return _refused("module_off", f"{where.zh}没有启用模块“{module}”；启用：benchside modules enable {module} --court 法院代码。", f"{module} is off in {where.en}; to switch it on: benchside modules enable {module} --court COURT")  # fmt: skip


def _failed(module: str, error: Exception) -> Refused:
    return _refused("command_failed", f"模块“{module}”的命令失败。", f"A command of {module} failed: {type(error).__name__}: {error}")  # fmt: skip


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused(Reason.CONFLICT, code, (zh, en))
