"""The outside platform of the tests: it speaks to the API of a house, without a socket."""

import copy
import hashlib
import io
import itertools
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.util import setup_testing_defaults

from attrs import define, field, frozen

from core.api.app import api_application
from core.testing.acting import PDF
from core.testing.houses import COURT
from core.work.house import House


@frozen
class ApiReply:
    """What came back; ``raw`` are its bytes."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The answer's JSON."""
        return json.loads(self.raw)

    @property
    def fields(self) -> dict[str, str]:
        """The wrong fields with what is wrong with each."""
        return {one["field"]: one["code"] for one in self.body.get("errors", ())}


@define
class Outside:
    """A platform with a token."""

    house: House
    token: str
    court: str = COURT
    _application: Any = field(init=False)
    _numbers: Any = field(factory=itertools.count)

    def __attrs_post_init__(self) -> None:
        self._application = api_application(self.house)

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = None, **query: str) -> ApiReply:  # fmt: skip
        """Call ``path`` below the court, or a whole path; bytes go as they are, everything else as JSON."""
        whole = path if path.startswith("/") else f"/api/v1/courts/{self.court}/{path}"
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        chosen = self.token if token is None else token
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": whole.encode().decode("latin-1"), "QUERY_STRING": urlencode(query),
            "REMOTE_ADDR": "10.1.2.3", "wsgi.input": io.BytesIO(raw), "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/octet-stream" if isinstance(body, bytes) else "application/json",
        }  # fmt: skip
        if chosen:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {chosen}"
        setup_testing_defaults(environ)
        told: list[tuple[str, list[tuple[str, str]]]] = []
        chunks = self._application(environ, lambda status, headers, error=None: told.append((status, headers)))  # fmt: skip
        content = b"".join(chunks)
        status, headers = told[-1]
        return ApiReply(int(status[:3]), {name.lower(): value for name, value in headers}, content)

    def get(self, path: str, **query: str) -> ApiReply:
        """Ask for something."""
        return self.call("GET", path, **query)

    def post(self, path: str, body: Any = None) -> ApiReply:
        """Send something."""
        return self.call("POST", path, body)

    def upload(self, content: bytes = PDF) -> str:
        """Upload a file and return its digest."""
        digest = hashlib.sha256(content).hexdigest()
        reply = self.call("PUT", f"files/{digest}", content)
        assert reply.status in (200, 201), reply.body
        return digest

    def kinds(self) -> dict[str, Any]:
        """Return what the court takes: kind → its schema, steps and example."""
        return {one["kind"]: one for one in self.get("kinds").body["kinds"]}

    def example(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return a whole submission of ``kind``: the example the API gives, with ``fields`` laid over it."""
        body: dict[str, Any] = copy.deepcopy(self.kinds()[kind]["examples"][0])
        body["fields"] |= fields
        body["submission_id"] = f"test-{kind}-{next(self._numbers)}"
        if body["attachments"]:
            digest = self.upload()
            for one in body["attachments"]:
                one["sha256"] = digest
        return body

    def submit(
        self, kind: str, *, case_number: str = "", submitter: str | Mapping[str, Any] = "", **fields: Any
    ) -> str:
        """File a request of ``kind``, in a case or without, and return its serial number.

        ``submitter`` is laid over the example's, a text being a name: ``"甲某某"``, ``{"name": "丙某某", "role": "lawyer"}``.
        """
        body = self.example(kind, **fields)
        told = {"name": submitter} if isinstance(submitter, str) else submitter
        body["submitter"] |= {name: one for name, one in told.items() if one}
        if case_number:
            body["case_number"] = case_number
        reply = self.post("applications", body)
        assert reply.status == 201, reply.body
        return str(reply.body["serial_no"])

    def step(self, serial_no: str, code: str, **fields: Any) -> ApiReply:
        """Take the applicant's step ``code``; 201 says that it is done."""
        return self._about(serial_no, f"steps/{code}", {"fields": fields})

    def withdraw(self, serial_no: str, reason: str = "") -> ApiReply:
        """Take a request back, where its kind has the step ``withdraw``; 201 says that it is done."""
        return self._about(serial_no, "withdrawal", {"reason": reason})

    def resubmit(self, serial_no: str, **fields: Any) -> ApiReply:
        """Send a corrected revision: the example of its kind, with ``fields`` laid over it; 201 says that it was taken."""
        held = self.read(serial_no)
        body = self.example(held["kind"], **fields)
        del body["kind"]
        if held["case_number"]:
            body["case_number"] = held["case_number"]
        return self._about(serial_no, "resubmissions", body)

    def write(self, serial_no: str, text: str, *, complaint: bool = False) -> ApiReply:
        """Write to the court about a request; 201 says that it arrived."""
        return self._about(serial_no, "messages", {"text": text, "complaint": complaint})

    def read(self, serial_no: str) -> dict[str, Any]:
        """Return a request as the applicant sees it."""
        reply = self.get(f"applications/{quote(serial_no)}")
        assert reply.status == 200, reply.body
        found: dict[str, Any] = reply.body
        return found

    def changes(self, after: int = 0) -> list[dict[str, Any]]:
        """Return what changed since the cursor ``after``."""
        found: list[dict[str, Any]] = self.get("changes", after=str(after)).body["changes"]
        return found

    def _about(self, serial_no: str, what: str, body: Mapping[str, Any]) -> ApiReply:
        return self.post(f"applications/{quote(serial_no)}/{what}", body)
