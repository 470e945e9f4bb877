"""``benchside new-plugin``: a folder with a request type that works, and the commands that come next."""

import importlib.util
import keyword
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

import click
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from core.cli.root import Failed, commands, house_of
from core.loader import Modules
from core.records import Court
from core.records.base import RESERVED
from core.work.house import House

STARTER = Path(__file__).parent / "starter"
_NAME = re.compile(r"[a-z](?:_?[a-z0-9])*")
_LONGEST = 24
"""Of a name: tables are called by it, and PostgreSQL takes 63 characters."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@commands.command("new-plugin")
@click.argument("name")
@click.option("--title", nargs=2, metavar="ZH EN", help="What it is called, in Chinese and English.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path),
              help="The folder to make it in; else that of the settings (plugins_dir), else ./plugins.")  # fmt: skip
@click.option("--package", is_flag=True, help="With a pyproject.toml, to be installed by pip.")
@click.pass_context
def new_plugin(
    ctx: click.Context, name: str, title: tuple[str, str] | None, into: Path | None, *, package: bool
) -> None:
    """Write a new plugin: a request type in one file, and its test."""
    house = house_of(ctx)
    place = into or house.settings.plugins_dir or Path("plugins")
    project = place / f"benchside-{name.replace('_', '-')}"
    target = project / name if package else place / name
    words = _words(name, title)
    if reason := _wrong_name(name, house.modules) or _wrong_title(words):
        raise Failed(reason)
    for path in (target, project):
        if path.exists():
            raise Failed(
                f"{path} 已经存在；请换一个名称，或先移走它。 {path} is there already; choose another name, or move it away."
            )
    values = {
        "name": name, "zh": words[0], "en": words[1], "prefix": _prefix(name, house.modules), "package": project.name,
    }  # fmt: skip
    files = {target / "__init__.py": "module", (project if package else target) / f"test_{name}.py": "test"}
    if package:
        files[project / "pyproject.toml"] = "pyproject"
    target.mkdir(parents=True)
    for path, starter in files.items():
        text = (STARTER / f"{starter}.txt").read_text(encoding="utf-8")
        path.write_text(Template(text).substitute(values), encoding="utf-8")
        click.echo(_short(path))
    click.echo("\n接下来 Next:")
    for command in _next(house, name, place, project if package else None):
        click.echo(f"  {command}")


def _short(path: Path) -> str:
    """Return a path as it is typed from here, to be pasted into a shell."""
    here = path.resolve()
    return shlex.quote(str(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here))


def _words(name: str, title: tuple[str, str] | None) -> tuple[str, str]:
    plain = name.replace("_", " ")
    return title or (f"{plain}申请", plain.capitalize())


def _wrong_title(words: tuple[str, str]) -> str:
    for one in words:
        if not one.strip() or not one.isprintable() or set('"\\') & set(one):
            return f"名称 {one!r} 不可用：请用不含引号和反斜线的一行文字。 The title {one!r} cannot be used: write one line without quotes and backslashes."
    return ""


def _wrong_name(name: str, modules: Modules) -> str:
    """Return why no plugin may be called ``name``, with the cure."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST or keyword.iskeyword(name):
        return f"“{name}”不能用作模块名：请用至多{_LONGEST}个小写字母、数字和单个下划线，以字母开头，例如 file_inspection。 {name!r} cannot name a module: write at most {_LONGEST} small letters, digits and single underscores, beginning with a letter, such as file_inspection."
    if name in modules.all or modules.flow(name) is not None:
        owner = name if name in modules.all else modules.owner[name]
        return f"“{name}”已被模块 {owner} 使用，请换一个名称。 {name} belongs to the module {owner} already; choose another name."
    if name in RESERVED or name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None:
        return f"“{name}”是系统或 Python 已有的名称，请换一个，例如 {name[:16]}_request。 {name} is a name of the host's or of Python's; choose another, such as {name[:16]}_request."
    return ""


def _prefix(name: str, modules: Modules) -> str:
    """Return two letters for serial numbers and limits that no working module has."""
    taken = {side.flow.serial_prefix for side in modules.sides.values()}
    taken |= {rule.id.partition("-")[0] for _, rule in modules.rules()}
    return next(pair for pair in _pairs("".join(filter(str.isalpha, name.upper()))) if pair not in taken)


def _pairs(letters: str) -> Iterator[str]:
    yield from (letters[0] + other for other in letters[1:] + _LETTERS)
    yield from (one + other for one in _LETTERS for other in _LETTERS)


def _next(house: House, name: str, place: Path, project: Path | None) -> Iterator[str]:
    if project is not None:
        yield f"pip install -e {_short(project)}"
    elif place.resolve() not in [folder.resolve() for folder in house.settings.module_folders]:
        yield f"export BENCHSIDE_PLUGINS_DIR={shlex.quote(str(place.resolve()))}"
    yield "benchside migrate"
    yield f"benchside modules enable {name} --court {_court(house) or 'COURT'}"
    yield "benchside serve"
    yield f"pytest {_short(project or place / name)}"


def _court(house: House) -> str | None:
    try:
        with house.store.read() as connection:
            return connection.scalar(sa.select(Court.code).order_by(Court.code).limit(1))
    except SQLAlchemyError:
        return None
