"""The register as a book: read from the command line, and checked every night for numbers that are missing."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

import click
from sqlalchemy import select

from core import Console, Job, Label, Place, hookimpl, law

from .tables import Entry, Number

SHOWN = 5


def rows(place: Place, year: int, case_type: str | None) -> list[Any]:
    """Return the entries of a year that have a number, by type and number."""
    with place.store.read() as connection:
        found = connection.execute(
            select(Entry.case_number, Entry.docketed_on, Entry.serial_no).where(
                Entry.court_code == place.court, Entry.case_number.startswith(f"（{year}）")
            )
        ).all()
    read = [(law.case_number.parse(one.case_number), one) for one in found]
    wanted = [(number, one) for number, one in read if case_type in (None, number.type)]
    return [one for _, one in sorted(wanted, key=lambda pair: (pair[0].type, pair[0].seq))]


@click.command("list")
@click.option("--court", required=True, help="The court's code.")
@click.option("--year", type=int, help="The year of the numbers; without it this year.")
@click.option("--type", "case_type", help="One case type only, such as 民初.")
@click.pass_obj
def list_(console: Console, court: str, year: int | None, case_type: str | None) -> None:
    """Print the register: case number, day, serial number."""
    place = console.place(court)
    for one in rows(place, year or place.today.year, case_type):
        click.echo(f"{one.case_number}\t{one.docketed_on}\t{one.serial_no}")


@hookimpl
def commands() -> Iterable[click.Command]:
    """Return ``benchside register list``."""
    return (list_,)


def check(place: Place) -> Label:
    """Say whether the numbers of this year run without gaps; a gap is a failure, so that somebody looks."""
    year = place.today.year
    held: dict[str, set[int]] = {}
    for one in rows(place, year, None):
        number = law.case_number.parse(one.case_number)
        held.setdefault(number.type, set()).add(number.seq)
    with place.store.read() as connection:
        given = connection.execute(
            select(Number.case_type, Number.last).where(Number.court_code == place.court, Number.year == year)
        ).all()
    gaps = list(_gaps({one.case_type: one.last for one in given}, held))
    if gaps:
        raise LookupError(f"{year}: {', '.join(gaps[:SHOWN])}{' …' * (len(gaps) > SHOWN)}")
    total = sum(len(numbers) for numbers in held.values())
    return Label(f"{year}年共{total}号，无断号。", f"{total} numbers in {year}, none missing.")


def _gaps(last: dict[str, int], held: dict[str, set[int]]) -> Iterator[str]:
    for case_type in sorted({*last, *held}):
        numbers = held.get(case_type, set())
        for missing in sorted(set(range(1, last.get(case_type, 0) + 1)) - numbers):
            yield f"{case_type}{missing}"


@hookimpl
def jobs() -> Iterable[Job]:
    """Return the nightly check."""
    return (Job("gaps", ("案号断号检查", "Missing case numbers"), check, daily=time(1, 30)),)
