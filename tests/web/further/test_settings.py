"""Settings and the calendar: saved, refused by field, secrets never shown."""

from datetime import date

import pytest

from core.records import CalendarDay, CourtSetting
from core.work.courts import change_settings
from core.work.registers import CourtDefaults, settings_for
from core.work.switches import disable
from tests.support.houses import COURT, OPERATOR

SECRET = "kept-from-all-eyes"


def held(court, name="wish"):
    cls = CourtDefaults if name == "core" else court.house.modules.module(name).settings
    with court.house.store.read() as connection:
        return settings_for(connection, COURT, name, cls)


def given(**values):
    return {"action": "settings", "module": "wish"} | values


def test_the_courts_settings_are_saved_and_audited(court, ask):
    admin = ask("sysadmin")
    assert "审查锁时长（分钟）" in admin.get("/admin/settings").text
    answer = admin.post(
        "/admin/settings", {"action": "settings", "module": "core", "lock_minutes": "30", "near_days": ""}
    )
    assert answer.status == 303
    assert (held(court, "core").lock_minutes, held(court, "core").near_days) == (30, 2)
    assert "设置已保存" in admin.get(answer.headers["location"].partition("#")[0]).text
    (entry,) = court.audited("settings.change")
    assert (entry.actor, entry.target) == ("sysadmin", "core")


def test_what_is_wrong_is_said_beside_what_was_typed(court, ask):
    answer = ask("sysadmin").post("/admin/settings", given(seconds="99", address="https://x.example"))
    assert answer.status == 422
    assert "不能大于30" in answer.text
    assert 'value="99"' in answer.text
    assert 'value="https://x.example"' in answer.text
    assert held(court).seconds == 10


def test_a_secret_is_kept_when_left_empty_changed_when_typed_cleared_when_ticked(court, ask):
    change_settings(court.house, OPERATOR, "wish", {"token": SECRET})
    admin = ask("sysadmin")
    page = admin.get("/admin/settings")
    assert SECRET not in page.text
    assert "已有值，不显示" in page.text
    admin.post("/admin/settings", given(address="https://a.example", token=""))
    assert (held(court).address, held(court).token) == ("https://a.example", SECRET)
    admin.post("/admin/settings", given(address="", token="another-secret"))
    assert (held(court).address, held(court).token) == (None, "another-secret")
    refused = admin.post("/admin/settings", given(token="typed-and-refused", seconds="x"))
    assert refused.status == 422
    assert "typed-and-refused" not in refused.text
    admin.post("/admin/settings", given(token="", clear=["token"]))
    assert held(court).token is None
    assert all(
        secret not in str(one.data)
        for one in court.audited("settings.change")
        for secret in (SECRET, "another-secret")
    )


def test_a_module_that_is_off_or_has_none_has_no_form(court, ask):
    disable(court.house, OPERATOR, "wish")
    admin = ask("sysadmin")
    assert 'data-settings="wish"' not in admin.get("/admin/settings").text
    for name in ("wish", "mediation", "nothing", ""):
        assert admin.post("/admin/settings", given(module=name)).status == 404
    assert {row.module for row in court.rows(CourtSetting)} <= {
        "calendar"
    }  # the mark of the court's calendar


def test_an_unknown_action_is_refused(court, ask):
    assert ask("sysadmin").post("/admin/settings", {"action": "drop"}).status == 422


YEAR = "2036-01-01 rest 元旦\n\n2036-01-05 班 元旦调休\r\n2036-10-01 休"


def test_a_year_is_entered_and_read_back(court, ask):
    admin = ask("sysadmin")
    answer = admin.post("/admin/settings", {"action": "calendar", "year": "2036", "days": YEAR})
    assert answer.status == 303
    page = admin.get("/admin/settings", year="2036").text
    assert 'data-days="2036"' in page
    assert "2036-01-05 work 元旦调休" in page
    days = {
        one.day: (one.kind, one.name) for one in court.rows(CalendarDay, CalendarDay.day >= date(2036, 1, 1))
    }
    assert days == {
        date(2036, 1, 1): ("rest", "元旦"), date(2036, 1, 5): ("work", "元旦调休"), date(2036, 10, 1): ("rest", ""),
    }  # fmt: skip
    (entry,) = court.audited("calendar.set_year")
    assert (entry.target, entry.data) == ("2036", {"days": 3})


@pytest.mark.parametrize(
    ("year", "days", "said"),
    [
        ("2036", "2036-01-01 rest 元旦", "没有调休上班日"),
        ("2036", "2036-01-01 rest\n2037-01-03 work", "2037-01-03不在2036年内"),
        ("2036", "2036-01-01 rest\n2036-13-01 work\n2036-02-01 holiday", "第3行"),
        ("2036", "2036-01-01 rest\n2036-01-01 work", "写了两次"),
        ("2036", "2036-01-01 work " + "长" * 61, "第1行"),
        ("36", YEAR, "年份应写成"),
        ("二〇三六", YEAR, "年份应写成"),
    ],
)
def test_a_year_that_cannot_be_read_is_refused_and_kept(court, ask, year, days, said):
    answer = ask("sysadmin").post("/admin/settings", {"action": "calendar", "year": year, "days": days})
    assert answer.status == 422
    assert said in answer.text
    assert days.splitlines()[0] in answer.text
    assert f'value="{year}"' in answer.text
    assert court.rows(CalendarDay, CalendarDay.day >= date(2036, 1, 1)) == []


def test_it_speaks_english(court, ask):
    page = ask("sysadmin").english().get("/admin/settings").text
    assert "The court's calendar" in page
    assert "Review lock (minutes)" in page
