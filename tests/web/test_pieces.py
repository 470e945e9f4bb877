"""What a queue page is put together from is never stale: a worker that has shown it before sends what a fresh one makes."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.module import Flow
from core.records import ApplicationRow, Person
from core.roles import Role
from core.values import QueueRow
from core.web.app import site_of, web_application
from core.web.holes import Hole, cut
from core.web.rows import row_of
from core.web.sent import Way, rows_sent
from core.web.session import SESSION_COOKIE
from core.web.visit import Visit
from core.work.arrive import digest_of
from core.work.columns import columns_of
from core.work.courts import change_settings
from core.work.kept import Kept
from core.work.people import set_roles
from core.work.switches import disable
from tests.support.houses import OPERATOR, START
from tests.web.further.asking import Browser, Reply
from tests.web.pages import Pages

QUEUE = "/m/mediation/"


def fresh(pages: Pages, browser: Browser) -> Browser:
    """Return the same browser before another worker, which has shown nothing yet."""
    return Browser(web_application(pages.house), dict(browser.cookies))


def alike(pages: Pages, browser: Browser, **query: str) -> Reply:
    """Return the page of the worker that has shown it before, having seen that it is the one of a fresh worker."""
    warm, cold = browser.get(QUEUE, **query), fresh(pages, browser).get(QUEUE, **query)
    assert (warm.status, warm.body) == (cold.status, cold.body)
    return warm


def change(pages: Pages, table: type, **values: object) -> None:
    """Write the same into every row of a table, as another process would."""
    pages.house.store.write(lambda connection: connection.execute(sa.update(table).values(**values)))


def decided(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, state="ACCEPTED", version=2)


def more_filed(pages: Pages, _: str) -> None:
    pages.file("乙某某")


def renamed(pages: Pages, _: str) -> None:
    change(pages, Person, name="改名后")


def applicant_corrected(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, applicant="更正后")  # without another version


def submitter_corrected(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, submitter={"role": "party", "name": "<更正>", "phone": "1"})


def limit_moved(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, due_at=pages.fixture.clock() + timedelta(hours=1))


def near(pages: Pages, _: str) -> None:
    change_settings(pages.house, OPERATOR, "core", {"near_days": 30})


def year_turned(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, submitted_at=pages.fixture.clock().replace(year=2024))


def given_away(pages: Pages, serial: str) -> None:
    pages.give_to(serial, "other_judge")


def hidden(pages: Pages, _: str) -> None:
    change(pages, ApplicationRow, hidden_from=pages.fixture.people["judge"])


CHANGES: list[tuple[Callable[[Pages, str], None], str, str]] = [
    (decided, "tone-todo", "tone-done"),
    (more_filed, "", "乙某某"),
    (renamed, "<span>judge</span>", "<span>改名后</span>"),
    (applicant_corrected, '<td class="clip" title="甲某某">', '<td class="clip" title="更正后">'),
    (submitter_corrected, '<td class="clip short" title="甲某某">', "&lt;更正&gt;"),
    (limit_moved, "剩30天", "今天到期"),
    (near, ">剩30天", "临期·剩30天"),
    (year_turned, ">11-23 10:00<", ">2024-11-23<"),
    (given_away, "甲某某", ""),
    (hidden, "甲某某", ""),
]


@pytest.mark.parametrize(("made", "gone", "there"), CHANGES, ids=lambda one: getattr(one, "__name__", ""))
def test_what_another_process_changes_is_on_the_next_page(pages, made, gone, there):
    judge, serial = pages.browser("judge"), pages.file()
    before = alike(pages, judge)
    assert before.body.count(b"<tr data-serial") == 1
    made(pages, serial)
    after = alike(pages, judge)
    assert after.body != before.body
    said = after.body.decode()
    assert there in said
    assert not gone or (gone in before.body.decode() and gone not in said)


def test_a_module_switched_off_elsewhere_is_gone_from_the_next_page_on(pages):
    judge = pages.browser("judge")
    pages.file()
    assert alike(pages, judge).status == 200
    disable(pages.house, OPERATOR, "mediation")
    assert alike(pages, judge).status == 404


def test_what_a_role_no_longer_may_is_no_longer_offered(pages):
    """The rows are the same; the buttons are another role's."""
    judge = pages.browser("judge")
    pages.file()
    assert "data-review" in alike(pages, judge).text
    set_roles(pages.house, OPERATOR, pages.fixture.people["judge"], [Role.CLERK])
    judge.log_in("judge")  # the session of the former role is over
    assert "data-review" not in alike(pages, judge).text
    set_roles(pages.house, OPERATOR, pages.fixture.people["judge"], [Role.SEC_ADMIN])
    assert alike(pages, judge.log_in("judge")).status == 404


def test_each_language_and_each_person_has_pages_of_their_own(pages):
    """One worker shows them in turns; what the one sees, his token too, is never in the other's page."""
    pages.file()
    judge, clerk = pages.browser("judge"), pages.browser("clerk")
    for _ in range(2):
        mine, theirs = alike(pages, judge), alike(pages, clerk)
        assert "诉前调解" in mine.text
        assert judge.token not in theirs.text
        english = Browser(pages.application, dict(judge.cookies)).english()
        assert "Pre-action mediation" in alike(pages, english).text


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"><script>'},
        {"state": "待处理"},
        {"state": "无"},
        {"submitted_from": "gestern"},
        {"view": "x", "order": "oldest"},
        {"after": "1"},
        {"after": "999999999999999999", "back": "0"},
        {"due": "near"},
    ],
    ids=str,
)
def test_what_was_asked_for_is_told_alike(pages, query):
    judge = pages.browser("judge")
    pages.file()
    alike(pages, judge)
    assert alike(pages, judge, **query).status == 200
    alike(pages, judge)


def test_nobodys_words_are_taken_for_a_hole():
    """The mark holds a secret; a page that was never asked about it comes out as it went in."""
    frame = cut(f"a{Hole('rows')}b[[rows]]c{Hole('token')}")
    assert frame.filled({"rows": b"1", "token": b"2"}) == b"a1b[[rows]]c2"


def test_what_is_kept_is_bounded_and_what_is_asked_for_stays():
    kept: Kept[int] = Kept(10)
    kept.put("always", -1)
    for number in range(1000):
        kept.put(number, number)
        assert kept.get("always") == -1
        assert len(kept) <= 21
    assert kept.get(5) is None


def variants(flow: Flow, mine: int) -> list[QueueRow]:
    """Return rows that differ in what a row may show, with words that must be escaped or pass for a hole."""
    names = ["甲某某", "<b>\"&'", "[[applicant]]", ""]
    hour, day = timedelta(hours=1), timedelta(days=1)
    limits = [(None, False), (40 * day, False), (-30 * hour, False), (5 * hour, False), (5 * hour, True)]
    reviews = [{}, {"reviewer": "<i>", "reviewed_at": START, "case_number": "（2026）粤0199民初1号"}]
    kinds = itertools.product(flow.states, limits, reviews, (mine, mine + 1), ("video", "onsite", None), ("", "/m/mediation/<elsewhere>"))  # fmt: skip
    rows = []
    for place, (kind, name) in enumerate(itertools.product(kinds, names)):
        state, (left, hours), review, handler, channel, href = kind
        more = {"handler_id": handler, "version": place, "submitter": {"name": name}, "anonymous": place % 9 == 0, **review}  # fmt: skip
        rows.append(
            QueueRow(
                f"ME{place}", "mediation", flow.kind, state.code, name, review.get("case_number"), START - place * day,
                None if left is None else START + left, {"channel": channel}, more, hours, href=href,
            )
        )  # fmt: skip
    return rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", ["none", "required"])
def test_a_row_put_into_a_frame_is_the_row_drawn_at_once(pages, language, case):
    """Frames are shared by all rows that show the same but for their words; whatever a row shows must tell its frame."""
    mine = pages.fixture.people["judge"]
    flow = pages.house.modules.flow("mediation")
    accept, decline = flow.decisions
    flow = evolve(flow, case=case, decisions=(evolve(accept, direct=True), decline))
    site = site_of(pages.house)
    session = site.signer.open("session", pages.browser("judge").cookies[SESSION_COOKIE])
    visit = Visit(
        site=site, method="GET", path=QUEUE, values={}, query={}, query_string="", headers={}, cookies={}, language=language,
        session="", token="", arrival=site.arrivals.arrive(digest_of(session)), address="", request_id="",
    )  # fmt: skip
    channel, *others = columns_of(flow)
    columns = (evolve(channel, tones={"video": "alarm"}), *others)
    rows = variants(flow, mine)
    rows_sent(visit, Way(flow, columns, False), rows[:3], 3)
    assert len(site.shapes) == 1
    for batch in (False, True):
        way = Way(flow, columns, batch)
        for row in rows:
            at_once = visit.text(
                "parts/queue_row.html", shell=None, batch=batch, cased=way.cased, columns=columns,
                row=row_of(row, flow, columns, visit.actor, visit.now, 3, language),
            )  # fmt: skip
            assert rows_sent(visit, way, [row], 3) == at_once.encode()
    assert len(site.shapes) <= len(variants(flow, mine)), (
        "of four rows with other words at most two have frames of their own"
    )
