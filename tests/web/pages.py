"""The pages of one test court: who is logged in, what was filed, and requests as raw as a test needs them."""

import hashlib
import io
from typing import Any
from wsgiref.util import setup_testing_defaults

from core.web.app import web_application
from core.work import files
from core.work.submit import submit
from tests.support.acting import PDF
from tests.support.houses import Fixture
from tests.web.further.asking import Browser, Reply


class Pages:
    """What a test asks and does."""

    def __init__(self, fixture: Fixture) -> None:
        self.fixture = fixture
        self.house = fixture.house
        self.application = web_application(fixture.house)
        self.filed = 0

    def browser(self, username: str) -> Browser:
        """Return the browser of somebody who has logged in."""
        return Browser(self.application).log_in(username)

    def file(self, name: str = "甲某某", **fields: str) -> str:
        """File a mediation request in a case of nobody, assign it to the judge, return its serial number."""
        self.filed += 1
        digest = hashlib.sha256(PDF).hexdigest()
        files.put_file(self.house, self.fixture.outside, self.fixture.client, digest, io.BytesIO(PDF))
        body: dict[str, Any] = {
            "kind": "mediation", "submission_id": f"page-{self.filed}",
            "submitter": {"role": "party", "name": name, "phone": "19900000001"},
            "fields": {"wish": "愿意调解", "channel": "video"} | fields,
            "attachments": [{"sha256": digest, "name": "申请书 1.pdf", "category": "petition"}],
        }  # fmt: skip
        serial_no = submit(self.house, self.fixture.outside, self.fixture.client, body).serial_no
        self.give_to(serial_no, "judge")
        return serial_no

    def give_to(self, serial_no: str, judge: str) -> None:
        """Make ``judge`` the handler, as a shared queue's assignment would."""
        import sqlalchemy as sa

        from core.records import ApplicationRow, QueueCount

        person = self.fixture.people[judge]

        def work(connection: sa.Connection) -> None:
            connection.execute(
                sa.update(ApplicationRow)
                .where(ApplicationRow.serial_no == serial_no)
                .values(handler_id=person)
            )
            connection.execute(
                sa.delete(QueueCount).where(QueueCount.handler_id == person, QueueCount.kind == "mediation")
            )
            connection.execute(
                sa.insert(QueueCount).values(
                    court_code="粤0199",
                    module="mediation",
                    handler_id=person,
                    kind="mediation",
                    state="SUBMITTED",
                    count=self.filed,
                )
            )

        self.house.store.write(work)

    def raw(self, method: str, path: str, body: bytes = b"", query: str = "", **headers: str) -> Reply:
        """Send exactly this; ``headers`` are WSGI names."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "wsgi.input": io.BytesIO(body), "REMOTE_ADDR": "10.1.2.3", "CONTENT_LENGTH": str(len(body)), **headers,
        }  # fmt: skip
        setup_testing_defaults(environ)
        told: list[Any] = []
        chunks = self.application(environ, lambda status, given, error=None: told.append((status, given)))
        content = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, given = told[-1]
        return Reply(int(status[:3]), {name.lower(): value for name, value in given}, content)


def cookies(browser: Browser) -> str:
    """Return the browser's cookies as one header."""
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items() if value)
