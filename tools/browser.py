"""Put a test browser into var/tools: Chromium with its own libraries, a Chinese font, and axe for accessibility checks.

Everything comes from the locked packages, so the machine needs no browser, no font and no rights. The Chromium of the npm
package is built for 64-bit Intel and AMD; on other machines the tests take the Chromium found on the PATH.
"""

import importlib.util
import io
import platform
import shutil
import sys
import tarfile
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from core.assets import npm  # noqa: E402 - found by the line above

TOOLS, PACKAGES = ROOT / "var" / "tools", ROOT / "var" / "npm"
MODULES = PACKAGES / npm.MODULES
CHROMIUM = TOOLS / "chromium"
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def unpack() -> None:
    packed = MODULES / "@sparticuz" / "chromium" / "bin"
    fresh = CHROMIUM.with_name("chromium.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    program = fresh / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023", "swiftshader"):  # its libraries, and drawing without a graphics card
        content = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            if hasattr(tarfile, "data_filter"):  # the first releases of 3.11 do not have it
                archive.extractall(fresh, filter="data")
            else:
                archive.extractall(fresh)  # noqa: S202 — a locked package, checked by its digest
    shutil.rmtree(CHROMIUM, ignore_errors=True)
    fresh.rename(CHROMIUM)


def fonts() -> None:
    """A browser without fonts draws no text, and then finds none either. Paths here must be absolute."""
    found = importlib.util.find_spec("paperang_p2_fonts_cjk")
    if found is None or found.origin is None:
        sys.exit("the font package is not installed: run make test, which installs it")
    folder = Path(found.origin).parent / "fonts"
    TOOLS.joinpath("fonts.conf").write_text(FONTS_CONF.format(fonts=folder, cache=TOOLS / "fontcache"))


def main() -> None:
    stamp = TOOLS / ".stamp"
    wanted = npm.digest(npm.LOCK, ROOT / "tools" / "browser.py")
    if not stamp.exists() or stamp.read_text() != wanted:
        npm.install(PACKAGES, development=True)
        TOOLS.mkdir(parents=True, exist_ok=True)
        if platform.machine() in {"x86_64", "AMD64"}:
            unpack()
        shutil.copyfile(MODULES / "axe-core" / "axe.min.js", TOOLS / "axe.min.js")
        stamp.write_text(wanted)
    fonts()  # always: the checkout may have moved


if __name__ == "__main__":
    main()
