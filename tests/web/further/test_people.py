"""Accounts and clients: added, switched, refused with what was typed kept; secrets shown once or never."""

import re

import pytest

from core.records import ClientRow, Person, PersonRole, Serves, SessionRow
from core.work.clients import add_client, client_of
from tests.support.houses import COURT, OTHER
from tests.web.further.asking import Browser, row

NEW = {
    "action": "add", "username": "clerk2", "name": "丁某某", "department": "立案庭", "password": "Fictional-Court-1",
    "roles": ["CLERK"],
}  # fmt: skip


def person(court, username):
    return next(iter(court.rows(Person, Person.username == username)), None)


def test_a_person_is_added_and_can_log_in(court, ask):
    admin = ask("secadmin")
    judge = court.fixture.people["judge"]
    assert f'name="serves" value="{judge}"' in admin.get("/admin/people").text
    answer = admin.post("/admin/people", NEW | {"serves": [str(judge)]})
    assert answer.status == 303
    listed = row(admin.get(answer.headers["location"]), 'data-username="clerk2"')
    for word in ("丁某某", "立案庭", "书记员", "judge"):
        assert word in listed
    made = person(court, "clerk2")
    assert [one.judge_id for one in court.rows(Serves, Serves.person_id == made.id)] == [judge]
    (entry,) = [one for one in court.audited("people.add") if one.target == "clerk2"]
    assert (entry.actor, entry.data) == ("secadmin", {"roles": ["CLERK"]})
    Browser(court.application).log_in("clerk2")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "short"}, "口令至少10位"),
        ({"username": "有空格 x"}, "用户名只用英文字母"),
        ({"username": "judge"}, "此用户名已有人使用"),
        ({"roles": []}, "请至少选择一个角色"),
        ({"name": "  "}, "请填写姓名"),
        ({"department": "长" * 101}, "最多100个字"),
        ({"serves": ["99999999"]}, "只能为本院人员服务"),
        ({"serves": ["x"]}, "只能为本院人员服务"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(court, ask, change, said):
    form = NEW | change
    answer = ask("secadmin").post("/admin/people", form)
    assert answer.status == 422
    assert said in answer.text
    assert f'value="{form["name"].strip()}"' in answer.text or form["name"].strip() == ""
    assert form["password"] not in answer.text
    if form["username"] != "judge":
        assert person(court, form["username"]) is None


def test_another_courts_judge_cannot_be_served(court, ask):
    foreign = str(court.fixture.people["other_judge"])
    answer = ask("secadmin").post("/admin/people", NEW | {"serves": [foreign]})
    assert (answer.status, person(court, "clerk2")) == (422, None)


def test_an_account_is_switched_off_and_on(court, ask):
    judge, admin = ask("judge"), ask("secadmin")
    key = str(court.fixture.people["judge"])
    assert admin.post("/admin/people", {"action": "deactivate", "person": key}).status == 303
    assert judge.get("/cases/").status == 303
    assert court.rows(SessionRow, SessionRow.person_id == int(key)) == []
    assert "已停用" in row(admin.get("/admin/people"), 'data-username="judge"')
    assert admin.post("/admin/people", {"action": "activate", "person": key}).status == 303
    ask("judge")
    assert [one.target for one in court.audited("people.deactivate")] == [key]
    assert [one.target for one in court.audited("people.activate")] == [key]


def test_roles_are_replaced(court, ask):
    admin, key = ask("secadmin"), court.fixture.people["clerk"]
    answer = admin.post(
        "/admin/people", {"action": "roles", "person": str(key), "roles": ["CLERK", "PANEL_MEMBER"]}
    )
    assert answer.status == 303
    assert {one.role for one in court.rows(PersonRole, PersonRole.person_id == key)} == {
        "CLERK",
        "PANEL_MEMBER",
    }
    assert court.audited("people.roles")[-1].data == {"roles": ["CLERK", "PANEL_MEMBER"]}


@pytest.mark.parametrize(
    "form", [{"action": "deactivate"}, {"action": "roles", "roles": ["SEC_ADMIN", "JUDGE"]}, {"action": "x"}]
)
def test_what_cannot_be_is_refused(court, ask, form):
    me = str(court.fixture.people["secadmin"])
    admin = ask("secadmin")
    before = court.rows(PersonRole), person(court, "secadmin")
    assert admin.post("/admin/people", form | {"person": me}).status == 422
    assert (court.rows(PersonRole), person(court, "secadmin")) == before


def test_ones_own_account_and_roles_are_others_business(court, ask):
    me = str(court.fixture.people["secadmin"])
    admin = ask("secadmin")
    for form, said in (
        ({"action": "deactivate"}, "不能停用自己的账号"),
        ({"action": "roles", "roles": ["SYS_ADMIN"]}, "不能修改自己的角色"),
    ):
        answer = admin.post("/admin/people", form | {"person": me})
        assert (answer.status, said in answer.text) == (422, True)


def test_another_courts_people_are_not_found(court, ask):
    foreign = court.fixture.people["other_judge"]
    admin = ask("secadmin")
    assert "other_judge" not in admin.get("/admin/people").text
    for action in ("deactivate", "roles"):
        answer = admin.post("/admin/people", {"action": action, "person": str(foreign), "roles": ["CLERK"]})
        assert answer.status == 404
    assert admin.post("/admin/people", {"action": "activate", "person": "x"}).status == 404
    assert person(court, "other_judge").active


# --- Clients


def token_of(page):
    found = re.search(r"data-client-token>([^<]+)<", page.text)
    return found[1] if found else None


def test_a_token_is_shown_once_and_works(court, ask):
    admin = ask("sysadmin")
    answer = admin.post("/admin/clients", {"action": "add", "name": "省诉讼服务网"})
    token = token_of(answer)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert client_of(court.house, token).courts == {COURT}
    again = admin.get("/admin/clients")
    assert "省诉讼服务网" in again.text
    assert token not in again.text
    (entry,) = court.audited("clients.add")
    assert (entry.actor, entry.target) == ("sysadmin", "省诉讼服务网")
    assert token not in str(entry.data)


@pytest.mark.parametrize("name", ["", "outside", "长" * 65])
def test_a_name_that_does_not_do_is_refused(court, ask, name):
    answer = ask("sysadmin").post("/admin/clients", {"action": "add", "name": name})
    assert answer.status == 422
    assert "aria-invalid" in answer.text
    assert token_of(answer) is None
    assert len(court.rows(ClientRow)) == 1


def test_a_client_is_switched_off_and_on(court, ask):
    admin = ask("sysadmin")
    token = token_of(admin.post("/admin/clients", {"action": "add", "name": "一网通办"}))
    key = str(client_of(court.house, token).id)
    assert admin.post("/admin/clients", {"action": "deactivate", "client": key}).status == 303
    assert client_of(court.house, token) is None
    assert "已停用" in row(admin.get("/admin/clients"), f'data-client="{key}"')
    admin.post("/admin/clients", {"action": "activate", "client": key})
    assert client_of(court.house, token) is not None
    assert [one.target for one in court.audited("clients.deactivate")] == ["一网通办"]
    assert [one.target for one in court.audited("clients.activate")] == ["一网通办"]


def test_a_client_of_several_courts_is_the_operators(court, ask):
    admin, shared = ask("sysadmin"), court.fixture.client
    assert "<form" not in row(admin.get("/admin/clients"), f'data-client="{shared}"')
    answer = admin.post("/admin/clients", {"action": "deactivate", "client": str(shared)})
    assert (answer.status, "还接入其他法院" in answer.text) == (409, True)
    assert client_of(court.house, court.fixture.token) is not None


def test_another_courts_client_is_not_found(court, ask):
    token = add_client(court.house, "elsewhere", [OTHER])
    admin = ask("sysadmin")
    assert "elsewhere" not in admin.get("/admin/clients").text
    key = str(client_of(court.house, token).id)
    assert admin.post("/admin/clients", {"action": "deactivate", "client": key}).status == 404
    assert admin.post("/admin/clients", {"action": "deactivate", "client": "x"}).status == 404
    assert admin.post("/admin/clients", {"action": "x", "client": key}).status == 422
    assert client_of(court.house, token) is not None
