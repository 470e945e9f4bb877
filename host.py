"""Builds Benchside from its settings; the command line."""

from pathlib import Path

from core.cli import commands
from core.gate import Hooks
from core.loader import Modules, find_modules, load_modules
from core.settings import Settings, load_settings
from core.store.blobs import Blobs
from core.store.engine import Store
from core.store.sealed import Ring, opened
from core.work.house import House
from core.work.steady import SteadyClock
from demo.command import demo

__all__ = ["House", "Settings", "build_house", "installed_modules", "load_settings", "main"]


def installed_modules(settings: Settings) -> Modules:
    """Load the modules of the repository, of the settings' folder and of installed packages."""
    return load_modules(find_modules(settings.module_folders), strict=settings.strict)


def build_house(settings: Settings, modules: Modules | None = None) -> House:
    """Put the house together: store, files, modules, hooks."""
    modules = modules or installed_modules(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    clock = SteadyClock(settings.data_dir / "clock.json")
    return House(
        settings=settings,
        store=Store(settings.database, ring=opened(Ring(settings.keys))),
        blobs=Blobs(Path(settings.data_dir) / "files"),
        modules=modules,
        hooks=Hooks(modules.plugins),
        clock=clock,
        keep_time=clock.keep,
    )


def main() -> None:
    """Run the command line."""
    commands.add_command(demo)
    commands(obj=build_house)


if __name__ == "__main__":
    main()
