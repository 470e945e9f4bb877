"""Fetch the files that pages load and put them into var/assets, where the application serves them from.

Only what is named here is copied; every file stays byte for byte what its authors published. Nothing runs on Node.js
afterwards. A second run sees that package-lock.json, this file and the list of icons are unchanged and does nothing.
"""

import shutil
import sys

import npm

from core.looks import ICONS

TARGET = npm.ROOT / "var" / "assets"

# from the package → below var/assets; a folder is copied whole
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

# The engine that would run scripts inside a PDF: what parties send is looked at, never run.
LEFT_OUT = ("quickjs*", "*.map")


def main() -> None:
    stamp = TARGET / ".stamp"
    wanted = npm.digest(npm.LOCK, npm.ROOT / "tools" / "assets.py", npm.ROOT / "core" / "looks.py")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm.install(development=False)
    fresh = TARGET.with_name("assets.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = FILES | {f"@tabler/icons/icons/outline/{name}.svg": f"icons/{name}.svg" for name in ICONS}
    for source, target in files.items():
        found, put = npm.MODULES / source, fresh / target
        put.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, put, ignore=shutil.ignore_patterns(*LEFT_OUT))
        elif found.is_file():
            shutil.copyfile(found, put)
        else:
            sys.exit(f"{source} is not in the npm packages: tools/assets.py and package.json disagree")
    (fresh / ".stamp").write_text(wanted)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)


if __name__ == "__main__":
    main()
