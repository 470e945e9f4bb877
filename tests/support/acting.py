"""What tests of the engine do again and again: write a plugin; and, from ``core.testing``, file a request and decide it."""

import textwrap
from pathlib import Path

from core.loader import Modules, find_modules, load_modules
from core.testing.acting import (
    DIGEST,
    PDF,
    SUBMITTER,
    body_of,
    conclude,
    count,
    file_one,
    flow_of,
    hash_once,
    page,
    read,
    rows,
    upload,
)

__all__ = [
    "DIGEST", "PDF", "SUBMITTER", "body_of", "conclude", "count", "file_one", "flow_of", "hash_once", "install_package", "load",
    "module_code", "page", "read", "rows", "upload", "write_module",
]  # fmt: skip


def write_module(folder: Path, name: str, code: str, **files: str) -> Path:
    """Write a module's folder; ``files`` are further files beside ``__init__.py``."""
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    for file, content in ({"__init__": code} | files).items():
        (home / f"{file}.py").write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")
    return home


def install_package(site: Path, name: str, code: str) -> None:
    """Put a module where an installed package would be: a package, and its dist-info with the entry point."""
    write_module(site, f"court_{name}", code)
    info = site / f"court_{name}-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: court-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[benchside.modules]\n{name} = court_{name}\n")


def load(*folders: Path, strict: bool = False) -> Modules:
    return load_modules(find_modules(list(folders)), strict=strict)


def module_code(name: str, body: str = "", **more: str) -> str:
    """Return a module with one request type of its own name, ``body`` after its declaration."""
    extra = "".join(f", {key}={value}" for key, value in more.items())
    return textwrap.dedent(f"""
        from core import *
        import core

        @core.request_fields
        class Fields:
            wish: str = core.text("愿望", "Wish", column=True, search=True)

        ALL = {{role: core.Access(core.Sight.COURT, review=True, comment=True)
               for role in (core.Role.CENTRE_REVIEWER, core.Role.PRESIDENT)}}
        request = core.RequestType(
            kind="{name}", title="{name}", fields=Fields, access=ALL, prefix="{name[:1]}{name[-1:]}",
            states=[core.State("NEW", "待处理", "To do"), core.State("DONE", "办结", "Done")],
            decisions=[core.Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True)])
        module = core.Module("{name}", "{name}", version="1.0", requests=[request]{extra})
        """) + textwrap.dedent(body)  # fmt: skip
