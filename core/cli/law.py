"""``benchside law``: what the law says, calculated and explained. First line the result, then the reasons."""

from datetime import UTC, datetime
from typing import Any

import click

from core.cli.root import Failed, commands, house_of, operator_in
from core.fields.condition import FieldRef
from core.fields.label import Label
from core.fields.spec import specs_of
from core.law import cli_text
from core.law.calendar import CourtCalendar
from core.law.calendar_seed import seed_calendar
from core.law.periods import BASIS, explain
from core.limits import known_fields, length_words
from core.work.courts import settings_class
from core.work.registers import court_calendar, settings_for
from core.work.times import court_day

SETTING = "settings."
"""How a limit names what the court has set."""
_FIRST_YEAR = 2010
"""Make-up workdays of earlier years are not held."""


@commands.group()
def law() -> None:
    """Time limits, case numbers, fees, identity numbers."""


@law.command()
@click.option("--days", type=int)
@click.option("--months", type=int)
@click.option("--years", type=int)
@click.option("--hours", type=int)
@click.option("--workdays", type=int)
@click.option("--before", is_flag=True, help="Count back from the day.")
@click.option("--from", "start", required=True, metavar="DATE-OR-TIME")
def period(start: str, *, before: bool, **lengths: int | None) -> None:
    """When a period ends (民事诉讼法第85条)."""
    given = [(unit, length) for unit, length in lengths.items() if length is not None]
    if len(given) != 1:
        raise click.UsageError("give exactly one of --days, --months, --years, --hours, --workdays")
    unit: Any = given[0][0]
    click.echo("\n".join(cli_text.period_text(start, given[0][1], unit, _published(), before=before)))


def _published() -> CourtCalendar:
    return seed_calendar(_FIRST_YEAR, court_day(datetime.now(UTC)).year + 2)


@law.command("case-number")
@click.argument("text")
def case_number(text: str) -> None:
    """Check and normalise a case number (人民法院案件案号的若干规定)."""
    click.echo("\n".join(cli_text.case_number_text(text, this_year=court_day(datetime.now(UTC)).year)))


@law.command()
@click.argument("kind")
@click.argument("amount")
def fee(kind: str, amount: str) -> None:
    """The fee of KIND (prop, pres, …) for AMOUNT yuan (诉讼费用交纳办法)."""
    click.echo("\n".join(cli_text.fee_text(kind, amount)))


@law.command()
@click.argument("text")
def identity(text: str) -> None:
    """Check an identity number, credit code, licence or telephone number."""
    click.echo("\n".join(cli_text.identity_text(text, today=court_day(datetime.now(UTC)))))


@law.command()
@click.argument("id")
@click.option("--from", "start", required=True, metavar="DATE-OR-TIME", help="The day it counts from.")
@click.option("--length", type=int, help="Where each request gives the length itself.")
@click.option("--court", metavar="COURT", help="Count with the calendar of this court.")
@click.pass_context
def rule(ctx: click.Context, id: str, start: str, length: int | None, court: str | None) -> None:  # noqa: A002 - the rule's own word
    """When the time limit ID of a module ends, counted from a day or moment, and why."""
    house = house_of(ctx)
    flow, found = next((pair for pair in house.modules.rules() if pair[1].id == id), (None, None))
    if flow is None or found is None:
        raise Failed(f"没有规则“{id}”；所有规则见 benchside law rules。 There is no rule {id}; benchside law rules lists them.")  # fmt: skip
    if length is not None and not isinstance(found.length, FieldRef):
        raise click.UsageError(f"the length of {id} is fixed")
    calendar, name = _published(), house.modules.owner[flow.kind]
    cls = settings_class(house, name)
    settings = cls() if cls else None
    if court is not None:
        operator_in(house, court)
        with house.store.read() as connection:
            calendar = court_calendar(connection, court)
            settings = settings_for(connection, court, name, cls) if cls else None
    if length is None and isinstance(found.length, FieldRef):
        length = getattr(settings, found.length.name.removeprefix(SETTING), None)
    result = found.reckon(cli_text.read_start(start), calendar, length=length)
    lines = [cli_text.bare_end(result), f"{id} {found.label.zh} {found.label.en}"]
    lines += [explain(result, language) for language in ("zh", "en")]
    click.echo("\n".join([*lines, f"依据：{found.basis}", f"计算：{BASIS}"]))


@law.command()
@click.pass_context
def rules(ctx: click.Context) -> None:
    """Every time limit of the modules: id, length, what it counts from, article, what it is, whose it is."""
    house = house_of(ctx)
    for flow, one in house.modules.rules():
        cls = settings_class(house, house.modules.owner[flow.kind])
        specs = {f"{SETTING}{name}": spec for name, spec in specs_of(cls).items()} if cls else {}
        length = length_words(one, known_fields(flow.fields, flow.transitions) | specs)
        start = one.event or Label("—", "—")
        cells = [f"{words.zh} / {words.en}" for words in (length, start, one.label, flow.title)]
        click.echo(" | ".join([one.id, *cells[:2], one.basis, *cells[2:]]))
