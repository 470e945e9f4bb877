"""``benchside courts``, ``people`` and ``clients``: founding a court and letting people and systems in."""

import csv
from datetime import date
from pathlib import Path

import click

from core.cli.root import Failed, commands, house_of, operator_in
from core.law.causes import parse_official_list
from core.law.courts import CourtEntry
from core.roles import Role, role
from core.work.clients import add_client, list_clients, set_client_active
from core.work.courts import add_court, import_causes, import_known_courts, set_calendar_year
from core.work.people import add_person, list_people, set_active, set_password

_ROLES = click.Choice([one.value for one in Role], case_sensitive=False)


@commands.group()
def courts() -> None:
    """Courts, their causes of action and their calendar."""


@courts.command("add")
@click.argument("code")
@click.argument("name")
@click.argument("name_en")
@click.option("--telephone", default="12368")
@click.pass_context
def add_court_command(ctx: click.Context, code: str, name: str, name_en: str, telephone: str) -> None:
    """Found a court; CODE is the prefix of its case numbers, such as 粤0104."""
    add_court(house_of(ctx), code, name, name_en, telephone)
    click.echo(f"{code} {name}")


@courts.command("import-causes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--court", required=True)
@click.option("--version", type=click.Choice(["2020", "2025"]), required=True)
@click.pass_context
def import_causes_command(ctx: click.Context, file: Path, court: str, version: str) -> None:
    """Import the complete list of causes: CSV with level, number, name, parent_number."""
    causes = parse_official_list(list(csv.reader(_lines(file)))[1:], int(version))
    if not causes:
        raise Failed(f"{file.name}: 没有案由。 It holds no causes.")
    house = house_of(ctx)
    count = import_causes(house, operator_in(house, court), causes)
    click.echo(f"{count} causes of {version} in {court}")


@courts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def import_courts_command(ctx: click.Context, file: Path) -> None:
    """Import the country's courts: CSV with prefix, name, level_code; used to tell whose a case number is."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        try:
            entries = [
                CourtEntry(row["prefix"], row["name"], row["level_code"]) for row in csv.DictReader(source)
            ]
        except KeyError as error:
            raise Failed(f"{file.name}: 缺少列{error}。 The column {error} is missing.") from error
    click.echo(f"{import_known_courts(house_of(ctx), entries)} courts")


@courts.command("set-year")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--court", required=True)
@click.option("--year", type=int, required=True)
@click.pass_context
def set_year_command(ctx: click.Context, file: Path, court: str, year: int) -> None:
    """Enter a year's holidays: CSV with day, kind (rest or work), name."""
    try:
        rows = csv.DictReader(_lines(file))
        days = {date.fromisoformat(row["day"]): (row["kind"], row["name"]) for row in rows}
    except (KeyError, ValueError) as error:
        raise Failed(
            f"{file.name}: 应有 day、kind、name 三列。 Columns day, kind, name are needed ({error})."
        ) from error
    house = house_of(ctx)
    counted = set_calendar_year(house, operator_in(house, court), year, days)
    click.echo(f"{year}: {len(days)} days entered; {counted} time limits counted")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Failed(f"{file.name}: 请存为 UTF-8 编码再导入。 Save it as UTF-8 first.") from error


@commands.group()
def people() -> None:
    """Accounts and roles."""


@people.command("add")
@click.argument("username")
@click.argument("name")
@click.option("--court", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES)
@click.option("--department", default="")
@click.option("--serves", multiple=True, help="User name of a judge this person works with.")
@click.password_option(help="Asked for when it is not given.")
@click.pass_context
def add_person_command(
    ctx: click.Context, *, username: str, name: str, court: str, roles: tuple[str, ...], department: str,
    serves: tuple[str, ...], password: str,
) -> None:  # fmt: skip
    """Create an account."""
    house = house_of(ctx)
    actor = operator_in(house, court)
    known = {one.username: one.id for one in list_people(house, court)}
    missing = [judge for judge in serves if judge not in known]
    if missing:
        raise Failed(f"本院没有用户{missing[0]}。 This court has no user {missing[0]}.")
    add_person(
        house, actor, username, name, password, [role(one) for one in roles],
        department=department, serves=[known[judge] for judge in serves],
    )  # fmt: skip
    click.echo(f"{username} {name}")


@people.command("list")
@click.option("--court", required=True)
@click.pass_context
def list_people_command(ctx: click.Context, court: str) -> None:
    """List the accounts of a court."""
    for one in list_people(house_of(ctx), court):
        state = "locked" if one.locked else "active" if one.active else "off"
        click.echo(
            f"{one.username:<20} {state:<7} {one.name}  {'、'.join(held.label.zh for held in one.roles)}"
        )


@people.command("password")
@click.argument("username")
@click.password_option()
@click.pass_context
def password_command(ctx: click.Context, username: str, password: str) -> None:
    """Give an account a new password and lift its lock."""
    if not set_password(house_of(ctx), username, password):
        raise Failed(f"没有用户{username}。 There is no user {username}.")


@people.command("off")
@click.argument("username")
@click.option("--court", required=True)
@click.option("--on", is_flag=True, help="Switch it on again.")
@click.pass_context
def active_command(ctx: click.Context, username: str, court: str, *, on: bool) -> None:
    """Switch an account off (or on); its sessions end at once."""
    house = house_of(ctx)
    found = [one.id for one in list_people(house, court) if one.username == username]
    if not found:
        raise Failed(f"本院没有用户{username}。 This court has no user {username}.")
    set_active(house, operator_in(house, court), found[0], active=on)


@commands.group()
def clients() -> None:
    """API clients and their tokens."""


@clients.command("add")
@click.argument("name")
@click.option("--court", "codes", multiple=True, required=True)
@click.pass_context
def add_client_command(ctx: click.Context, name: str, codes: tuple[str, ...]) -> None:
    """Create a client; its token is printed this once."""
    click.echo(add_client(house_of(ctx), name, codes))


@clients.command("list")
@click.pass_context
def list_clients_command(ctx: click.Context) -> None:
    """List the clients and the courts they may serve."""
    for one, active in list_clients(house_of(ctx)):
        click.echo(f"{one.name:<24} {'on ' if active else 'off'} {'、'.join(sorted(one.courts))}")


@clients.command("off")
@click.argument("name")
@click.option("--on", is_flag=True, help="Switch it on again.")
@click.pass_context
def client_active_command(ctx: click.Context, name: str, *, on: bool) -> None:
    """Switch a client off (or on)."""
    house = house_of(ctx)
    found = [one.id for one, _ in list_clients(house) if one.name == name]
    if not found:
        raise Failed(f"没有接入方{name}。 There is no client {name}.")
    set_client_active(house, found[0], active=on)
