"""管理 → 文书模板: a court's own texts, refused with line and cure where they do not work."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from core.records import Audit, PaperTemplate
from core.web.app import web_application
from core.work.switches import disable
from tests.papers.test_issuing import MODULES, ask, state_of, texts
from tests.support.acting import count, rows
from tests.support.houses import OPERATOR, Fixture
from tests.web.further.asking import Browser

ADDRESS = "/admin/papers/permit/receipt"
OWN = "# {{ court.name }}\n## 本院收据\n{{ submitter.name }}，共{{ materials|length }}件。\n"


@pytest.fixture
def house(new_house) -> Fixture:
    made: Fixture = new_house("permit", "filing", folders=MODULES)
    return made


@pytest.fixture
def admin(house) -> Browser:
    return Browser(web_application(house.house)).log_in("sysadmin")


def open_editor(admin: Browser) -> dict[str, str]:
    """Return what the form of the editor holds."""
    page = admin.get(ADDRESS).text
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert text is not None
    assert seen is not None
    return {"text": text[1], "seen": seen[1]}


def save(admin: Browser, text: str, **more: str) -> Any:
    return admin.post(
        ADDRESS, {"action": "template", "text": text, "seen": open_editor(admin)["seen"]} | more
    )


def test_the_list_shows_the_papers_of_every_module_that_is_on(house, admin):
    page = admin.get("/admin/papers").text
    found = re.findall(r'data-template="([\w/]+)"', page)
    assert found[:4] == ["filing/receipt", "filing/correction", "filing/acceptance", "filing/fee_notice"]
    assert {"permit/receipt", "permit/permit", "permit/stub"} <= set(found)
    assert admin.english().get("/admin/papers").text.count("Built-in text") == len(found)


def test_a_court_saves_its_own_text_and_the_next_paper_is_made_from_it(house, admin):
    assert save(admin, OWN.replace("\n", "\r\n")).headers["location"] == "/admin/papers?done=template"
    assert open_editor(admin)["text"] == OWN
    assert "本院收据甲某某，共1件。" in texts(house, ask(house), "receipt")[0]
    (row,) = rows(house, PaperTemplate)
    assert (row.module, row.changed_by) == ("permit", "sysadmin")
    assert 'data-template="permit/receipt" data-own="yes"' in admin.get("/admin/papers").text
    assert count(house, Audit, Audit.action == "paper.template_save") == 1


def test_a_court_goes_back_to_the_built_in_text(house, admin):
    save(admin, OWN)
    form = open_editor(admin)
    assert admin.post(ADDRESS, form | {"action": "built_in"}).status == 303
    assert rows(house, PaperTemplate) == []
    assert "收到材料凭证" in texts(house, ask(house), "receipt")[0]
    assert count(house, Audit, Audit.action == "paper.template_reset") == 1


@pytest.mark.parametrize(("text", "said"), [
    ("甲\n{{ fields.holdr }}", "第2行：这里没有 holdr，可用：holder"),
    ("甲\n\n{{ court.name", "第3行：语法有误"),
    ("{{ nope }}", "第1行：没有名为 nope 的变量"),
    ("::: righ\n:::", "第1行：没有版式 righ，可用：left"),
    ("甲\n{{ fields.things }}", "第2行：无法填写"),
    ("甲" * 20001, "模板最多20000个字"),
])  # fmt: skip
def test_a_text_that_does_not_work_is_refused_with_its_line_and_stays_in_the_form(house, admin, text, said):
    answer = save(admin, text)
    assert answer.status == 422
    assert said in answer.text
    assert text[:200] in answer.text
    assert rows(house, PaperTemplate) == []


def test_names_of_the_module_that_no_field_declares_may_be_used(house, admin):
    admin.get("/admin/papers/permit/permit")
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', admin.get("/admin/papers/permit/permit").text)
    assert seen is not None
    good = {"action": "template", "text": "{{ data.grant_words }}", "seen": seen[1]}
    bad = good | {"text": "{{ data.grant_word }}"}
    assert admin.post("/admin/papers/permit/permit", bad).status == 422
    assert admin.post("/admin/papers/permit/permit", good).status == 303


def test_of_two_who_edit_the_second_is_told(house, admin):
    first = open_editor(admin)
    assert save(admin, OWN).status == 303
    answer = admin.post(ADDRESS, first | {"action": "template", "text": "## 另一文本\n"})
    assert answer.status == 409
    assert "已被他人更新" in answer.text
    assert "## 另一文本" in answer.text
    assert open_editor(admin)["text"] == OWN


def test_a_text_that_a_newer_module_no_longer_understands_is_marked_in_the_list(house, admin):
    save(admin, OWN)
    assert "本院文本有误" not in admin.get("/admin/papers").text
    house.house.store.write(
        lambda connection: connection.execute(sa.update(PaperTemplate).values(text="{{ fields.gone }}"))
    )
    assert "本院文本有误，暂用内置文本" in admin.get("/admin/papers").text
    assert "收到材料凭证" in texts(house, ask(house), "receipt")[0]


def test_an_example_is_shown_and_nothing_kept(house, admin):
    open_editor(admin)
    before = state_of(house)
    answer = admin.post(f"{ADDRESS}/preview", {"text": OWN})
    assert 'id="paper"' in answer.text
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    answer = admin.post(f"{ADDRESS}/preview", {"text": "{{ nope }}"})
    assert (answer.status, "第1行：没有名为 nope 的变量" in answer.text) == (422, True)
    assert state_of(house) == before


def test_every_built_in_text_makes_an_example(house, admin):
    for place in re.findall(r'data-template="([\w/]+)"', admin.get("/admin/papers").text):
        page = admin.get(f"/admin/papers/{place}").text
        text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
        assert text is not None
        answer = admin.post(f"/admin/papers/{place}/preview", {"text": text[1]})
        assert answer.status == 200, (place, answer.text)


def test_the_names_that_may_be_used_are_listed(house, admin):
    page = admin.get("/admin/papers/permit/permit").text
    for name in (
        "court.name",
        "fields.things[].what",
        "step.valid_until",
        "due.P_1",
        "verify.address",
        "case.parties[].name",
    ):
        assert f"<code>{name}</code>" in page


def test_the_editor_is_for_system_administrators_and_modules_that_are_on(house, admin):
    web = web_application(house.house)
    for name in ("reviewer", "secadmin", "auditadmin"):
        assert Browser(web).log_in(name).get("/admin/papers").status == 403
    assert admin.get("/admin/papers/permit/nothing").status == 404
    assert admin.get("/admin/papers/nothing/receipt").status == 404
    seen = open_editor(admin)["seen"]
    disable(house.house, OPERATOR, "permit")
    assert admin.get(ADDRESS).status == 404
    assert admin.post(ADDRESS, {"action": "template", "text": OWN, "seen": seen}).status == 404
