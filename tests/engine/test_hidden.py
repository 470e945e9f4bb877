"""A request about a judge is nowhere to be found for that judge; an anonymous one keeps its author from the handler."""

import random
from collections import Counter
from io import BytesIO

import openpyxl
import pytest
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.records import ApplicationRow, Delivery, Reminder
from core.roles import Role
from core.values import Actor
from core.web.app import web_application
from core.work.arrive import digest_of
from core.work.assign import assign, assignable
from core.work.body import RESUBMISSION_FIELDS
from core.work.detail import read_detail
from core.work.login import log_in
from core.work.outside import resubmit, write_message
from core.work.people import add_person, set_roles
from core.work.refusals import not_found
from core.work.reminders import list_reminders
from core.work.review import decide
from tests.support.acting import body_of, conclude, file_one, page, read, rows, write_module
from tests.support.cases import open_case
from tests.support.houses import COURT, OPERATOR, PASSWORD, ROOT, Fixture
from tests.web.further.asking import Browser

WHISPER = '''
"""密件: requests that may be about a judge, or anonymous."""
import core
from core import field

@core.request_fields
class Whisper:
    topic: str = core.text("主题", "Topic", column=True, search=True)
    about: core.ChosenPerson | None = core.colleague("针对法官", "About")
    unnamed: bool = core.yes_no("匿名", "Anonymous")
    to: core.ChosenPerson | None = core.colleague("交给", "For")

@core.request_fields
class HandOver:
    next: core.ChosenPerson = core.colleague("转交", "To")

def route(given, context):
    if given.about is None and given.to is None:
        return None
    return core.Routing(handler=given.to and given.to.id, hidden_from=given.about and given.about.id)

ALL = {role: core.Access(core.Sight.COURT, review=True, comment=True)
       for role in (core.Role.CENTRE_REVIEWER, core.Role.SUPERVISOR, core.Role.PRESIDENT)} | {
       core.Role.HANDLING_JUDGE: core.Access(core.Sight.OWN, review=True, comment=True),
       core.Role.CLERK: core.Access(core.Sight.OWN), core.Role.JUDGE_ASSISTANT: core.Access(core.Sight.OWN, draft=True)}
whisper = core.RequestType(
    kind="whisper", title=("密件", "Whisper"), fields=Whisper, access=ALL, prefix="WH", route=route,
    anonymous=field("unnamed") == True,
    attachments=[core.attachment("letter", "信件", "Letter")],
    states=[core.State("NEW", "待处理", "To do"), core.State("DONE", "办结", "Done")],
    decisions=[core.Decision("finish", "办结", "Finish", "NEW", "DONE", direct=True),
               core.Decision("reopen", "重开", "Reopen", "DONE", "NEW", direct=True),
               core.Decision("hand_over", "转交", "Hand over", "NEW", None, direct=True, fields=HandOver),
               core.Decision("answer", "答复", "Answer", "NEW", "DONE", opinion=True)],
    steps=[core.ApplicantStep("correct", "更正", "Correct", "DONE", "NEW", resubmits=True)],
    limits=[core.limit("W-1", days=3, since="received", basis="test", during="NEW")])

@core.hookimpl
def review(application, decision, context):
    if decision.code == "hand_over":
        return core.Outcome(handler=decision.values.next.id)

module = core.Module("whisper", ("密件", "Whisper"), version="1.0", requests=[whisper])
'''
SOMEBODY = {"role": "party", "name": "辛某某", "phone": "19900000008"}
CASE = "（2026）粤0199民初1号"


@pytest.fixture
def house(new_house, tmp_path) -> Fixture:
    write_module(tmp_path / "drop", "whisper", WHISPER)
    made = new_house("whisper", folders=(tmp_path / "drop",), assets_dir=ROOT / "var" / "assets")
    assert open_case(made) == CASE
    return made


def file(house: Fixture, number: int = 1, *, about: str = "", to: str = "", unnamed: bool = False, **more: object) -> str:  # fmt: skip
    fields = {
        "topic": "线索",
        "unnamed": unnamed,
        "about": house.people.get(about),
        "to": house.people.get(to),
    }
    return file_one(house, "whisper", number, fields=fields, **more).serial_no


def widened(house: Fixture, name: str, *roles: Role) -> Actor:
    """Return the person with further roles."""
    actor = house.actor(name)
    everything = actor.roles | set(roles)
    set_roles(house.house, OPERATOR, house.people[name], everything)
    return evolve(actor, roles=everything)


def arrived(house: Fixture, name: str):
    found = house.arrivals().arrive(digest_of(log_in(house.house, name, PASSWORD, "127.0.0.1")))
    assert found is not None
    return found


def waiting(house: Fixture, name: str) -> int:
    return sum(arrived(house, name).counts.values())


def numbers(shown) -> list[str]:
    return [row.serial_no for row in shown.rows]


ASKED = (
    {}, {"q": "线索"}, {"state": "NEW"}, {"order": "oldest"}, {"order": "due"}, {"due": "near"}, {"q": "线索", "order": "due"},
    {"q": "线索", "state": "NEW"}, {"topic": "线索"}, {"submitted_from": "2026-11-01", "submitted_to": "2026-12-31"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "role"),
    [("judge", Role.SUPERVISOR), ("clerk", Role.PRESIDENT), ("assistant", Role.CENTRE_REVIEWER)],
)
def test_no_role_finds_what_is_hidden_from_a_judge_for_the_judge_or_who_serves_only_them(house, name, role):
    hidden, plain = file(house, 1, about="judge", case_number=CASE), file(house, 2, case_number=CASE)
    house.clock.move(days=2)
    actor = widened(house, name, role)
    for asked in ASKED:
        assert hidden not in numbers(page(house, actor, "whisper", **asked)), asked
        assert numbers(page(house, actor, "whisper", **asked)) == [plain], asked
        assert set(numbers(page(house, house.actor("president"), "whisper", **asked))) == {hidden, plain}
    for number in (serial := hidden), serial[-6:], serial[-14:]:
        assert numbers(page(house, actor, "whisper", q=number)) == []
        assert numbers(page(house, house.actor("president"), "whisper", q=number)) == [hidden]
    assert (waiting(house, name), waiting(house, "president")) == (1, 2)


def test_who_serves_another_too_and_sees_the_whole_court_finds_it(house):
    hidden = file(house, about="judge", case_number=CASE)
    judges = [house.people["judge"], house.people["judge2"]]
    add_person(house.house, OPERATOR, "both", "both", PASSWORD, [Role.CLERK, Role.SUPERVISOR], serves=judges)
    arrival = arrived(house, "both")
    assert numbers(page(house, arrival.actor, "whisper", q="线索")) == [hidden]
    assert sum(arrival.counts.values()) == 1
    assert read_detail(house.house, arrival.actor, "whisper", hidden).application.serial_no == hidden


def test_who_serves_two_judges_and_oversees_nothing_does_not_find_it(house):
    hidden = file(house, about="judge", case_number=CASE)
    judges = [house.people["judge"], house.people["judge2"]]
    add_person(house.house, OPERATOR, "both", "both", PASSWORD, [Role.CLERK], serves=judges)
    arrival = arrived(house, "both")
    with pytest.raises(Refused) as refused:
        read_detail(house.house, arrival.actor, "whisper", hidden)
    assert refused.value.reason is Reason.NOT_FOUND
    browser = Browser(web_application(house.house)).log_in("both")
    assert hidden not in browser.get(f"/cases/{CASE}").text


def test_every_address_of_it_is_as_if_it_were_not(house):
    hidden, absent = file(house, about="judge", case_number=CASE), "WH44019920261123999999"
    widened(house, "judge", Role.SUPERVISOR)
    browser = Browser(web_application(house.house)).log_in("judge")
    overseer = Browser(web_application(house.house)).log_in("supervisor")
    version = str(read(house, hidden).version)
    tails = (
        "",
        "/review",
        "/comment",
        "/decide?decision=finish",
        "/files/1",
        "/files/1/show",
        "/papers/1",
        "/appointment.ics",
    )
    for tail in tails:
        there, nowhere = (browser.get(f"/m/whisper/{one}{tail}") for one in (hidden, absent))
        assert there.status == 404
        assert there.text.replace(hidden, "") == nowhere.text.replace(absent, "")
    assert overseer.get(f"/m/whisper/{hidden}").status == 200
    acts = {
        "review": {"decision": "answer", "opinion": "意见", "version": version}, "comment": {"text": "您好"},
        "decide": {"decision": "finish", "version": version}, "take-over": {}, "papers/preview": {"decision": "finish", "paper": "x"}, "assign": {"handler": str(house.people["judge2"]), "version": version},
    }  # fmt: skip
    for tail, form in acts.items():
        assert browser.post(f"/m/whisper/{hidden}/{tail}", form).status == 404, tail
    answered = browser.post("/m/whisper/batch", {"decision": "finish", "serial_no": [hidden, absent]}).text
    assert answered.count(not_found().message.zh) == 2
    assert read(house, hidden).state == "NEW"
    assert overseer.post("/m/whisper/batch", {"decision": "finish", "serial_no": [hidden]}).status == 200
    assert read(house, hidden).state == "DONE"


def test_pages_search_cases_and_exports_do_not_show_it(house):
    hidden, plain = file(house, 1, about="judge", case_number=CASE), file(house, 2, case_number=CASE)
    widened(house, "judge", Role.SUPERVISOR)
    mine = Browser(web_application(house.house)).log_in("judge")
    overseer = Browser(web_application(house.house)).log_in("supervisor")
    for address in ("/", "/m/whisper/", "/search?q=线索", f"/cases/{CASE}", "/reminders/"):
        assert hidden not in mine.get(address).text, address
        if address != "/reminders/":
            assert plain in mine.get(address).text, address
            assert hidden in overseer.get(address).text, address
    for browser, found in ((mine, {plain}), (overseer, {hidden, plain})):
        sheet = openpyxl.load_workbook(BytesIO(browser.get("/m/whisper/export.xlsx").body)).active
        assert {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == found


def test_the_clerk_of_the_judge_does_not_see_it_in_the_case(house):
    hidden, plain = file(house, 1, about="judge", case_number=CASE), file(house, 2, case_number=CASE)
    shown = Browser(web_application(house.house)).log_in("clerk").get(f"/cases/{CASE}").text
    assert plain in shown
    assert hidden not in shown


def test_nobody_it_is_hidden_from_is_reminded_of_it(house):
    widened(house, "judge", Role.SUPERVISOR)
    widened(house, "clerk", Role.PRESIDENT)
    hidden = file(house, about="judge", case_number=CASE)
    write_message(house.house, house.outside, house.client, hidden, "请尽快处理", complaint=True)
    reminded = {row.person_id for row in rows(house, Reminder)}
    assert not reminded & {house.people["judge"], house.people["clerk"]}
    assert {house.people["supervisor"], house.people["president"]} <= reminded
    assert arrived(house, "judge").unread == 0


def test_reminders_of_before_are_gone_for_who_comes_to_serve(house):
    """Somebody who oversees, and from then on serves the judge alone, finds nothing of it any more."""
    file(house, about="judge", case_number=CASE)
    person = house.people["president"]
    before = Actor(court=COURT, person=person, roles=frozenset({Role.PRESIDENT}), handles=frozenset({person}))
    assert len(list_reminders(house.house, before)[0]) == 1
    after = evolve(before, handles=before.handles | {house.people["judge"]})
    assert list_reminders(house.house, after)[0] == []


def test_it_is_given_to_neither_the_judge_nor_who_serves_them(house):
    serving = add_person(
        house.house, OPERATOR, "second", "second", PASSWORD, [Role.HANDLING_JUDGE], serves=[house.people["judge"]]
    )  # fmt: skip
    hidden = file(house, about="judge", case_number=CASE)
    with house.house.store.read() as connection:
        offered = {person for person, _ in assignable(connection, COURT, house.people["judge"])}
    assert offered == {house.people["judge2"]}
    supervisor = house.actor("supervisor")
    for person in (house.people["judge"], serving):
        with pytest.raises(Refused) as refused:
            assign(house.house, supervisor, "whisper", hidden, person, 1)
        assert refused.value.reason is Reason.INVALID
        with pytest.raises(Refused):
            decide(house.house, supervisor, "whisper", hidden, "hand_over", 1, form={"next": [str(person)]})
    decide(house.house, supervisor, "whisper", hidden, "hand_over", 1, form={"next": [str(house.people["judge2"])]})  # fmt: skip
    assert read(house, hidden).handler == house.people["judge2"]
    assert numbers(page(house, house.actor("judge2"), "whisper")) == [hidden]


def test_a_declaration_that_hides_it_from_its_own_handler_leaves_it_to_those_who_oversee(house):
    serial = file(house, about="judge", to="judge")
    assert (read(house, serial).handler, read(house, serial).hidden_from) == (None, house.people["judge"])


@pytest.mark.parametrize("seed", [3, 8])
def test_every_count_is_that_of_the_rows_after_a_long_walk(house, seed):
    chance = random.Random(seed)
    judges = ["judge", "judge2"]
    widened(house, "judge2", Role.SUPERVISOR)
    widened(house, "assistant", Role.PRESIDENT)
    supervisor, serials = house.actor("supervisor"), []
    for number in range(50):
        serial = chance.choice(serials) if serials else ""
        act = chance.choice(["file", "finish", "reopen", "assign"]) if serials else "file"
        try:
            if act == "file":
                case = {"case_number": CASE} if chance.random() < 0.5 else {}
                serials.append(file(house, number, about=chance.choice(["", *judges]), to=chance.choice(["", *judges]), **case))  # fmt: skip
            elif act == "assign":
                person = house.people[chance.choice(judges)]
                assign(house.house, supervisor, "whisper", serial, person, read(house, serial).version)
            else:
                decide(house.house, supervisor, "whisper", serial, act, None)
        except Refused as refused:
            assert refused.reason in (Reason.CONFLICT, Reason.INVALID)  # noqa: PT017 - most of a walk is allowed
    hidden = {row.hidden_from for row in rows(house, ApplicationRow)}
    assert {house.people["judge"], house.people["judge2"]} <= hidden
    for name in ("judge", "judge2", "clerk", "assistant", "supervisor", "president", "reviewer"):
        arrival = arrived(house, name)
        counted = Counter()
        for state in ("NEW", "DONE"):
            cursor = ""
            while cursor is not None:
                shown = page(house, arrival.actor, "whisper", state=state, after=cursor)
                counted["whisper", "whisper", state] += len(shown.rows)
                cursor = shown.next or None
        kept = {place: count for place, count in arrival.counts.items() if count}
        assert kept == {place: count for place, count in counted.items() if count}, name


# --- Anonymous ones


def test_who_handles_an_anonymous_request_learns_nowhere_who_filed_it(house):
    serial = file(house, unnamed=True, case_number=CASE, submitter=SOMEBODY)
    write_message(house.house, house.outside, house.client, serial, "补充说明")
    conclude(house, "judge", "whisper", serial, "answer", "已答复")
    application = Browser(web_application(house.house))
    for name in ("judge", "clerk", "assistant"):
        browser = Browser(application.application).log_in(name)
        for address in (
            "/m/whisper/",
            f"/m/whisper/{serial}",
            f"/cases/{CASE}",
            "/search?q=线索",
            "/reminders/",
            "/",
        ):
            shown = browser.get(address).text
            assert "辛某某" not in shown, (name, address)
            assert "19900000008" not in shown, (name, address)
        assert "匿名" in browser.get(f"/m/whisper/{serial}").text
        assert "Anonymous" in browser.english().get("/m/whisper/").text
        assert numbers(page(house, house.actor(name), "whisper", q="辛某某")) == []
    sheet = openpyxl.load_workbook(
        BytesIO(Browser(application.application).log_in("judge").get("/m/whisper/export.xlsx").body)
    ).active
    assert "辛某某" not in str(list(sheet.iter_rows(values_only=True)))


def test_who_asks_not_to_be_named_only_when_resubmitting_is_not_named_from_then_on(house):
    serial = file(house, case_number=CASE, submitter=SOMEBODY)
    decide(house.house, house.actor("judge"), "whisper", serial, "finish", None)
    fields = {"topic": "线索", "unnamed": True}
    raw = {name: held for name, held in body_of(house, "whisper", 2, fields=fields, submitter=SOMEBODY).items() if name in RESUBMISSION_FIELDS}  # fmt: skip
    resubmit(house.house, house.outside, house.client, serial, raw)
    assert read(house, serial).anonymous
    shown = read_detail(house.house, house.actor("judge"), "whisper", serial).application
    assert (shown.submitter.name, shown.applicant) == ("匿名", "匿名")


def test_those_who_oversee_learn_who_filed_it_unless_they_handle_it(house):
    serial = file(house, unnamed=True, case_number=CASE, submitter=SOMEBODY)
    shown = Browser(web_application(house.house)).log_in("supervisor").get(f"/m/whisper/{serial}").text
    assert "辛某某" in shown
    assert read_detail(house.house, house.actor("supervisor"), "whisper", serial).application.submitter.phone == "19900000008"  # fmt: skip
    judge = widened(house, "judge", Role.SUPERVISOR)
    assert read_detail(house.house, judge, "whisper", serial).application.submitter.name == "匿名"


def test_an_anonymous_applicant_is_told_all_the_same(house):
    serial = file(house, unnamed=True, case_number=CASE, submitter=SOMEBODY)
    assert read(house, serial).submitter.phone == "19900000008"
    assert all("辛某某" not in row.payload["text"] for row in rows(house, Delivery))


def test_one_that_is_not_anonymous_shows_its_author(house):
    serial = file(house, unnamed=False, case_number=CASE, submitter=SOMEBODY)
    assert (
        read_detail(house.house, house.actor("judge"), "whisper", serial).application.submitter.name
        == "辛某某"
    )
    assert numbers(page(house, house.actor("judge"), "whisper", q="辛某某")) == [serial]
