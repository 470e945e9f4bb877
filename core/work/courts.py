"""Courts and their registers: founding one, its calendar, its causes of action, its settings."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.fields.bind import bind, to_json
from core.fields.label import Label
from core.fields.problem import Problem, invalid
from core.fields.spec import specs_of
from core.law import provinces
from core.law.calendar_seed import seed_calendar
from core.law.causes import Cause, starter_causes
from core.law.courts import CourtEntry, starter_courts
from core.law.errors import LawError
from core.records import CalendarDay, CalendarYear, CauseRow, Court, CourtSetting, KnownCourt
from core.store.upsert import upsert
from core.values import Actor
from core.work.again import work_out_again
from core.work.clock import reckon_again
from core.work.house import House
from core.work.refusals import not_found
from core.work.registers import CourtDefaults, calendar_changed, settings_for
from core.work.transaction import Transaction

_SEED_YEARS = (2024, 2035)


def add_court(house: House, code: str, name: str, name_en: str, telephone: str = "12368") -> None:
    """Found a court with the published holidays and the starter list of causes; one that is there is left as it is.

    Raises:
        Refused: the code is no prefix of case numbers.
    """
    try:
        provinces.court_digits(code)
    except LawError as error:
        raise invalid([Problem("court", error.code, Label(error.message_zh, error.message_en))]) from error

    def work(connection: Connection) -> None:
        if connection.scalar(sa.select(Court.code).where(Court.code == code)) is not None:
            return
        connection.execute(
            sa.insert(Court).values(code=code, name=name, name_en=name_en, telephone=telephone)
        )
        calendar = seed_calendar(*_SEED_YEARS)
        connection.execute(
            sa.insert(CalendarYear),
            [{"court_code": code, "year": year} for year in sorted(calendar.known_years)],
        )
        days = [
            {"court_code": code, "day": day, "kind": one.kind, "name": one.name, "source": one.source}
            for day, one in sorted(calendar.days.items())
        ]
        connection.execute(sa.insert(CalendarDay), days)
        calendar_changed(connection, code)
        write_causes(connection, code, starter_causes())
        write_known_courts(connection, starter_courts())

    house.store.write(work)


def write_causes(connection: Connection, court: str, causes: Iterable[Cause]) -> int:
    """Put causes of action in the place of those of the same versions; return how many."""
    rows = [
        {
            "court_code": court, "version": one.version, "code": one.code, "level": one.level, "number": one.number,
            "name": one.name, "parent": one.parent,
        }
        for one in causes
    ]  # fmt: skip
    for version in {row["version"] for row in rows}:
        connection.execute(
            sa.delete(CauseRow).where(CauseRow.court_code == court, CauseRow.version == version)
        )
    connection.execute(sa.insert(CauseRow), rows)
    return len(rows)


def write_known_courts(connection: Connection, courts: Iterable[CourtEntry]) -> int:
    """Enter courts by their prefixes, or correct their names; return how many."""
    count = 0
    for one in courts:
        content = {"name": one.name, "level_code": one.level_code}
        upsert(connection, KnownCourt, {"prefix": one.prefix}, content, content)
        count += 1
    return count


def import_known_courts(house: House, courts: Iterable[CourtEntry]) -> int:
    """Import a list of the country's courts; return how many.

    Raises:
        LawError: a prefix no case number can have.
    """
    entries = list(courts)
    for one in entries:
        provinces.court_digits(one.prefix)
    return house.store.write(lambda connection: write_known_courts(connection, entries))


def import_causes(house: House, actor: Actor, causes: Iterable[Cause]) -> int:
    """Import a court's complete list of causes and record it; return how many."""

    def work(connection: Connection) -> int:
        tx = Transaction(house, connection, actor, house.clock())
        count = write_causes(connection, tx.court, causes)
        tx.audit("causes.import", tx.court, {"count": count})
        return count

    return house.store.write(work)


def set_calendar_year(house: House, actor: Actor, year: int, days: Mapping[date, tuple[str, str]]) -> int:
    """Enter a year's holidays and make-up workdays; limits and computed fields that waited for it get their dates.

    Return how many limits did.

    ``days`` maps a date to (``rest`` or ``work``, name). The year counts as known only with at least one
    make-up workday: a list without one is not the published one.

    Raises:
        Refused: a date lies outside the year, or no make-up workday is given.
    """
    problems = [
        Problem("days", "wrong_year", Label(f"{day}不在{year}年内。", f"{day} is not in {year}."))
        for day in days
        if day.year != year
    ]
    problems += [
        Problem("days", "not_a_choice", Label(f"{day}：只能是 rest 或 work。", f"{day}: it is rest or work."))
        for day, (kind, _) in days.items()
        if kind not in ("rest", "work")
    ]
    if not any(kind == "work" for kind, _ in days.values()):
        problems.append(Problem("days", "no_make_up_day", Label("没有调休上班日，不像已公布的放假安排，请核对通知。", "No make-up workday is given; this is not the published arrangement.")))  # fmt: skip
    if problems:
        raise invalid(problems)

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        first, last = date(year, 1, 1), date(year, 12, 31)
        connection.execute(
            sa.delete(CalendarDay).where(
                CalendarDay.court_code == tx.court, CalendarDay.day.between(first, last)
            )
        )
        connection.execute(
            sa.insert(CalendarDay),
            [
                {"court_code": tx.court, "day": day, "kind": kind, "name": name, "source": actor.name[:60]}
                for day, (kind, name) in sorted(days.items())
            ],
        )
        upsert(connection, CalendarYear, {"court_code": tx.court, "year": year}, {}, {})
        calendar_changed(connection, tx.court)
        tx.audit("calendar.set_year", str(year), {"days": len(days)})

    house.store.write(work)
    work_out_again(house, actor.court)
    return reckon_again(house, actor.court)


def settings_class(house: House, name: str) -> type | None:
    """Return the settings class of a module, or of the host (``core``)."""
    if name == "core":
        return CourtDefaults
    module = house.modules.module(name)
    return module.settings if module else None


def change_settings(house: House, actor: Actor, name: str, given: Mapping[str, Any]) -> None:
    """Change settings of a module in the actor's court; ``given`` is JSON-like, null puts the default back.

    Raises:
        Refused: an unknown name, or a value that does not fit (named).
    """
    cls = settings_class(house, name)
    if cls is None:
        raise not_found()

    def work(connection: Connection) -> None:
        tx = Transaction(house, connection, actor, house.clock())
        held = to_json(settings_for(connection, tx.court, name, cls)) | dict(given)
        value, problems = bind(cls, held, tx.registers)
        if problems:
            raise invalid(problems)
        specs = specs_of(cls)
        for key in sorted(given):
            chosen = getattr(value, key)
            stored = None if chosen is None or given[key] is None else specs[key].kind.to_store(chosen)
            place = {"court_code": tx.court, "module": name, "name": key}
            upsert(connection, CourtSetting, place, {"value": stored}, {"value": stored})
        tx.audit("settings.change", name, {"names": sorted(given)})

    house.store.write(work)
