"""What a run says at its end of what it could not try, so that nothing is left out in silence."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.settings import Settings
from core.testing.workshop import BRANDS

NOT_TRIED = "not tried: "
"""So begins why a check was left out for want of something."""
PAGES, STYLES = "axe", "tabler.min.css"


def not_tried(reports: Iterable[Any]) -> Iterator[str]:
    """Give a line for each thing, from pytest's reports of the checks."""
    done = set()
    left: dict[str, list[str]] = {}
    for report in reports:
        _, _, name = report.nodeid.partition("::")
        reason = report.longrepr[2].removeprefix("Skipped: ") if report.skipped else ""
        if reason.startswith(NOT_TRIED):
            left.setdefault(reason.removeprefix(NOT_TRIED), []).append(name)
        elif report.when == "call":
            done.add(name.rpartition("::")[2])
    for reason, names in left.items():
        yield f"{', '.join(names)}: {reason}"
    styles = Settings().assets_dir / STYLES
    if PAGES in done and not styles.exists():
        yield f"{PAGES}: the pages were seen in Benchside's own styles alone, without those of Tabler ({styles} is not there; run: benchside assets)"  # fmt: skip
    if done and len(BRANDS) < 2:
        yield 'every check on PostgreSQL: there is none; on Linux  pip install "benchside[testing]"  brings one'
