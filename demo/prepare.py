"""Prepares the demo: nothing there, everything is made; everything there, only the addresses are brought up to date."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.law.causes import version_for
from core.law.dates import SHANGHAI, court_date
from core.records import Court
from core.work.courts import change_settings
from core.work.deliver import module_settings
from core.work.house import House
from core.work.migrate import migrate
from core.work.registers import Registers, court_calendar
from demo.docket import DemoCase, open_docket
from demo.fates import Fate, choose
from demo.filings import open_desk
from demo.gateway import running_gateway
from demo.matters import Matter
from demo.plans import PLANS
from demo.staff import COURTS, FIRST, Cast, DemoCourt, Told, found_courts, operator
from demo.stage import MovedClock, PastHooks, Stage, at_hour
from demo.story import MODULE, Story
from demo.told import refresh, write_demo_json

DAYS = 60
"""How far back the demo's past goes."""
CHANNEL = "sms"
"""The module through which notices leave, where it is installed."""


def prepare(house: House, folder: Path, base_url: str, *, filings: int = 200) -> None:
    """Make the demo's courts, people, cases and ``filings`` filings (and some in the second court), and ``demo.json``.

    Without filings there are no other requests either. What is there stays as it is; then only the addresses are brought up to date.

    Raises:
        Refused: the data of the folder was begun and never finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    migrate(house.store, house.modules)
    told = folder / "demo.json"
    there = _founded(house)
    if not there:
        made = _make(house, folder, filings)
        write_demo_json(told, base_url, made.courts, made.accounts, made.clients)
        return
    if len(there) < len(COURTS) or not told.exists():
        raise Refused(Reason.CONFLICT, "demo_unfinished", (
            f"演示数据上次没有准备完，请删除文件夹 {folder} 后重新启动。",
            f"The demo's data was begun and never finished; delete the folder {folder} and start again.",
        ))  # fmt: skip
    start_gateway(house, folder)
    refresh(told, base_url)


def start_gateway(house: House, folder: Path) -> str:
    """Start the demo's SMS gateway where it does not run yet, tell it to the courts that use one, return its address."""
    gateway = running_gateway(folder)
    if CHANNEL not in house.modules.ready:
        return gateway.url
    wanted = {"url": gateway.url, "token": gateway.token}
    for court in _founded(house):
        held = module_settings(house, court.code, CHANNEL)
        if CHANNEL in court.modules and any(getattr(held, name) != value for name, value in wanted.items()):
            change_settings(house, operator(court.code), CHANNEL, wanted)
    return gateway.url


def _founded(house: House) -> list[DemoCourt]:
    with house.store.read() as connection:
        codes = [court.code for court in COURTS]
        there = set(connection.scalars(sa.select(Court.code).where(Court.code.in_(codes))))
    return [court for court in COURTS if court.code in there]


def _make(house: House, folder: Path, filings: int) -> Told:
    end = house.clock()
    clock = MovedClock(at_hour(court_date(end) - timedelta(days=DAYS), 8, 0))
    judges = {court.code: [f"judge_{court.digits}"] for court in COURTS}
    judges[FIRST.code].append(f"judge2_{FIRST.digits}")
    hooks = PastHooks(house, clock, judges)
    past = evolve(house, clock=clock, hooks=hooks)
    casts, told = found_courts(past)
    start_gateway(past, folder)
    with house.store.read() as connection:
        calendar = court_calendar(connection, FIRST.code)
    stage = Stage(past, clock, hooks, end, calendar)
    if house.modules.flow(MODULE) is not None:
        causes = _causes(house)
        for cast, number in zip(casts, (filings, filings * 3 // 20), strict=True):
            _tell(stage, cast, number, causes(cast.court.code))
    for cast in casts:
        cases = open_docket(stage, cast)
        if filings:
            _tell_matters(stage, cast, cases)
    stage.play()
    return told


def _tell(stage: Stage, cast: Cast, number: int, causes: Callable[[date], Mapping[str, str]]) -> None:
    # The dice are seeded, so that the demo is the same every time, seen from the day it is made.
    dice = Random(f"benchside demo {cast.court.code}")  # noqa: S311 - makes up stories, keeps no secret
    desk = open_desk(cast.court.name)
    for place, fate in enumerate(choose(dice, number)):
        own = Random(f"{cast.court.code} {place}")  # noqa: S311 - the same
        story = Story(stage, cast, desk, causes, own, f"{cast.court.digits}-{place}", _born(own, fate, stage))
        stage.tell(fate.story(story))


def _tell_matters(stage: Stage, cast: Cast, cases: list[DemoCase]) -> None:
    """Begin the stories of every kind of request that is on in the court and whose case is there."""
    held: dict[str, DemoCase] = {}
    for one in cases:
        tag = one.sketch.tag
        held[f"{tag}.{sum(name.startswith(tag) for name in held)}"] = one
    modules = stage.house.modules
    for kind, plans in PLANS.items():
        flow = modules.flow(kind)
        if flow is None or modules.owner[kind] not in cast.court.modules:
            continue
        for place, plan in enumerate(plans):
            if plan.case and plan.case not in held:
                continue
            dice = Random(f"{cast.court.code} {kind} {place}")  # noqa: S311 - the same
            number = f"{cast.court.digits}-{kind}-{place}"
            stage.tell(Matter(stage, cast, flow, plan, held.get(plan.case), dice, number).story())


def _born(dice: Random, fate: Fate, stage: Stage) -> datetime:
    """Return when a filing came in: at an hour at which people are awake."""
    days = dice.uniform(fate.youngest, fate.oldest)
    hour, minute = dice.randrange(8, 22), dice.randrange(60)
    if days < 1:
        return stage.end - timedelta(hours=dice.uniform(0.2, 12))
    return at_hour((stage.end - timedelta(days=days)).astimezone(SHANGHAI).date(), hour, minute)


def _causes(house: House) -> Callable[[str], Callable[[date], Mapping[str, str]]]:
    """Return what gives the causes in force in a court on a day: code by name."""
    held: dict[tuple[str, int], dict[str, str]] = {}

    def of(court: str) -> Callable[[date], Mapping[str, str]]:
        def on(day: date) -> Mapping[str, str]:
            key = (court, version_for(day))
            if key not in held:
                with house.store.read() as connection:
                    listed = Registers(connection, court, day).causes()
                held[key] = {name: code for code, name in listed}
            return held[key]

        return on

    return of
