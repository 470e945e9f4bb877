"""Documents that are tried: their commands are typed into a shell one after another, their files written, their outputs compared.

A fence says by its language what it is: ``sh`` commands that must succeed; ``console`` commands behind ``$``, each followed by
what it prints (``…`` stands for anything within a line); ``python``, ``toml`` or ``diff`` with ``file=PATH`` a file to write, or
to change. A file that is there already must be what is shown.
"""

import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from attrs import define, field, frozen

from tests.support.ports import answers, free_port, wait_until

FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVE = "benchside serve"
PATIENCE = 240
"""Seconds after which a command is given up."""


@frozen
class Block:
    """One fence of a document."""

    language: str
    file: str
    text: str

    def commands(self) -> Iterator[tuple[str, list[str] | None]]:
        """Yield each command with the lines it is said to print, None where nothing is said."""
        if self.language == "sh":
            yield from ((line, None) for line in self.text.splitlines() if line.strip())
            return
        for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            yield command, [line.rstrip() for line in lines if line.strip()]


def blocks(document: Path) -> list[Block]:
    """Return the fences of a document, in order."""
    return [Block(*found.groups()) for found in FENCE.finditer(document.read_text(encoding="utf-8"))]


def changed(text: str, diff: str) -> str:
    """Return ``text`` with one hunk carried out; its context must be there once."""
    lines = diff.splitlines()
    before = "\n".join(line[1:] for line in lines if line[0] in " -")
    after = "\n".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"the context of this change is not there once:\n{before}"
    return text.replace(before, after)


def fits(line: str, shown: str) -> bool:
    """Tell whether a printed line is the one shown."""
    return re.fullmatch(".*".join(re.escape(part) for part in shown.split("…")), line) is not None


@define
class Shell:
    """A bash in a folder, whose directory and variables last from command to command."""

    folder: Path
    environment: dict[str, str]
    served: Callable[[int], None] = field(default=lambda port: None)
    """Called with the port each time a server has come up."""
    port: int = field(factory=free_port)
    _bash: subprocess.Popen[str] = field(init=False)
    _here: Path = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._here = self.folder
        self._bash = subprocess.Popen(
            ["bash", "--norc"], cwd=self.folder, env=self.environment | {"BENCHSIDE_PORT": str(self.port)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def close(self) -> None:
        """End the server, then the shell."""
        try:
            self._type("kill $SERVER 2>/dev/null; wait $SERVER 2>/dev/null; true")
        finally:
            self._bash.kill()
            self._bash.communicate()

    def follow(self, document: Path) -> None:
        """Do what a document says."""
        for block in blocks(document):
            if block.language in ("sh", "console"):
                for command, shown in block.commands():
                    self._command(document, command, shown)
            elif block.file:
                self._file(document, block)

    def _command(self, document: Path, command: str, shown: list[str] | None) -> None:
        if command == SERVE:
            self._type(
                f"kill $SERVER 2>/dev/null; wait $SERVER 2>/dev/null; {SERVE} >serve.log 2>&1 & SERVER=$!"
            )
            wait_until(lambda: answers(self.port), f"{SERVE} of {document.name}", PATIENCE)
            self.served(self.port)
            return
        status, printed = self._type(command)
        assert shown is not None or status == 0, f"{document.name}: {command}\n{printed}"
        lines = [line.rstrip() for line in printed.splitlines() if line.strip()]
        if shown is not None:
            same = len(lines) == len(shown) and all(map(fits, lines, shown))
            assert same, f"{document.name}: {command}\nprints\n{printed}\nand not\n" + "\n".join(shown)

    def _file(self, document: Path, block: Block) -> None:
        path = self._here / block.file
        text = block.text.replace("127.0.0.1:8080", f"127.0.0.1:{self.port}")
        if block.language == "diff":
            path.write_text(changed(path.read_text(encoding="utf-8"), text), encoding="utf-8")
        elif path.exists():
            assert path.read_text(encoding="utf-8") == text, f"{document.name} shows another {block.file}"
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def _type(self, command: str) -> tuple[int, str]:
        """Type a command; return its status and what it printed."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        end = "--- done"
        timer = threading.Timer(PATIENCE, self._bash.kill)
        timer.start()
        try:
            self._bash.stdin.write(f'{command}\nprintf "\\n{end} %s %s\\n" $? "$PWD"\n')
            self._bash.stdin.flush()
            printed: list[str] = []
            for line in self._bash.stdout:
                if line.startswith(end):
                    _, _, status, here = line.split(maxsplit=3)
                    self._here = Path(here.strip())
                    return int(status), "".join(printed)
                printed.append(line)
        finally:
            timer.cancel()
        raise AssertionError(f"{command}: the shell ended after\n{''.join(printed)}")


def environment(place: Path) -> dict[str, str]:
    """Return the variables of somebody who installed Benchside into an environment of their own, made at ``place``.

    It sees all that ours has, and keeps what is installed into it to itself; pip asks no index.
    """
    made = _own_environment(place)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BENCHSIDE_", "PYTEST_", "PIP_", "COV_"))
    }
    return kept | {
        "PATH": f"{made / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": str(made), "LANG": "C.UTF-8", "no_proxy": "127.0.0.1",
        "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "false", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_CONFIG_FILE": os.devnull,
    }  # fmt: skip


def _own_environment(place: Path) -> Path:
    import site
    import sys
    import sysconfig

    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    ours = [sysconfig.get_path("purelib"), *site.getsitepackages()]
    lines = [f"import site; site.addsitedir({one!r})\n" for one in dict.fromkeys(ours)]
    (place / "lib" / version / "site-packages" / "ours.pth").write_text("".join(lines))
    for name, program in {
        "benchside": "from host import main",
        "pytest": "from pytest import console_main as main",
        "pip": "from pip._internal.cli.main import main",
    }.items():
        script = place / "bin" / name
        script.write_text(f"#!{place / 'bin' / 'python'}\nimport sys\n{program}\nsys.exit(main())\n")
        script.chmod(0o755)
    return place
