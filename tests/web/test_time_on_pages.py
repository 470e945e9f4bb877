"""Time on the pages: hours in hours and loud, a view that begins with the nearest limits and goes on behind them."""

import re
import sys

import pytest

from core.records.base import METADATA
from core.records.models import forget_tables
from core.work import people
from core.work.review import decide
from tests.support.acting import file_one, hash_once, load, write_module
from tests.support.houses import ROOT, make_house
from tests.web.further.asking import Browser
from tests.web.pages import Pages

CLOCKED = '''
"""时限: requests with days, hours, or no time limit at all."""
import core
from core import limit, field

@core.request_fields
class Fields:
    pace: str = core.choice("节奏", "Pace", {"days": ("日", "Days"), "hours": ("时", "Hours"), "none": ("无", "None")})

clocked = core.RequestType(
    kind="clocked", title=("时限", "Clocked"), prefix="CL", fields=Fields, case="none",
    access={core.Role.CENTRE_REVIEWER: core.Access(core.Sight.COURT, review=True)},
    states=[core.State("NEW", "待处理", "To do"), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True)],
    limits=[limit("CL-1", days=20, since="received", basis="第1条", when=field("pace") == "days"),
            limit("CL-2", hours=48, since="received", basis="第2条", when=field("pace") == "hours", during="NEW")],
    views=[core.View("near", ("临期在前", "Nearest first"), order="due"), core.View("new", ("最新在前", "Newest first"))])
module = core.Module("clocked", ("时限", "Clocked"), version="1.0", requests=[clocked])
'''


@pytest.fixture
def court(tmp_path, monkeypatch):
    monkeypatch.setattr(people, "hash_password", hash_once)
    load(
        ROOT / "plugins"
    )  # the tables of the repository's own modules outlive a test: Python imports them once
    before, tables = set(sys.modules), set(METADATA.tables)
    write_module(tmp_path / "drop", "clocked", CLOCKED)
    fixture = make_house(
        f"sqlite:///{tmp_path / 'time.db'}", tmp_path, ["clocked"], folders=[tmp_path / "drop"]
    )
    yield fixture
    fixture.house.store.close()
    for name in set(sys.modules) - before:
        if name.startswith("benchside_drop_in_"):
            del sys.modules[name]
    forget_tables([table for name, table in METADATA.tables.items() if name not in tables])


@pytest.fixture
def browser(court) -> Browser:
    return Pages(court).browser("reviewer")


def filed(court, *paces: str) -> list[str]:
    serials = []
    for number, pace in enumerate(paces):
        serials.append(file_one(court, "clocked", f"{pace}-{number}", fields={"pace": pace}).serial_no)
        court.clock.move(seconds=1)
    return serials


def listed(reply) -> list[str]:
    return re.findall(r'<tr data-serial="(\w+)"', reply.text)


def next_of(reply) -> str:
    found = re.search(r'rel="next" href="([^"]*)"', reply.text)
    return found[1] if found else ""


def test_a_view_begins_with_the_nearest_limits_and_goes_on_into_those_without(court, browser):
    """Two pages and a half: hours, then days, then what was finished or never had one, the newest of these first."""
    serials = filed(court, "none", "days", "hours", *["days"] * 20, *["none"] * 25)
    decide(court.house, court.actor("reviewer"), "clocked", serials[3], "finish", None)
    expected = [serials[2], serials[1], *serials[4:23], *reversed(serials[23:]), serials[3], serials[0]]
    first = browser.get("/m/clocked/")
    second = browser.get(next_of(first))
    third = browser.get(next_of(second))
    assert [*listed(first), *listed(second), *listed(third)] == expected
    assert (len(listed(first)), len(listed(third)), next_of(third)) == (20, 8, "")
    assert '<option value="" selected>期限最近在前</option>' in first.text


def test_another_order_can_be_asked_for_and_the_other_view_has_its_own(court, browser):
    serials = filed(court, "hours", "none", "days")
    assert listed(browser.get("/m/clocked/?order=newest")) == serials[::-1]
    assert listed(browser.get("/m/clocked/?view=new&order=")) == serials[::-1]
    assert listed(browser.get("/m/clocked/?view=new&order=due")) == [serials[0], serials[2], serials[1]]
    assert listed(browser.get("/m/clocked/?view=near&due=overdue")) == []


def test_hours_left_are_shown_in_hours_in_the_queue_on_the_desk_and_on_the_page(court):
    """Far, near and over; in both languages; words say it, colour underlines it."""
    (serial,) = filed(court, "hours")
    places = ("/m/clocked/", "/", f"/m/clocked/{serial}")

    def shown(browser: Browser) -> set[tuple[str, str]]:
        found = set()
        for place in places:
            mark = re.search(r'<span class="left ([^"]*)">(.*?)</span>', browser.get(place).text, re.DOTALL)
            found.add((mark[1], re.sub("<.*?>", "", mark[2]).strip()))
        return found

    pages = Pages(court)
    assert shown(pages.browser("reviewer")) == {(" hours", "剩48小时")}
    court.clock.move(hours=40)
    assert shown(pages.browser("reviewer")) == {("near hours", "剩8小时")}
    court.clock.move(hours=10)
    late = pages.browser("reviewer")
    assert shown(late) == {("overdue hours", "超期1小时")}
    assert "至2026-11-25 11:00" in late.get(places[2]).text
    assert shown(late.english()) == {("overdue hours", "1 h overdue")}
