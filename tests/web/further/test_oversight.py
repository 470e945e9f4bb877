"""The audit log and the outbox, each for whom it is."""

import pytest
import sqlalchemy as sa

from core.records import ApplicationRow, Audit, Delivery
from tests.support.houses import COURT, OTHER
from tests.web.further.asking import row


def note(court, **values):
    entry = {
        "court_code": COURT,
        "at": court.fixture.clock(),
        "actor": "甲",
        "action": "test.act",
        "target": "T-1",
        "data": {},
    }
    court.house.store.write(lambda connection: connection.execute(sa.insert(Audit).values(entry | values)))


def test_the_log_is_filtered_and_paged(court, ask):
    for number in range(53):
        note(court, target=f"T-{number}", data={"n": number})
    note(court, action="test.other", target="T-7", succeeded=False, data={"text": "长" * 200})
    admin = ask("auditadmin")
    page = admin.get("/admin/audit", action="test.act")
    assert page.text.count('data-action="test.act"') == 50
    assert "T-52" in page.text
    rest = admin.get(page.text.split('rel="next" href="')[1].split('"')[0])
    assert rest.text.count('data-action="test.act"') == 3
    assert "test.other" not in rest.text
    page = admin.get("/admin/audit", target="T-7", action="test.other")
    assert "未成功" in page.text
    assert "<details>" in page.text
    assert admin.get("/admin/audit", target="T-7").text.count("data-entry=") == 2
    assert "没有符合条件的记录。" in admin.get("/admin/audit", action="no.such").text


def test_the_log_is_the_courts_own(court, ask):
    note(court, court_code=OTHER, target="foreign-target")
    assert "foreign-target" not in ask("auditadmin").get("/admin/audit").text


def test_what_the_log_holds_is_never_markup(court, ask):
    note(court, target="<b>x</b>", data={"k": "<script>"})
    answer = ask("auditadmin").get("/admin/audit")
    assert b"<b>x</b>" not in answer.body
    assert b"<script>" not in answer.body


def delivery(court, serial, *, status="given_up", key="d1", **values):
    (row_,) = court.rows(ApplicationRow, ApplicationRow.serial_no == serial)
    now = court.fixture.clock()
    content = {
        "key": key, "court_code": COURT, "application_id": row_.id, "module": row_.module, "hook": "notify", "channel": "sms",
        "payload": {}, "status": status, "attempts": 6, "next_at": now, "created_at": now, "error": "网关没有应答",
    }  # fmt: skip

    def work(connection):
        made = sa.insert(Delivery).values(content | values).returning(Delivery.id)
        return connection.execute(made).scalar_one()

    return court.house.store.write(work)


@pytest.mark.parametrize("name", ["sysadmin", "supervisor"])
def test_what_was_given_up_is_sent_again(court, ask, name):
    serial = court.file("wish")
    key = delivery(court, serial)
    admin = ask(name)
    shown = row(admin.get("/admin/deliveries"), f'data-delivery="{key}"')
    assert "网关没有应答" in shown
    assert serial in shown
    # The supervisor sees such requests, the system administrator sees none.
    assert (f'href="/m/wish/{serial}"' in shown) == (name == "supervisor")
    answer = admin.post("/admin/deliveries", {"delivery": str(key)})
    assert answer.status == 303
    (sent,) = court.rows(Delivery, Delivery.id == key)
    assert (sent.status, sent.attempts, sent.error) == ("waiting", 0, "")
    (entry,) = court.audited("delivery.resend")
    assert (entry.actor, entry.target) == (name, str(key))
    assert f'data-delivery="{key}"' in admin.get("/admin/deliveries", status="waiting").text
    again = admin.post("/admin/deliveries", {"delivery": str(key)})
    assert (again.status, "可能已经重新发送" in again.text) == (409, True)
    assert len(court.audited("delivery.resend")) == 1


def test_each_state_has_its_list(court, ask):
    serial = court.file("wish")
    keys = {
        status: delivery(court, serial, status=status, key=status)
        for status in ("given_up", "waiting", "refused", "done")
    }
    admin = ask("sysadmin")
    for status, key in keys.items():
        page = admin.get("/admin/deliveries", status=status).text
        assert f'data-delivery="{key}"' in page
        assert ("重新发送" in page) == (status == "given_up")
    assert f'data-delivery="{keys["given_up"]}"' in admin.get("/admin/deliveries", status="nonsense").text


def test_another_courts_delivery_stays_where_it_is(court, ask):
    key = delivery(court, court.file("wish"), court_code=OTHER)
    admin = ask("sysadmin")
    assert f'data-delivery="{key}"' not in admin.get("/admin/deliveries").text
    assert admin.post("/admin/deliveries", {"delivery": str(key)}).status == 409
    assert admin.post("/admin/deliveries", {"delivery": "x"}).status == 409
    (kept,) = court.rows(Delivery, Delivery.id == key)
    assert kept.status == "given_up"


def test_they_are_there_in_english(court, ask):
    delivery(court, court.file("wish"))
    page = ask("sysadmin").english().get("/admin/deliveries").text
    assert "Send again" in page
    assert "Given up" in page
    assert "Action code" in ask("auditadmin").english().get("/admin/audit").text
