"""Files that pages load: ours and those of the packages, under an address that changes with their content."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Mapping
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

from core.web.headers import VIEWER_POLICY
from core.work.outages import outage_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OWN = Path(__file__).parent / "static"
PREFIX = "/static/"
OF_MODULE = "m/"
TYPES = {
    ".mjs": "text/javascript; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".wasm": "application/wasm", ".bcmap": "application/octet-stream",
    ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
PACKED = {".mjs", ".js", ".css", ".svg"}
OFFERED = {".js", ".mjs", ".css", ".svg", ".png", ".webp", ".woff2"}
"""What a module may serve. Its files are the same for every court and hold nothing secret: they need no log-in."""
YEAR = "max-age=31536000, immutable"
Admits = Callable[["WSGIEnvironment", str], bool]
"""Given a request and the name of a module, whether its files are there for whoever asks."""


class Static:
    """A closed list of files made at start: what is not on it does not exist, so no path leads out."""

    def __init__(self, folders: Iterable[Path], modules: Mapping[str, Path], admits: Admits) -> None:
        """Take the files of ``folders`` by their names, and those of ``modules`` below ``m/<module>/``, as ``admits`` says."""
        self._admits = admits
        self._files: dict[str, Path] = {}
        for folder in folders:
            self._take(folder, "")
        for module, folder in modules.items():
            self._take(folder, f"{OF_MODULE}{module}/")
        self.version = self._digest()
        self._packed: dict[str, bytes] = {}

    def _take(self, folder: Path, stem: str) -> None:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            fits = not stem or path.suffix in OFFERED
            if path.is_file() and fits and not any(part.startswith(".") for part in name.split("/")):
                self._files[stem + name] = path

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for name, path in sorted(self._files.items()):
            facts = path.stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Return where the file ``name`` is served."""
        return f"{PREFIX}{self.version}/{name}"

    def read(self, name: str) -> str:
        """Return the text of a file, empty where it is missing (the assets were not made)."""
        path = self._files.get(name)
        return path.read_text(encoding="utf-8") if path else ""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one file."""
        version, _, name = environ["PATH_INFO"][len(PREFIX) :].partition("/")
        path = self._files.get(name)
        method = environ["REQUEST_METHOD"]
        module = name.split("/")[1] if path is not None and name.startswith(OF_MODULE) else ""
        try:
            if module and not self._admits(environ, module):
                path = None
        except Exception as error:
            if (outage := outage_of(error)) is None:
                raise
            return _nothing(start_response, f"{outage.status} {outage.code}", outage.headers)
        if path is None:
            return _nothing(start_response, "404 Not Found", {})
        if method not in ("GET", "HEAD"):
            return _nothing(start_response, "405 Method Not Allowed", {"Allow": "GET, HEAD"})
        suffix = path.suffix
        kind = TYPES.get(suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = [
            ("Content-Type", kind),
            # A page from before an update may still ask for the old address: it gets the file, not the year.
            # What hangs on who asks is for one browser to keep, not for a proxy that answers many.
            (
                "Cache-Control",
                f"{'private' if module else 'public'}, {YEAR if version == self.version else 'no-cache'}",
            ),
            ("Last-Modified", formatdate(path.stat().st_mtime, usegmt=True)),
        ]
        if suffix in PACKED:
            headers.append(("Vary", "Accept-Encoding"))
        if name.startswith("pdfjs/"):
            # A worker lives by the policy of its own script, not by that of the page that starts it.
            headers.append(("Content-Security-Policy", VIEWER_POLICY))
        if suffix in PACKED and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = self._pack(name, path)
            headers.append(("Content-Encoding", "gzip"))
        else:
            body = path.read_bytes()
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if method == "HEAD" else [body]

    def _pack(self, name: str, path: Path) -> bytes:
        if name not in self._packed:
            self._packed[name] = gzip.compress(path.read_bytes(), 6, mtime=0)
        return self._packed[name]


def _nothing(start_response: "StartResponse", status: str, more: Mapping[str, str]) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0"), *more.items()])
    return []
