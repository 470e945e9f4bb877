"""Security headers on every answer, errors too: CherryPy's own tools do not run when a page fails."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# pdf.js places its text layer by style attributes, decodes pictures by WebAssembly, and lives in a frame of ours.
VIEWER_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
# What a party sent is looked at, never run.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"

ALWAYS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_MAKERS = frozenset({"server", "x-powered-by"})


class SecurityHeaders:
    """Adds what an answer does not say itself, and takes away what names the server's make."""

    def __init__(self, inner: "WSGIApplication", *, https: bool) -> None:
        self._inner = inner
        always = ALWAYS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})
        self._always = {name.lower(): (name, value) for name, value in always.items()}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on and complete the headers of its answer."""

        def complete(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            said = {name.lower() for name, _ in headers}
            kept = headers
            if not _MAKERS.isdisjoint(said):
                kept = [(name, value) for name, value in headers if name.lower() not in _MAKERS]
            more = [header for name, header in self._always.items() if name not in said]
            return start_response(status, kept + more, error)

        return self._inner(environ, complete)
