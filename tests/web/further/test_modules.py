"""The switchboard: how each module stands, and what may be switched here."""

import pytest

from core.gate import enabled
from core.records import ModuleSwitch
from core.work.migrate import module_track
from core.work.switches import enable
from tests.support.houses import COURT, OPERATOR
from tests.web.further.asking import row


def on(court):
    with court.house.store.read() as connection:
        return enabled(connection, COURT)


def test_every_module_is_shown_with_how_it_stands(court, ask):
    page = ask("sysadmin").get("/admin/modules")
    assert "许愿" in row(page, 'data-module="wish"')
    assert "1.2" in row(page, 'data-module="wish"')
    assert 'data-enabled="yes"' in row(page, 'data-module="wish"')
    assert "needing" in row(page, 'data-module="wish"')
    broken = row(page, 'data-module="broken"')
    assert "加载失败：导入" in broken
    assert "RuntimeError: it does not start" in broken
    assert "<form" not in broken
    assert "wish" in row(page, 'data-module="needing"')


def test_off_and_on_again_is_done_at_once_and_audited(court, ask):
    admin, reviewer = ask("sysadmin"), ask("reviewer")
    assert reviewer.get("/m/wish/export.xlsx").status == 200
    answer = admin.post("/admin/modules", {"module": "wish", "action": "disable"})
    assert answer.status == 303
    assert "模块已停用" in admin.get(answer.headers["location"]).text
    assert reviewer.get("/m/wish/export.xlsx").status == 404
    admin.post("/admin/modules", {"module": "wish", "action": "enable"})
    assert reviewer.get("/m/wish/export.xlsx").status == 200
    for action in ("module.disable", "module.enable"):
        entry = court.audited(action)[-1]
        assert (entry.actor, entry.target) == ("sysadmin", "wish")


def test_one_that_others_need_is_refused_with_their_names(court, ask):
    enable(court.house, OPERATOR, "needing")
    admin = ask("sysadmin")
    answer = admin.post("/admin/modules", {"module": "wish", "action": "disable"})
    assert answer.status == 409
    assert "下列模块依赖它，请先停用：needing" in answer.text
    assert "wish" in on(court)


def test_one_whose_needs_are_off_is_refused_with_the_cure(court, ask):
    admin = ask("sysadmin")
    admin.post("/admin/modules", {"module": "wish", "action": "disable"})
    answer = admin.post("/admin/modules", {"module": "needing", "action": "enable"})
    assert (answer.status, "请先启用它依赖的模块：wish" in answer.text) == (409, True)
    answer = admin.post("/admin/modules", {"module": "broken", "action": "enable"})
    assert (answer.status, "加载失败" in answer.text) == (409, True)


def test_a_restricted_one_is_the_operators(court, ask):
    admin = ask("sysadmin")
    assert "<form" not in row(admin.get("/admin/modules"), 'data-module="guarded"')
    answer = admin.post("/admin/modules", {"module": "guarded", "action": "enable"})
    assert answer.status == 409
    assert "只能由运维人员用命令行启停" in answer.text
    assert "guarded" not in on(court)


def test_pending_migrations_are_named_with_the_command(court, ask):
    version = module_track(court.house.modules.ready["wish"]).version_table
    court.house.store.write(lambda connection: connection.exec_driver_sql(f"delete from {version}"))
    page = ask("sysadmin").get("/admin/modules")
    assert "有未执行的迁移" in row(page, 'data-module="wish"')
    assert "benchside migrate" in row(page, 'data-module="wish"')


def test_one_that_is_on_but_gone_can_be_switched_off(court, ask, monkeypatch):
    monkeypatch.delitem(court.house.modules.all, "needing")
    monkeypatch.delitem(court.house.modules.ready, "needing")
    court.house.store.write(
        lambda connection: connection.execute(
            ModuleSwitch.__table__.insert().values(
                court_code=COURT,
                module="needing",
                enabled=True,
                changed_at=court.fixture.clock(),
                changed_by="x",
            )
        )
    )
    admin = ask("sysadmin")
    assert "its files are not there" in row(admin.get("/admin/modules"), 'data-module="needing"')
    assert admin.post("/admin/modules", {"module": "needing", "action": "disable"}).status == 303
    assert "needing" not in on(court)


@pytest.mark.parametrize(
    "form", [{"module": "wish", "action": "purge"}, {"module": "wish"}, {"action": "enable"}]
)
def test_a_form_that_makes_no_sense_changes_nothing(court, ask, form):
    before = on(court)
    assert ask("sysadmin").post("/admin/modules", form).status in (404, 422)
    assert on(court) == before


def test_it_speaks_english(court, ask):
    page = ask("sysadmin").english().get("/admin/modules").text
    assert "Failed to load: Import" in page
    assert "Wishing" in page
