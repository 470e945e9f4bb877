"""Fetch the files that pages load and put them where the application serves them from.

Only what is named here is copied; every file stays byte for byte what its authors published. Nothing runs on Node.js
afterwards. A second run sees that package-lock.json, this file and the list of icons are unchanged and does nothing.
"""

import shutil
from pathlib import Path

from core import looks
from core.assets import npm

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",  # Bootstrap's behaviour is inside
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "pdfjs-dist/build/pdf.min.mjs": "pdfjs/build/pdf.min.mjs",
    "pdfjs-dist/build/pdf.worker.min.mjs": "pdfjs/build/pdf.worker.min.mjs",
    "pdfjs-dist/web/pdf_viewer.mjs": "pdfjs/web/pdf_viewer.mjs",
    "pdfjs-dist/web/pdf_viewer.css": "pdfjs/web/pdf_viewer.css",
    "pdfjs-dist/web/images": "pdfjs/web/images",
    "pdfjs-dist/cmaps": "pdfjs/cmaps",
    "pdfjs-dist/iccs": "pdfjs/iccs",
    "pdfjs-dist/standard_fonts": "pdfjs/standard_fonts",
    "pdfjs-dist/wasm": "pdfjs/wasm",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "pdfjs-dist/LICENSE": "licences/pdfjs.txt",
    "@tabler/icons/LICENSE": "licences/tabler-icons.txt",  # Tabler itself names its licence in its files
}
"""From the package → below the folder of assets; a folder is copied whole."""

LEFT_OUT = ("quickjs*", "*.map")
"""The engine that would run scripts inside a PDF: what parties send is looked at, never run."""


def fetch(target: Path) -> bool:
    """Fill ``target`` (the setting ``assets_dir``), keeping what npm unpacked beside it; tell whether there was anything to do.

    Raises:
        subprocess.CalledProcessError: a package could not be had.
        FileNotFoundError: a package has no such file: this list and package.json disagree.
    """
    stamp, home = target / ".stamp", target.parent / "npm"
    wanted = npm.digest(npm.LOCK, Path(__file__), Path(looks.__file__))
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    npm.install(home, development=False)
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = FILES | {f"@tabler/icons/icons/outline/{name}.svg": f"icons/{name}.svg" for name in looks.ICONS}
    for source, place in files.items():
        found, put = home / npm.MODULES / source, fresh / place
        put.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, put, ignore=shutil.ignore_patterns(*LEFT_OUT))
        else:
            shutil.copyfile(found, put)
    (fresh / ".stamp").write_text(wanted, encoding="ascii")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return True
