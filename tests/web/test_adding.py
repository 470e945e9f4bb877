"""What a module adds to the pages: cards, static files, texts in English, and pages that are kept for some; off means off."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.records import Audit
from core.roles import Role
from core.store.engine import Store
from core.store.faults import NoConnection
from core.web.app import web_application
from core.work import people
from core.work.jobs import Jobs
from core.work.people import set_roles
from core.work.switches import disable, enable
from tests.support.acting import hash_once
from tests.support.houses import OPERATOR, OTHER, Fixture, make_house
from tests.web.further.asking import Browser

NOTE = '''
"""A module without a request type: what it shows on the desk, and a page that is kept for the president."""

from datetime import time
from core import Card, CardLine, Job, Label, MenuItem, Module, Page, Permission, Role, hookimpl

SEE = Permission("notes.see", ("查看记事", "See the notes"), [Role.PRESIDENT])
module = Module("notes", ("记事", "Notes"), version="1.0", permissions=[SEE])
OURS = Label("记事本", "Notebook")


@hookimpl
def cards(desk):
    return [Card(("记事", "Notes"), [CardLine(("<b>粗</b>" + desk.actor.name, "<b>bold</b>" + desk.actor.name), "/m/notes/all")])]


@hookimpl
def pages():
    word = Label("<i>字", "<i>word")
    return [Page("all", OURS, lambda visit: visit.render("notes/all.html"), SEE),
            Page("plain", Label("白页", "Plain page"), lambda visit: visit.render("notes/plain.html", word=word)),
            Page("bare", Label("空页", "Bare page"), lambda visit: word)]


@hookimpl
def jobs():
    return [Job("tidy", ("整理", "Tidy"), lambda place: ("<b>理清</b>", "<b>tidy</b>"), daily=time(12))]


@hookimpl
def menu(court):
    return [MenuItem(OURS, "/m/notes/all", 500, "notes", permission=SEE)]
'''
SICK = """
from core import Module, hookimpl
module = Module("sick", ("病模块", "Sick"), version="1.0")

@hookimpl
def cards(desk):
    raise ValueError("out of order")
"""
PAGE = """{% extends "layout.html" %}{% block title %}{{ _("全部记事") }}{% endblock %}
{% block head %}<link rel="stylesheet" href="{{ asset('m/notes/own.css') }}">{% endblock %}
{% block main %}<h1>{{ _("全部记事") }}</h1><p>{{ _("工作台") }}</p>{% endblock %}"""
PLAIN = '{% extends "layout.html" %}{% block main %}<h1 title="{{ word }}">{{ word }}</h1>{% endblock %}'
TEXTS = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "全部记事"\nmsgstr "All notes"\n'
BROKEN = "nonsense\n"

STAFF = ("judge", "president", "secadmin", "sysadmin", "auditadmin")
COOKIES: dict[str, dict[str, str]] = {}


def write(folder: Path, name: str, code: str, **files: str) -> None:
    home = folder / name
    for path, text in {"__init__.py": code, **files}.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, encoding="utf-8")


def drop_in(folder: Path) -> Path:
    write(folder, "notes", NOTE, **{
        "templates/all.html": PAGE, "templates/plain.html": PLAIN, "locale/en/LC_MESSAGES/notes.po": TEXTS, "static/own.css": ".x { color: red }",
        "static/secret.txt": "x", "static/.hidden.css": "x",
    })  # fmt: skip
    write(folder, "sick", SICK)
    write(folder, "untold", NOTE.replace("notes", "untold"), **{"locale/en/LC_MESSAGES/untold.po": BROKEN})
    return folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Fixture:
    folder = tmp_path_factory.mktemp("adding")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hash_password", hash_once)
        made = make_house(
            f"sqlite:///{folder / 'a.db'}", folder, ["notes", "sick"], folders=[drop_in(folder / "drop")]
        )
        # Who logged in before the copies is logged in in each of them.
        application = web_application(made.house)
        COOKIES.update({name: Browser(application).log_in(name).cookies for name in STAFF})
    made.house.store.close()
    return made


@pytest.fixture
def court(shared: Fixture, tmp_path: Path) -> Iterator[Fixture]:
    """The house on a database of the test's own."""
    shutil.copy(shared.house.settings.data_dir / "a.db", tmp_path / "b.db")
    store = Store(f"sqlite:///{tmp_path / 'b.db'}", ring=shared.house.store.ring)
    yield evolve(shared, house=evolve(shared.house, store=store))
    store.close()


def browser(court: Fixture, name: str, language: str = "") -> Browser:
    made = Browser(web_application(court.house), dict(COOKIES[name]))
    if language:
        made.cookies["benchside_language"] = language
    return made


def give(court: Fixture, **form: Any) -> Any:
    officer = browser(court, "secadmin")
    officer.get("/admin/permissions")
    return officer.post("/admin/permissions", {"permission": "notes.see", "action": "permission", **form})


def test_a_card_stands_on_the_desk_escaped_with_who_looks_at_it(court):
    desk = browser(court, "judge").get("/").body.decode()
    assert "&lt;b&gt;粗&lt;/b&gt;judge" in desk
    assert 'href="/m/notes/all"' in desk


def test_a_module_whose_cards_fail_is_named_and_the_others_stand(court):
    desk = browser(court, "judge").get("/").text
    assert "“病模块”没有正常应答" in desk
    assert "<b>粗</b>judge" in desk


def test_a_module_that_is_off_shows_no_card_and_no_page(court):
    president = browser(court, "president")
    assert president.get("/m/notes/all").status == 200
    disable(court.house, OPERATOR, "notes")
    assert "粗" not in president.get("/").text
    assert president.get("/m/notes/all").status == 404
    enable(court.house, OPERATOR, "notes")
    assert "粗" in president.get("/").text


@pytest.mark.parametrize(("language", "title", "word"), [("zh", "白页", "字"), ("en", "Plain page", "word")])
def test_a_page_that_says_no_title_has_its_own_and_a_label_is_printed_in_the_language_of_the_page(court, language, title, word):  # fmt: skip
    page = browser(court, "judge", language).get("/m/notes/plain").body.decode()
    assert f"<title>{title} · " in page
    assert f'<h1 title="&lt;i&gt;{word}">&lt;i&gt;{word}</h1>' in page
    assert f"&lt;i&gt;{word}" in browser(court, "judge", language).get("/m/notes/bare").body.decode()


def test_a_page_is_kept_for_those_who_hold_its_permission_and_so_is_its_menu_entry(court):
    assert browser(court, "president").get("/m/notes/all").status == 200
    assert "记事本" in browser(court, "president").get("/").text
    judge = browser(court, "judge")
    refused = judge.get("/m/notes/all")
    assert refused.status == 403
    assert "您的角色不能查看记事" in refused.text
    assert "记事本" not in judge.get("/").text


def test_a_court_gives_a_permission_to_others_from_the_next_request_on_and_back(court):
    judge, president = browser(court, "judge"), browser(court, "president")
    assert give(court, holders=["HANDLING_JUDGE", "CLERK"]).status == 303
    assert (judge.get("/m/notes/all").status, president.get("/m/notes/all").status) == (200, 403)
    with court.house.store.read() as connection:
        told = connection.execute(sa.select(Audit.target, Audit.data).where(Audit.action == "permission.change")).all()  # fmt: skip
    assert [tuple(one) for one in told] == [
        ("notes.see", {"before": ["PRESIDENT"], "after": ["CLERK", "HANDLING_JUDGE"]})
    ]
    assert give(court, action="declared").status == 303
    assert (judge.get("/m/notes/all").status, president.get("/m/notes/all").status) == (403, 200)


def test_a_permission_that_nobody_holds_admits_nobody(court):
    assert give(court, holders=[]).status == 303
    assert browser(court, "president").get("/m/notes/all").status == 403


def test_roles_that_are_taken_away_take_the_permission_along(court):
    president = browser(court, "president")
    set_roles(court.house, OPERATOR, court.people["president"], [Role.CLERK])
    assert president.get("/m/notes/all").status in (303, 403)


@pytest.mark.parametrize(
    ("form", "status"),
    [({"permission": "notes.other"}, 404), ({"holders": ["EMPEROR"]}, 404), ({"action": "seize"}, 422)],
)
def test_what_is_no_permission_or_no_holder_is_refused(court, form, status):
    assert give(court, **form).status == status


@pytest.mark.parametrize("name", ["judge", "sysadmin", "auditadmin"])
def test_only_the_security_administrator_gives_permissions(court, name):
    other = browser(court, name)
    other.get("/")
    assert other.get("/admin/permissions").status == 403
    assert other.post("/admin/permissions", {"permission": "notes.see", "action": "declared"}).status == 403


def test_the_administrator_sees_who_holds_what_in_both_languages(court):
    page = browser(court, "secadmin").get("/admin/permissions").text
    assert "查看记事" in page
    assert 'data-permission="notes.see" data-changed="no"' in page
    assert "See the notes" in browser(court, "secadmin", "en").get("/admin/permissions").text


def test_a_modules_template_reads_its_own_texts_before_the_hosts(court):
    assert "<h1>全部记事</h1>" in browser(court, "president").get("/m/notes/all").text
    english = browser(court, "president", "en").get("/m/notes/all").text
    assert "<h1>All notes</h1><p>Desk</p>" in english
    assert "全部记事" not in browser(court, "president", "en").get("/").text


def test_a_modules_files_are_served_below_its_name_and_nothing_else_of_it(court):
    page = browser(court, "president").get("/m/notes/all").text
    address = page.partition('/own.css"')[0].rpartition('"')[2] + "/own.css"
    asked = Browser(web_application(court.house))
    served = asked.get(address)
    assert (served.status, served.body) == (200, b".x { color: red }")
    assert served.headers["content-type"].startswith("text/css")
    # What hangs on who asks is no proxy's to keep.
    assert served.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert asked.post(address).status == 405
    for other in ("secret.txt", ".hidden.css", "../__init__.py", "own.css/"):
        assert asked.get(address.replace("own.css", other)).status == 404


def test_a_modules_files_are_gone_for_the_court_that_switched_it_off_and_for_strangers_when_all_did(court):
    here, stranger = browser(court, "judge"), Browser(web_application(court.house))
    other = Browser(web_application(court.house)).log_in("other_judge")
    other_operator = evolve(OPERATOR, court=OTHER)
    address = browser(court, "president").get("/m/notes/all").text.partition('/own.css"')[0].rpartition('"')[2] + "/own.css"  # fmt: skip

    def seen() -> tuple[int, ...]:
        return tuple(one.get(address).status for one in (here, other, stranger))

    assert seen() == (200, 404, 200)
    enable(court.house, other_operator, "notes")
    disable(court.house, OPERATOR, "notes")
    assert seen() == (404, 200, 200)
    disable(court.house, other_operator, "notes")
    assert seen() == (404, 404, 404)
    assert stranger.get(address).headers["cache-control"] == "no-store"
    enable(court.house, OPERATOR, "notes")
    assert seen() == (200, 404, 200)
    # Of a cookie that is none of ours, and of a session that is over, nothing is known.
    for sent in ("nonsense", "x.y", COOKIES["judge"]["benchside"][:-1]):
        assert Browser(web_application(court.house), {"benchside": sent}).get(address).status == 200


def test_a_modules_files_are_asked_for_again_where_the_database_is_away(court, monkeypatch):
    president = browser(court, "president")
    address = president.get("/m/notes/all").text.partition('/own.css"')[0].rpartition('"')[2] + "/own.css"

    def away(self):
        raise NoConnection

    monkeypatch.setattr(Store, "read", away)
    for asked in (president, Browser(president.application)):
        answer = asked.get(address)
        assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "5", b"")
        assert asked.get(address.replace("m/notes/own.css", "benchside.css")).status == 200


def test_a_catalogue_that_cannot_be_read_fails_its_module_alone(court):
    assert "untold" not in court.house.modules.ready
    assert "PoFileError" in court.house.modules.all["untold"].error


def test_the_administrator_sees_what_became_of_a_job_and_has_it_run_now(court):
    admin = browser(court, "sysadmin")
    assert 'data-job="notes.tidy" data-bad="no"' in admin.get("/admin/jobs").text
    assert admin.post("/admin/jobs", {"module": "notes", "job": "tidy"}).status == 303
    jobs = Jobs(court.house)
    assert [jobs.run(one) for one in jobs.due()] == [True]
    page = admin.get("/admin/jobs").body.decode()
    assert "&lt;b&gt;理清&lt;/b&gt;" in page
    assert "每天12:00" in page
    assert "Daily at 12:00" in browser(court, "sysadmin", "en").get("/admin/jobs").text
    assert admin.post("/admin/jobs", {"module": "notes", "job": "other"}).status == 404
    disable(court.house, OPERATOR, "notes")
    assert "整理" not in admin.get("/admin/jobs").text
    assert admin.post("/admin/jobs", {"module": "notes", "job": "tidy"}).status == 404


@pytest.mark.parametrize("name", ["judge", "secadmin", "auditadmin"])
def test_only_the_system_administrator_sees_and_hurries_jobs(court, name):
    other = browser(court, name)
    other.get("/")
    assert other.get("/admin/jobs").status == 403
    assert other.post("/admin/jobs", {"module": "notes", "job": "tidy"}).status == 403


def test_the_administrator_words_a_notice_with_an_example_and_what_is_wrong_told(court):
    enable(court.house, OPERATOR, "suggestion")
    admin = browser(court, "sysadmin")
    listed = admin.get("/admin/notices").text
    assert 'data-wording="suggestion/reply" data-own="no"' in listed
    place = "/admin/notices/suggestion/reply"
    page = admin.get(place).text
    assert "<code>{result}</code>" in page
    assert "已答复：〔处理结果〕" in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    form = {"text": "<b>{result}</b>", "seen": seen}
    shown = admin.post(place, form | {"action": "example"})
    assert (shown.status, "&lt;b&gt;〔处理结果〕&lt;/b&gt;" in shown.body.decode()) == (200, True)
    wrong = admin.post(place, form | {"action": "wording", "text": "{nothing}"})
    assert wrong.status == 422
    assert "没有变量“{nothing}”" in wrong.text
    assert admin.post(place, form | {"action": "wording"}).status == 303
    assert 'data-wording="suggestion/reply" data-own="yes"' in admin.get("/admin/notices").text
    assert admin.post(place, form | {"action": "usual"}).status == 409
    assert "Wording of notices" in browser(court, "sysadmin", "en").get("/admin/notices").text
    assert admin.get("/admin/notices/suggestion/none").status == 404


def test_only_the_system_administrator_words_notices(court):
    other = browser(court, "judge")
    other.get("/")
    assert other.get("/admin/notices").status == 403
    assert other.post("/admin/notices/suggestion/reply", {"action": "usual"}).status == 403
