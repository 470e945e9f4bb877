"""The commands' common root, and how a refusal ends a command: a plain sentence and status 1."""

from collections.abc import Callable
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError
from typed_settings.exceptions import TsError

from core.fields.problem import Refused
from core.law.errors import LawError
from core.logs import configure
from core.records import Court
from core.settings import Settings, load_settings
from core.store.keyring import KeysUnfit
from core.values import Actor
from core.work.house import House

Builder = Callable[[Settings], House]


class Plainly(click.Group):
    """A group that tells a refusal in one sentence a problem, on stderr."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with status 1."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            lines = [f"{one.field}: {one.message.zh} {one.message.en}" for one in refused.problems]
            raise Failed("\n".join([f"{refused.message.zh} {refused.message.en}", *lines])) from refused
        except LawError as error:
            raise Failed(f"{error.message_zh} {error.message_en}") from error
        except TsError as error:
            reasons = "; ".join(str(one) for one in getattr(error, "exceptions", [error]))
            raise Failed(f"设置有误。 The settings do not fit: {reasons}") from error
        except KeysUnfit as error:
            raise Failed(f"{error.message.zh} {error.message.en}") from error
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).splitlines()[0]
            raise Failed(f"数据库不可用，或尚未迁移；请先运行：benchside migrate。 The database cannot be used, or is not migrated; run first: benchside migrate ({reason})") from error  # fmt: skip
        except OSError as error:
            if error.filename is None:  # no file or folder that the operator could see to
                raise
            raise Failed(f"无法使用 {error.filename}：{error.strerror}。 {error.filename} cannot be used: {error.strerror}.") from error  # fmt: skip


class Root(Plainly):
    """The root: the host's own commands, then those of the modules, by the module's name."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of the host, or the group of a module's; modules are loaded only for the latter."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        from core.cli.own import group_of

        return group_of(ctx, cmd_name)


class Failed(click.ClickException):
    """Refused, or found wrong."""

    exit_code = 1

    def format_message(self) -> str:
        """Return the sentence."""
        return str(self.message)


@click.group(cls=Root, epilog="What a module adds is below its name: benchside MODULE --help")
@click.version_option(package_name="benchside")
def commands() -> None:
    """Benchside: the judge's side of a litigation service platform."""
    try:
        settings = load_settings()
    except TsError:
        configure()  # the command will tell what is wrong, if it needs them
    else:
        configure(settings.log_format, settings.log_level)


def house_of(ctx: click.Context, **changes: Any) -> House:
    """Build the house from the settings, with ``changes`` to them."""
    from attrs import evolve

    builder: Builder = ctx.obj
    return builder(evolve(load_settings(), **changes))


def operator_in(house: House, court: str) -> Actor:
    """Return the operator at work in ``court``."""
    with house.store.read() as connection:
        if connection.scalar(sa.select(Court.code).where(Court.code == court)) is None:
            raise Failed(f"没有法院“{court}”。 There is no court {court}.")
    return Actor(court=court, name="operator")
