"""``host.py`` on a machine whose clock a test sets: ``BENCHSIDE_TEST_CLOCK`` names the file of the seconds by which it is off."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve

from core.cli import commands
from core.settings import Settings
from core.work.house import House
from core.work.steady import SteadyClock, utc_now
from host import build_house

OFF = Path(os.environ.pop("BENCHSIDE_TEST_CLOCK"))


def says() -> datetime:
    """Return what the machine's clock says."""
    return utc_now() + timedelta(seconds=float(OFF.read_text()))


def build(settings: Settings, *more: Any) -> House:
    """Put the house together as ``host.py`` does, but for the clock of the machine."""
    clock = SteadyClock(settings.data_dir / "clock.json", says)
    return evolve(build_house(settings, *more), clock=clock, keep_time=clock.keep)


if __name__ == "__main__":
    commands(obj=build)
