"""The court that a test is given."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import sqlalchemy as sa
from attrs import Factory, frozen

from core.fields.bind import to_json
from core.law.dates import SHANGHAI
from core.module import Decision, Flow, Module
from core.records import SessionRow
from core.testing.acting import count
from core.testing.browsing import Browser, Reply
from core.testing.cases import NUMBER
from core.testing.houses import STAFF, Fixture
from core.testing.outside import Outside
from core.values import Application
from core.web.inputs import flat
from core.work.access import may_take, reach
from core.work.alarms import remind_due
from core.work.assign import assign
from core.work.clock import clock_due
from core.work.deliver import deliver_due
from core.work.house import House
from core.work.jobs import Jobs
from core.work.paper_files import papers_of
from core.work.registers import settings_for
from core.work.snapshots import by_serial
from core.work.webhooks import push_due

_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


@frozen
class CourtClock:
    """The clock of a court under test."""

    fixture: Fixture

    @property
    def now(self) -> datetime:
        """The moment it shows, aware."""
        return self.fixture.clock.now

    def set(self, moment: datetime) -> None:
        """Put it to ``moment``, aware, and let all that is due happen. Whoever is logged in stays so."""
        settings, before = self.fixture.house.settings, self.now
        alive = (
            SessionRow.seen_at >= before - timedelta(minutes=settings.session_idle_minutes),
            SessionRow.created_at >= before - timedelta(hours=settings.session_hours),
        )
        self.fixture.clock.now = moment
        # As if they had been at work all the time; who was logged out before stays out.
        carry = sa.update(SessionRow).where(*alive).values(created_at=moment, seen_at=moment)
        self.fixture.house.store.write(lambda connection: connection.execute(carry))
        self.run()

    def move(self, **by: float) -> None:
        """Move it on (``days=3``, ``hours=1``), and let all that is due happen. Whoever is logged in stays so."""
        self.set(self.now + timedelta(**by))

    def run(self) -> None:
        """Do what the worker does: deliver, let time limits run out, remind, run the jobs of modules."""
        for job in (deliver_due, clock_due, remind_due, push_due):
            while job(self.fixture.house):
                pass
        jobs = Jobs(self.fixture.house)
        for one in jobs.due():
            jobs.run(one)


@frozen
class TestCourt:
    """A court with its people and one case, with the module on."""

    __test__ = False  # no test, though its name says so

    fixture: Fixture
    outside: Outside
    application: Any
    module: Module
    _browsers: dict[str, Browser] = Factory(dict)

    @property
    def house(self) -> House:
        """The house behind it."""
        return self.fixture.house

    @property
    def people(self) -> dict[str, int]:
        """Its people: user name → the number that ``handler`` and a ``colleague`` field hold."""
        return self.fixture.people

    @property
    def clock(self) -> CourtClock:
        """Its clock."""
        return CourtClock(self.fixture)

    @property
    def case_number(self) -> str:
        """The number of the case that the judge handles."""
        return NUMBER

    def browser(self, name: str) -> Browser:
        """Return the browser of the person ``name``, logged in: the same one each time."""
        assert name in self.people, f"no {name!r} here; there are: {', '.join(self.people)}"
        held = self._browsers.setdefault(name, Browser(self.application))
        if not count(self.fixture, SessionRow, SessionRow.person_id == self.people[name]):
            held.log_in(name)
        return held

    def read(self, serial_no: str) -> Application:
        """Return a request as it stands."""
        with self.house.store.read() as connection:
            return by_serial(connection, self.house.modules, self.outside.court, serial_no)

    def give(self, serial_no: str, name: str = "judge") -> None:
        """Give a request to a judge, as the president would."""
        held = self.read(serial_no)
        actor = self.fixture.actor("president")
        assign(self.house, actor, held.module, serial_no, self.people[name], held.version)

    def decide(self, serial_no: str, decision: str, by: str = "", **values: Any) -> Reply:
        """Take a decision: save the opinion and carry it out, a direct one at once; return the last reply.

        303 says that it is done; else the reply says what is wrong. ``by`` is a user name, else the first of the court's people
        who may. ``values`` are its fields, and ``opinion``; Python's values will do (True, a date, a list).
        """
        held = self.read(serial_no)
        flow, declared = self._declared(held, decision)
        browser = self.browser(by or self._taker(flow, declared, held))
        form = {
            "decision": decision,
            "opinion": "",
            **flat(_plain(values)),
        }
        reply: Reply
        for step in ("decide",) if declared.direct else ("review", "decide"):
            version = {"version": self.read(serial_no).version}
            reply = browser.post(f"/m/{held.module}/{serial_no}/{step}", form | version)
            if reply.status != 303:
                break
        return reply

    def set(self, **settings: Any) -> Reply:
        """Change settings of the module in this court, as its administrator does; 303 says that they are saved."""
        cls = self.module.settings
        assert cls is not None, f"{self.module.name} declares no settings"
        with self.house.store.read() as connection:
            held = to_json(settings_for(connection, self.outside.court, self.module.name, cls))
        form = flat(held | _plain(settings))
        told = {"module": self.module.name, "action": "settings"}
        return self.browser("sysadmin").post("/admin/settings", form | told)

    def paper(self, serial_no: str, code: str) -> str:
        """Return the words of the paper ``code`` that was issued last, a line a paragraph, as whoever sees the request loads it."""
        held = self.read(serial_no)
        with self.house.store.read() as connection:
            issued = {one.code: one.id for one in papers_of(connection, held.id)}
        assert code in issued, f"no paper {code!r} was issued; there are: {', '.join(issued) or 'none'}"
        flow = self.house.modules.sides[held.kind].flow
        sees = next(name for name, *_ in STAFF if reach(flow, self.fixture.actor(name), held))
        address = f"/m/{held.module}/{serial_no}/papers/{issued[code]}"
        with zipfile.ZipFile(io.BytesIO(self.browser(sees).get(address, format="docx").body)) as docx:
            body = ET.fromstring(docx.read("word/document.xml"))
        return "\n".join("".join(one.itertext()) for one in body.iter(_PARAGRAPH))

    def _declared(self, held: Application, decision: str) -> tuple[Flow, Decision]:
        flow = self.house.modules.sides[held.kind].flow
        declared = flow.decision(decision)
        told = ", ".join(one.code for one in flow.decisions)
        assert declared is not None, f"no decision {decision!r} of {held.kind}; there are: {told}"
        return flow, declared

    def _taker(self, flow: Flow, decision: Decision, held: Application) -> str:
        able = (
            name for name, *_ in STAFF if may_take(decision, flow, self.fixture.actor(name), held.handler)
        )
        return next(able, "judge")


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
