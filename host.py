"""Builds Benchside from its settings; the command line."""

from core.cli import commands
from core.loader import Modules, find_modules, load_modules
from core.settings import Settings, load_settings
from core.work.house import House, open_house
from demo.command import demo

__all__ = ["House", "Settings", "build_house", "installed_modules", "load_settings", "main"]


def installed_modules(settings: Settings) -> Modules:
    """Load the modules of the repository, of the settings' folder and of installed packages."""
    return load_modules(find_modules(settings.module_folders), strict=settings.strict)


def build_house(settings: Settings, modules: Modules | None = None) -> House:
    """Put the house together, with ``modules`` or all that are installed."""
    return open_house(settings, modules or installed_modules(settings))


def main() -> None:
    """Run the command line."""
    commands.add_command(demo)
    commands(obj=build_house)


if __name__ == "__main__":
    main()
