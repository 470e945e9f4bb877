"""What to do about a module that does not work, waits for something, or fails: one line each, with the command where there is one."""

from collections.abc import Iterator

from attrs import frozen

from core.gate import everywhere
from core.loader import Loaded, Step
from core.version import VERSION
from core.work.house import House
from core.work.migrate import pending

CURES = {
    Step.FIND: "put its files back",
    Step.IMPORT: "mend its code, or install what it imports",
    Step.DECLARE: "change its declaration as it says",
    Step.VERSION: f"install a version of it that is made for Benchside {VERSION}",
    Step.CLASH: "rename it in one of the two, or remove one of them",
    Step.REQUIRE: "install or mend what it needs",
    Step.HOOKS: "spell the hook and its arguments as docs/plugins/reference.md has them",
    Step.TABLES: "mend its models; they must stand by themselves",
}


@frozen
class Advice:
    """One finding about a module: how it stands, and what to run or to change."""

    module: str
    step: str
    told: str
    run: str


def advise(house: House) -> list[Advice]:
    """Return what is to be done, module by module; nothing where all is well."""
    return [*_broken(house), *_gone(house), *_waiting(house), *_outdated(house), *_failing(house)]


def cure_of(one: Loaded) -> str:
    """Return what to do about a module that did not load; empty where it works."""
    return "" if one.ready else CURES[one.step]


def _broken(house: House) -> Iterator[Advice]:
    for name, one in house.modules.all.items():
        if not one.ready:
            yield Advice(name, one.step, one.error, cure_of(one))


def _gone(house: House) -> Iterator[Advice]:
    with house.store.read() as connection:
        on = everywhere(connection)
    for name, courts in on.items():
        if name not in house.modules.all:
            off = "; ".join(f"benchside plugins disable {name} --court {court}" for court in courts[:3])
            told = f"on in {len(courts)} courts, but its files are not there"
            yield Advice(name, Step.FIND, told, f"{CURES[Step.FIND]}, or run: {off}; its rows go with: benchside plugins purge {name} --export FOLDER")  # fmt: skip


def _waiting(house: House) -> Iterator[Advice]:
    for name in pending(house.store, house.modules):
        yield Advice(name, "migrate", "migration pending", "run: benchside migrate")


def _outdated(house: House) -> Iterator[Advice]:
    for name, one in house.modules.all.items():
        for told in one.outdated:
            said, _, cure = told.partition("; ")
            yield Advice(name, "outdated", said, cure)


def _failing(house: House) -> Iterator[Advice]:
    seen = set()
    for one in house.hooks.traces.failures():
        if one.module not in seen:
            seen.add(one.module)
            told = f"failed in {one.hook} at {one.at:%Y-%m-%d %H:%M} UTC, {one.times} times: {one.error} {one.where}".rstrip()
            yield Advice(one.module, "failing", told, "look at /admin/trace with BENCHSIDE_TRACE=1")
