"""What developers see: which module answered what in a request, in every worker, and what failed; nobody else does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from core.fields.problem import Reason, Refused
from core.gate import Hooks
from core.traces import Traces
from core.web.server import whole_application
from core.work import people
from core.work.house import House
from tests.support.acting import hash_once, module_code, write_module
from tests.support.houses import Fixture, make_house
from tests.web.further.asking import Browser, row

SICK = "@core.hookimpl\ndef menu(court):\n    raise ValueError('甲某某 is out of order')\n"
WELL = "@core.hookimpl\ndef menu(court):\n    return [core.MenuItem(core.Label('甲', 'A'), '/', 1, 'well')]\n"


@frozen
class Seen:
    """A house with a module that works and one that fails; ``worker()`` is another process's application on it."""

    fixture: Fixture
    folder: Path

    def house(self, *, traced: bool = True) -> House:
        """Return the house as a worker of its own sees it."""
        house = self.fixture.house
        return evolve(
            house, hooks=Hooks(house.modules.plugins, Traces(self.folder / "journal", whole=traced))
        )

    def worker(self, *, traced: bool = True) -> Any:
        """Return the application of another worker."""
        return whole_application(self.house(traced=traced))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    folder = tmp_path_factory.mktemp("seen")
    write_module(folder / "drop", "sick", module_code("sick", SICK))
    write_module(folder / "drop", "well", module_code("well", WELL))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hash_password", hash_once)
        patch.setattr("core.work.login._matches", lambda held, password: held == hash_once(password))
        fixture = make_house(
            f"sqlite:///{folder / 'seen.db'}", folder, ["sick", "well"], folders=[folder / "drop"]
        )
        yield Seen(fixture, folder)
    fixture.house.store.close()


def test_a_request_is_shown_with_its_calls_by_whichever_worker_is_asked(seen: Seen) -> None:
    judge = Browser(seen.worker()).log_in("judge")
    number = judge.get("/").headers["x-request-id"]
    admin = Browser(seen.worker()).log_in("sysadmin")
    shown = row(admin.get("/admin/trace"), f'data-request="{number}"')
    assert 'data-call="menu well"' in shown
    assert "GET" in shown
    assert "200" in shown
    sick = shown.partition('data-call="menu sick"')[2].partition("</div>")[0]
    assert "ValueError" in sick
    assert "甲某某" not in sick  # what an exception says may be somebody's data


def test_the_trace_is_narrowed_to_a_module_a_hook_a_request_or_to_failures(seen: Seen) -> None:
    application = seen.worker()
    number = Browser(application).log_in("judge").get("/").headers["x-request-id"]
    admin = Browser(application).log_in("sysadmin")
    by_module = admin.get("/admin/trace", module="well").text
    assert 'data-call="menu well"' in by_module
    assert 'data-call="menu sick"' not in by_module
    failures = admin.get("/admin/trace", failed="yes").text
    assert 'data-call="menu sick"' in failures
    assert 'data-call="menu well"' not in failures
    assert "data-call=" not in admin.get("/admin/trace", hook="review").text
    one = admin.get("/admin/trace", request=number).text
    assert one.count("<tr data-request=") == 1
    assert b"<script>" not in admin.get("/admin/trace", module="<script>").body
    assert "Failures only" in admin.english().get("/admin/trace").text


def test_without_the_setting_there_is_no_trace_and_nobody_else_may_see_one(seen: Seen) -> None:
    assert Browser(seen.worker(traced=False)).log_in("sysadmin").get("/admin/trace").status == 404
    for name in ("judge", "secadmin", "auditadmin"):
        assert Browser(seen.worker()).log_in(name).get("/admin/trace").status in (403, 404)


def test_the_modules_page_tells_what_failed_how_often_and_where(seen: Seen) -> None:
    judge = Browser(seen.worker(traced=False)).log_in("judge")
    judge.get("/")
    admin = Browser(seen.worker(traced=False)).log_in("sysadmin")
    sick = row(admin.get("/admin/modules"), 'data-module="sick"')
    assert "<code>menu</code> ValueError" in sick
    assert "sick/__init__.py:" in sick
    assert "共" in sick
    assert "data-failure" not in row(admin.get("/admin/modules"), 'data-module="well"')


def test_the_modules_page_names_the_courts_in_which_a_module_is_on(seen: Seen) -> None:
    admin = Browser(seen.worker()).log_in("sysadmin")
    page = admin.get("/admin/modules")
    assert "<td data-courts>粤0199</td>" in row(page, 'data-module="well"')
    assert "<td data-courts>—</td>" in row(page, 'data-module="sms"')
    assert 'href="/admin/trace"' in page.text


def test_a_refusal_is_an_answer_and_no_failure(tmp_path: Path) -> None:
    traces = Traces(tmp_path)
    assert "no" in traces.failed("review", "well", Refused(Reason.CONFLICT, "no", ("否", "no")))
    assert traces.failures() == []
    traces.failed("review", "well", ValueError("no"))
    assert [(one.module, one.hook, one.times) for one in Traces(tmp_path).failures()] == [
        ("well", "review", 1)
    ]


def test_calls_outside_of_requests_are_background(tmp_path: Path) -> None:
    traces = Traces(tmp_path, whole=True)
    traces.note(("notify", "sms", 1.5, ""))
    assert [(one.route, one.calls[0].hook) for one in Traces(tmp_path, whole=True).requests()] == [
        ("background", "notify")
    ]


@pytest.mark.parametrize("content", [b"", b"{", b'[{"at": 5}]'])
def test_a_file_that_cannot_be_read_hides_only_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "failures").mkdir()
    (tmp_path / "failures" / "1-x.json").write_bytes(content)
    Traces(tmp_path).failed("menu", "well", ValueError("no"))
    assert len(Traces(tmp_path).failures()) == 1


def test_a_folder_that_takes_nothing_stops_no_work(tmp_path: Path) -> None:
    (tmp_path / "failures").write_text("a file where the folder should be", encoding="utf-8")
    assert Traces(tmp_path).failed("menu", "well", ValueError("no")) == "ValueError: no"
