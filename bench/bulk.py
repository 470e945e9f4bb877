"""Many requests at once: rows as the system itself would have written them, made up and inserted in batches.

All hangs on the number of the row, so that two runs hold the same. The search words of some requests are written out
by the system's own function; the others are copies in which number, state and handler are exchanged.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from typing import Any

from attrs import frozen
from sqlalchemy.engine import Connection

from core.fields.declare import day, request_fields
from core.fields.kinds import ChosenCause
from core.fields.spec import specs_of
from core.module import Flow, State
from core.store.keys import first_key
from core.store.terms import CREATE, stored
from core.values import Application, Submitter
from core.work.day_words import beginnings
from core.work.house import House
from core.work.tokens import exact, words_of

BEGINS = datetime(2025, 11, 1, tzinfo=UTC)
SPAN = timedelta(days=386)
RARE, COMMON, ABSENT = "罕见某", "贸易", "龘龘"
PLAINTIFFS = [
    first + second
    for first, second in product("张王李赵刘陈杨黄吴周", ("某甲", "某乙", "某丙", "某丁", "某戊"))
]
FIRMS = [f"示例{number}{word}有限公司" for number, word in product("一二三四五", (COMMON, "建设", "物流"))]
TYPES = ("civil_first", "admin_first", "payment_order")
CAUSES = (ChosenCause("04.10.095", "买卖合同纠纷"), ChosenCause("04.10.108.03", "民间借贷纠纷"))
STATES = (
    *(["DOCKETED"] * 70), *(["NOT_ACCEPTED"] * 8), *(["REDIRECTED"] * 4), *(["WITHDRAWN"] * 5), *(["LAPSED"] * 3),
    *(["SUBMITTED"] * 5), *(["RETURNED_FOR_CORRECTION"] * 2), "APPROVED", "DOCKETING", "DOCKET_FAILED",
)  # fmt: skip
RUNNING = frozenset({"SUBMITTED", "APPROVED", "DOCKETING", "DOCKET_FAILED"})
BATCH = 10_000
_SERIAL, _STATE, _HANDLER = "LA00000000000000XXXXXX", "QQSTATEQQ", 987654321
_APPLICATION = (
    "id", "serial_no", "court_code", "module", "kind", "applicant", "handler_id", "state", "version", "revision",
    "submitted_at", "received_at", "due_at", "submitter", "data",
)  # fmt: skip
_SIDE = ("id", "court_code", "filing_type", "cause", "claim_amount", "plaintiffs", "defendants")
_SUBMITTER = Submitter(role="party", name="丙某某", phone="19900000003")


@request_fields
class Dated:
    """A day to be searched for, which filings have not; the rows hold its words as if they had."""

    heard_on: date | None = day("开庭日期", "Heard on", search=True)


DATED = Flow(kind="dated", title=("有日期的", "Dated"), fields=Dated, states=[State("ANY", "任何", "Any")])


@frozen
class Variant:
    """What rows are copied from; ``words`` as the index stores them, with the marks to be exchanged."""

    filing_type: str
    cause: ChosenCause
    plaintiff: str
    defendant: str
    words: str


@frozen
class Made:
    """One row, as a slow reader would look at it."""

    id: int
    serial_no: str
    court: str
    state: str
    handler: int | None
    submitted_at: datetime
    due_at: datetime | None
    variant: Variant
    heard_on: date | None

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what can be found by any part of it."""
        names = (self.variant.plaintiff, self.variant.defendant, _SUBMITTER.name, self.variant.cause.name)
        return (self.serial_no, *names)


class Bulk:
    """``count`` requests of the flow ``filing``: nine of ten in the first court, half of these handled by ``judges``."""

    def __init__(self, house: House, courts: Sequence[str], judges: Sequence[int], count: int) -> None:
        self.house = house
        self.flow: Flow = house.modules.sides["filing"].flow
        self.count = count
        self._courts, self._judges = courts, judges
        self._variants = {court: self._write_out(court) for court in courts}

    def rows(self, places: Iterable[int] | None = None) -> Iterator[Made]:
        """Give the rows in order of reception."""
        return (self._row(place) for place in (range(self.count) if places is None else places))

    def _row(self, place: int) -> Made:
        court = self._courts[place % 10 == 9]
        variants = self._variants[court]
        rare = place % (self.count // 3) == self.count // 7
        variant = variants[-1] if rare else variants[place * 7919 % (len(variants) - 1)]
        at = BEGINS + SPAN / self.count * place
        state = STATES[place * 104729 % 1000003 % len(STATES)]
        judge = place * 15485863 % 982451653 % (2 * len(self._judges))
        handler = self._judges[judge] if judge < len(self._judges) and court == self._courts[0] else None
        runs = state in RUNNING or (state == "DOCKETED" and place % 25 == 0)
        due = at + timedelta(days=7, minutes=place % 3 * 7) if runs else None
        digits = "440199" if court == self._courts[0] else "440198"
        serial = f"LA{digits}{at:%Y%m%d}{place:06d}"
        # Spread over a year and a half around the reception; every tenth has none.
        heard_on = (at + timedelta(days=place * 6151 % 540 - 60)).date() if place % 10 else None
        return Made(first_key(at) + place % 1000, serial, court, state, handler, at, due, variant, heard_on)

    def _write_out(self, court: str) -> list[Variant]:
        plain = [
            (filing_type, cause, name, FIRMS[place % len(FIRMS)])
            for place, (name, filing_type, cause) in enumerate(product(PLAINTIFFS, TYPES, CAUSES))
        ]
        return [self._variant(court, *one) for one in [*plain, (TYPES[0], CAUSES[0], RARE, FIRMS[1])]]

    def _variant(
        self, court: str, filing_type: str, cause: ChosenCause, plaintiff: str, defendant: str
    ) -> Variant:
        empty = dict.fromkeys(specs_of(self.flow.fields))
        fields = self.flow.fields(**empty | {
            "filing_type": filing_type, "cause": cause, "plaintiffs": plaintiff, "defendants": defendant,
            "party_names": f"{plaintiff}、{defendant}", "agent_names": _SUBMITTER.name,
        })  # fmt: skip
        application = Application(
            id=1, serial_no=_SERIAL, court=court, module="filing", kind="filing", state=_STATE, version=1, revision=1,
            case_id=None, case_number=None, parent_id=None, applicant=plaintiff, handler=_HANDLER, submitted_at=BEGINS,
            received_at=BEGINS, due_at=None, reviewed_by=None, reviewed_at=None, submitter=_SUBMITTER, fields=fields,
        )  # fmt: skip
        return Variant(
            filing_type,
            cause,
            plaintiff,
            defendant,
            stored(self.house.store.brand, words_of(self.flow, application)),
        )

    def insert(self, places: Iterable[int] | None = None) -> None:
        """Write the rows: requests, their fields, their search words."""
        rows = self.rows(places)
        # Building this index once is quicker than keeping it up to date.
        made = [line for line in CREATE[self.house.store.brand] if "gin" in line]
        for _ in made:
            self.house.store.write(
                lambda connection: connection.exec_driver_sql("DROP INDEX ix_application_terms_terms")
            )
        while batch := list(islice(rows, BATCH)):
            self.house.store.write(lambda connection, batch=batch: self._insert(connection, batch))  # type: ignore[misc]  # it is called at once
        for line in made:
            self.house.store.write(lambda connection, line=line: connection.exec_driver_sql(line))  # type: ignore[misc]  # the same

    def analyze(self) -> None:
        """Have the database look at what it holds."""
        if self.house.store.brand == "sqlite":
            self.house.store.write(lambda connection: connection.exec_driver_sql("ANALYZE"))
            self.house.store.close()  # what is open plans on without it
            return
        with self.house.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE) application, filing__filing, application_terms")

    def _insert(self, connection: Connection, batch: list[Made]) -> None:
        key = "rowid" if connection.dialect.name == "sqlite" else "id"
        _put(connection, "application", _APPLICATION, [_application(connection, one) for one in batch])
        _put(connection, "filing__filing", _SIDE, [_side(one) for one in batch])
        brand = self.house.store.brand
        words = [(one.id, f"{_words(one)} {_days(brand, one)}") for one in batch]
        _put(connection, "application_terms", (key, "terms"), words)


_SUBMITTER_JSON = json.dumps({"role": "party", "name": _SUBMITTER.name, "phone": _SUBMITTER.phone})


def _application(connection: Connection, one: Made) -> tuple[Any, ...]:
    at, due = _moment(connection, one.submitted_at), _moment(connection, one.due_at)
    return (
        one.id, one.serial_no, one.court, "filing", "filing", one.variant.plaintiff, one.handler, one.state, 1, 1, at, at,
        due, _SUBMITTER_JSON, "{}",
    )  # fmt: skip


def _side(one: Made) -> tuple[Any, ...]:
    cause = f"{one.variant.cause.code} {one.variant.cause.name}"
    return (
        one.id,
        one.court,
        one.variant.filing_type,
        cause,
        12845678,
        one.variant.plaintiff,
        one.variant.defendant,
    )


def _words(one: Made) -> str:
    serial = one.serial_no.lower()
    marked = one.variant.words.replace(_SERIAL.lower(), serial)
    for end in (None, -6):
        marked = marked.replace(_SERIAL.lower()[-14:end], serial[-14:end])
    marked = marked.replace("xxxxxx", serial[-6:])
    return marked.replace(_STATE.lower(), one.state.lower()).replace(str(_HANDLER), str(one.handler or 0))


def _days(brand: str, one: Made) -> str:
    if one.heard_on is None:
        return ""
    return stored(brand, [exact("heard_on", word) for word in beginnings(one.heard_on)])


def _moment(connection: Connection, at: datetime | None) -> Any:
    sqlite = connection.dialect.name == "sqlite"
    return f"{at:%Y-%m-%d %H:%M:%S.%f}" if at and sqlite else at


def _put(connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows
        )
        return
    cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]  # psycopg's own
    with cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
