"""The platform outside, within the machine that was booted: files one request through nginx and fetches its receipt.

``caller.py TOKEN file NAME`` prints what came of it; ``caller.py TOKEN upload`` sends half a file, says so, waits for a line, and
sends the rest.
"""

import hashlib
import http.client
import json
import ssl
import sys
from urllib.parse import quote

from core.testing.acting import PDF

COURT = "粤0199"
TRUSTED = ssl.create_default_context(cafile="/etc/benchside/tls/fullchain.pem")
TOKEN = sys.argv[1]


def tell(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - that is its answer


def wire() -> http.client.HTTPSConnection:
    return http.client.HTTPSConnection("court.example.cn", context=TRUSTED, timeout=60)


def ask(method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    head = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    asked = wire()
    asked.request(method, f"/api/v1/courts/{quote(COURT)}/{path}", body, head)
    answer = asked.getresponse()
    return answer.status, answer.read()


def file(name: str) -> None:
    (kind,) = [one for one in json.loads(ask("GET", "kinds")[1])["kinds"] if one["kind"] == "filing"]
    digest = hashlib.sha256(PDF).hexdigest()
    uploaded, _ = ask("PUT", f"files/{digest}", PDF)
    body = kind["examples"][0] | {"submission_id": name}
    for one in body["attachments"]:
        one["sha256"] = digest
    filed, answer = ask("POST", "applications", json.dumps(body).encode())
    serial_no = json.loads(answer)["serial_no"]
    (receipt,) = json.loads(ask("GET", f"applications/{serial_no}")[1])["papers"]
    _, paper = ask("GET", f"applications/{serial_no}/papers/{receipt['id']}")
    page = wire()
    page.request("GET", "/login")
    told = {"uploaded": uploaded, "filed": filed, "serial_no": serial_no, "receipt": paper[:5].decode()}
    tell(json.dumps(told | {"page": page.getresponse().status}))


def upload() -> None:
    body = PDF + b"%" + b"slowly" * 10_000
    asked = wire()
    asked.putrequest("PUT", f"/api/v1/courts/{quote(COURT)}/files/{hashlib.sha256(body).hexdigest()}")
    asked.putheader("Authorization", f"Bearer {TOKEN}")
    asked.putheader("Content-Length", str(len(body)))
    asked.endheaders(body[: len(body) // 2])
    tell("half")
    sys.stdin.readline()
    asked.send(body[len(body) // 2 :])
    tell(str(asked.getresponse().status))


if sys.argv[2] == "file":
    file(sys.argv[3])
else:
    upload()
