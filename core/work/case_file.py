"""What a file of cases may say, and what is wrong with one: every field of every case is named at once."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from core.fields.bind import bind
from core.fields.condition import field
from core.fields.declare import (
    case_number,
    choice,
    choices,
    day,
    group,
    licence,
    moment,
    request_fields,
    telephone,
    text,
    yes_no,
)
from core.fields.label import Label
from core.fields.problem import Problem
from core.law import case_number as case_numbers
from core.law.standings import STANDINGS
from core.work.hearing_facts import LONGEST
from core.work.transaction import Transaction

PROCEDURES = {
    "ordinary": ("普通程序", "Ordinary"),
    "summary": ("简易程序", "Summary"),
    "small_claims": ("小额诉讼程序", "Small claims"),
}


@request_fields
class PartyGiven:
    """A party of a case in the file."""

    standing: str = choice("诉讼地位", "Standing", STANDINGS)
    name: str = text("姓名或名称", "Name")
    phone: str | None = telephone("联系电话", "Telephone")
    domicile_abroad: bool | None = yes_no("在境内没有住所", "Without domicile in the mainland")
    residence: str | None = text("住所", "Residence")


@request_fields
class AgentGiven:
    """An agent ad litem in the file (民事诉讼法第61、62条)."""

    party: str = text("被代理人", "Acts for")
    name: str = text("姓名", "Name", max_length=100)
    phone: str | None = telephone("联系电话", "Telephone")
    licence_no: str | None = licence()
    firm: str | None = text("执业机构", "Firm")
    authority: str | None = choice(
        "授权", "Authority", {"general": ("一般授权", "General"), "special": ("特别授权", "Special")}
    )
    special_powers: tuple[str, ...] | None = choices("特别授权事项", "Special powers", {
        "admit": ("代为承认诉讼请求", "Admit claims"), "waive": ("代为放弃诉讼请求", "Waive claims"),
        "alter": ("代为变更诉讼请求", "Alter claims"), "settle": ("进行和解", "Settle"),
        "counterclaim": ("提起反诉", "Counterclaim"), "appeal": ("提起上诉", "Appeal"),
    })  # fmt: skip


@request_fields
class HearingGiven:
    """A hearing in the file; ``judge`` is a user name."""

    starts_at: datetime = moment("开庭时间", "Begins")
    ends_at: datetime | None = moment("结束时间", "Ends")
    courtroom: str = text("法庭", "Courtroom", max_length=100)
    judge: str | None = text("法官用户名", "Judge's user name", max_length=64)
    state: str = choice("状态", "State", {
        "scheduled": ("已排期", "Scheduled"), "held": ("已开庭", "Held"), "moved": ("已改期", "Moved"),
        "cancelled": ("已取消", "Cancelled"),
    }, default="scheduled")  # fmt: skip
    moved_to: datetime | None = moment("改至", "Moved to", required_when=field("state") == "moved")


@request_fields
class ServiceGiven:
    """A service in the file."""

    document: str = text("文书", "Document", max_length=100)
    party: str = text("受送达人", "Served on")
    served_on: date = day("送达日期", "Date served")
    method: str | None = text("送达方式", "Method", max_length=40)


@request_fields
class CaseGiven:
    """A case in the file; ``handler`` is a user name. What is left out stays as it is."""

    case_number: str = case_number()
    docketed_on: date = day("立案日期", "Date docketed")
    cause: str | None = text("案由", "Cause of action", max_length=160)
    title: str | None = text("案件名称", "Title")
    procedure: str | None = choice("适用程序", "Procedure", PROCEDURES)
    handler: str | None = text("承办人用户名", "Handler's user name", max_length=64)
    sealed: bool | None = yes_no("不公开", "Sealed")
    parties: tuple[PartyGiven, ...] = group(PartyGiven, "当事人", "Parties", maximum=1000)
    agents: tuple[AgentGiven, ...] = group(AgentGiven, "代理人", "Agents", maximum=1000)
    hearings: tuple[HearingGiven, ...] = group(HearingGiven, "开庭", "Hearings", maximum=1000)
    services: tuple[ServiceGiven, ...] = group(ServiceGiven, "送达", "Services", maximum=1000)


def read_cases(
    tx: Transaction, staff: Collection[str], given: Any
) -> tuple[list[tuple[CaseGiven, Mapping[str, Any]]], list[Problem]]:
    """Return the cases of ``{"cases": [{…}, …]}``, each with the keys it gives, and what is wrong with them.

    ``staff`` are the user names of the court.
    """
    listed = given.get("cases") if isinstance(given, Mapping) else None
    if not isinstance(listed, list):
        return [], [Problem("cases", "not_a_list", Label("文件应为 {\"cases\": [……]}。", "The file holds {\"cases\": […]}."))]  # fmt: skip
    cases: list[tuple[CaseGiven, Mapping[str, Any]]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, raw in enumerate(listed):
        one, found = bind(CaseGiven, raw, tx.registers)
        if one is not None:
            found = [*_wrong(tx, staff, one)]
            if one.case_number in seen:
                found.append(Problem("case_number", "repeated", Label("此案号在文件中出现两次。", "This number is in the file twice.")))  # fmt: skip
            seen.add(one.case_number)
            cases.append((one, raw))
        problems += [problem.under(f"cases[{place}]") for problem in found]
    return cases, problems


def _wrong(tx: Transaction, staff: Collection[str], one: CaseGiven) -> Iterator[Problem]:
    if case_numbers.parse(one.case_number).court != tx.court:
        yield Problem(
            "case_number", "other_court", Label("此案号不是本院的。", "This number is of another court.")
        )
    named = [("handler", one.handler)]
    named += [(f"hearings[{place}].judge", hearing.judge) for place, hearing in enumerate(one.hearings)]
    for path, username in named:
        if username is not None and username not in staff:
            yield Problem(path, "unknown_person", Label(f"本院没有用户{username}。", f"This court has no user {username}."))  # fmt: skip
    names = {party.name for party in one.parties}
    acting = [(f"agents[{place}].party", agent.party) for place, agent in enumerate(one.agents)]
    acting += [(f"services[{place}].party", service.party) for place, service in enumerate(one.services)]
    for path, name in acting:
        if one.parties and name not in names:
            yield Problem(
                path, "unknown_party", Label("当事人中没有此人。", "No party of the case has this name.")
            )
    yield from _wrong_hearings(one.hearings)


def _wrong_hearings(hearings: tuple[HearingGiven, ...]) -> Iterator[Problem]:
    starts = [one.starts_at for one in hearings]
    for place, one in enumerate(hearings):
        path = f"hearings[{place}]"
        if one.ends_at is not None and not timedelta(0) < one.ends_at - one.starts_at <= LONGEST:
            yield Problem(f"{path}.ends_at", "not_after", Label("应晚于开始时间，且不超过一天。", "It is later than the beginning, by at most a day."))  # fmt: skip
        if starts.count(one.starts_at) > 1:
            yield Problem(f"{path}.starts_at", "repeated", Label("同一时间有两次开庭。", "Two hearings begin at the same time."))  # fmt: skip
        if one.moved_to is not None and (one.moved_to not in starts or one.moved_to == one.starts_at):
            yield Problem(f"{path}.moved_to", "unknown_hearing", Label("列表中没有改至的那次开庭。", "The hearing it was moved to is not in the list."))  # fmt: skip
