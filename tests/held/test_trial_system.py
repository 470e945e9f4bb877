"""The trial system takes every order and never answers: the court goes on, states move on receipts alone, and all is done when it is well."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from core.records import CaseRow, CourtSetting, Delivery
from tests.held.running import Serving
from tests.held.test_two_reviewers import send
from tests.support.gateways import Call, Handler, accept_sms, docket, serving, silent
from tests.support.houses import COURT, PASSWORD
from tests.support.ports import wait_until

APPROVAL = {
    "decision": "approve", "opinion": "符合起诉条件", "procedure": "ordinary", "fee_category": "prop", "prepaid_fee": "2869.14",
}  # fmt: skip
COUNT = 2


class TrialSystem:
    """Takes orders and is silent until it is well; then each key gets a case number of its own, the same every time."""

    def __init__(self) -> None:
        self.well = threading.Event()
        self.numbers: dict[str, str] = {}

    def __call__(self, handler: Handler, call: Call) -> None:
        if not self.well.is_set():
            return silent(handler, call)
        number = self.numbers.setdefault(call.key, f"（2026）{COURT}民初{len(self.numbers) + 1}号")
        return docket(number)(handler, call)


def point(one: Serving, module: str, url: str) -> None:
    told = [
        {"court_code": COURT, "module": module, "name": name, "value": value}
        for name, value in (("url", url), ("timeout_seconds", 1))
    ]
    one.fixture.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting), told))


def approve(one: Serving, serial: str, cookie: str) -> None:
    path = f"/m/filing/{serial}"
    assert send(one, f"{path}/review", cookie, APPROVAL | {"version": "1"})[0] == 303
    assert send(one, f"{path}/decide", cookie, {"decision": "approve", "version": "1"})[0] == 303


def states(one: Serving, serials: list[str]) -> set[str]:
    return {one.ask("GET", f"applications/{serial}").body["state"]["code"] for serial in serials}


@pytest.mark.parametrize("brand", ["sqlite", "postgresql"])
def test_while_the_trial_system_hangs_all_else_goes_on_and_when_it_is_well_every_case_is_docketed(
    opened: Callable[..., Serving], brand: str
) -> None:
    one, trial_system = opened(brand, "filing", "trial_http", "sms"), TrialSystem()
    with serving(trial_system) as trial, serving(accept_sms) as sms:
        point(one, "trial_http", trial.url)
        point(one, "sms", sms.url)
        one.start()
        one.learn()
        cookie = one.log_in("reviewer", PASSWORD)
        serials = [one.file(f"docketed-{number}").body["serial_no"] for number in range(COUNT)]
        for serial in serials:
            approve(one, serial, cookie)
            assert (
                send(one, f"/m/filing/{serial}/decide", cookie, {"decision": "docket", "version": "2"})[0]
                == 303
            )
        wait_until(lambda: trial.calls, "the trial system to be asked")
        # It hangs: what was ordered waits for its receipt, and everything else is done as ever.
        later = one.file("meanwhile").body["serial_no"]
        approve(one, later, cookie)
        assert states(one, [later]) == {"APPROVED"}
        assert states(one, serials) == {"DOCKETING"}
        wait_until(lambda: set(notices(one)) == {"done"}, "the notices, which do not wait for it")
        with one.fixture.house.store.read() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(CaseRow)) == 0
        trial_system.well.set()
        wait_until(lambda: states(one, serials) == {"DOCKETED"}, "every case to be docketed by itself")
    with one.fixture.house.store.read() as connection:
        numbers = connection.scalars(sa.select(CaseRow.case_number)).all()
    assert sorted(numbers) == sorted(trial_system.numbers.values())
    assert len(numbers) == COUNT
    assert set(trial.keys()) == set(trial_system.numbers)
    assert set(sms.keys().values()) == {1}


def notices(one: Serving) -> list[str]:
    with one.fixture.house.store.read() as connection:
        return list(connection.scalars(sa.select(Delivery.status).where(Delivery.hook == "notify")))
