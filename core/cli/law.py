"""``benchside law``: what the law says, calculated and explained. First line the result, then the reasons."""

from datetime import UTC, datetime
from typing import Any

import click

from core.cli.root import commands
from core.law import cli_text
from core.law.calendar_seed import seed_calendar
from core.work.times import court_day

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
    calendar = seed_calendar(_FIRST_YEAR, court_day(datetime.now(UTC)).year + 2)
    click.echo("\n".join(cli_text.period_text(start, given[0][1], unit, calendar, before=before)))


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
