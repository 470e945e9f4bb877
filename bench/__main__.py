"""``python -m bench [WORK…] [--rows N] [--record]``: speed as ratios, each measured side by side in one run.

The works are the files under ``bench/works``; without names all of them run. ``--record`` writes the table to
``docs/performance.md``.
"""

import importlib
import os
import pkgutil
import platform
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click

import bench.works
from bench.measure import Row
from bench.place import place_of
from core.law.dates import SHANGHAI
from core.settings import ROOT
from core.version import VERSION

REPORT = ROOT / "docs" / "performance.md"
MARK = "<!-- the table below is written by `make bench ARGS=--record` -->"
HEAD = ("work", "reached", "to reach", "met", "measured against, and figures of this machine")
PACKAGES = ("sqlalchemy", "cherrypy", "cheroot", "jinja2", "django", "psycopg")
ROWS = 1_000_000


def names() -> list[str]:
    """Return the works there are."""
    return sorted(one.name for one in pkgutil.iter_modules(bench.works.__path__) if not one.ispkg)


@click.command()
@click.argument("works", nargs=-1, type=click.Choice(names()))
@click.option("--rows", default=ROWS, show_default=True, help="How many filings the installation holds.")
@click.option("--record", is_flag=True, help="Write the table to docs/performance.md.")
def main(works: tuple[str, ...], rows: int, *, record: bool) -> None:
    """Measure, and print the table; the status is 1 where a target is missed."""
    place = place_of(rows)
    click.echo(told(rows))
    found: list[Row] = []
    for name in works or names():
        for row in importlib.import_module(f"bench.works.{name}").rows(place):
            click.echo(" | ".join(row.cells))
            found.append(row)
    place.house.store.close()
    if record:
        write(REPORT, rows, found)
    raise SystemExit(0 if all(row.met for row in found) else 1)


def told(rows: int) -> str:
    """Return what it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Benchside {VERSION}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}; "
        f"{os.cpu_count()} cores, {platform.machine()}; {rows:,} filings"
    )


def write(file: Path, rows: int, found: Iterable[Row]) -> None:
    """Put the table of today in the place of the last one."""
    text, mark, _ = file.read_text().partition(MARK)
    lines = [
        f"Measured on {datetime.now(SHANGHAI):%Y-%m-%d}: {told(rows)}.",
        "",
        _line(HEAD),
        _line(["---"] * len(HEAD)),
    ]
    lines += [_line(row.cells) for row in found]
    file.write_text(text + mark + "\n\n" + "\n".join(lines) + "\n")


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    main()
