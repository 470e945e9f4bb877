"""What the judge should know before receiving an appeal: whether it is in time and why, the fee, what does not agree."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core import Application, Label, law

from .attachments import EXTENSION, PETITION
from .checks import lacks_power
from .fees import FREE, estimate, reckoning
from .limits import HANDING_ON, JUDGMENT, NOTIFYING
from .rules import LATE, STANDINGS, period_of
from .states import AFTER_RECEIPT
from .worked_out import day_in, finding, last_day

FINAL_TYPES = ("民特", "民督", "民催")
"""Cases decided once and for all (民事诉讼法第185条等)."""


def hints(application: Application, context: Any) -> Iterator[Label]:
    """Yield the lines, most urgent first."""
    if application.state in ("SUBMITTED", *AFTER_RECEIPT):
        yield from in_time(application, context)
    if application.state == "SUBMITTED":
        yield from may_not_be_appealed(application, context)
        yield from power(application, context)
        yield from fee(application.fields)
        yield from parties(application.fields, context)
        yield from things_to_weigh(application)
    if application.state == "TRANSFERRED":
        yield from told_late(application, context)


def in_time(application: Application, context: Any) -> Iterator[Label]:
    """How the last day was reached, which day counts as lodging, and what is doubtful or late."""
    fields = application.fields
    found = finding(fields, context)
    standing = Label(*STANDINGS[found.standing])
    if found.deadline is not None:
        rule = period_of(
            fields.document, all(one.abroad for one in fields.parties if one.role == "appellant")
        )
        yield Label(
            f"上诉期：{law.periods.explain(found.deadline)}（{rule.basis}）。上诉日{fields.lodged_on}，{standing.zh}。",
            f"Appeal period: {law.periods.explain(found.deadline, 'en')} ({rule.basis}). Lodged on {fields.lodged_on}: {standing.en.lower()}.",
        )
    yield from found.doubts
    if found.standing == LATE:
        asked = any(file.category == EXTENSION for file in application.files)
        yield Label(
            f"已逾期。逾期不是退回的理由：请照收，由第二审人民法院依法处理；{'已附' if asked else '未附'}顺延期限的申请（民事诉讼法第86条）。",
            f"Late. Lateness is no reason to return it: receive it and leave the rest to the second court; a request to extend the period is {'attached' if asked else 'not attached'} (art. 86).",
        )
    if application.revision > 1:
        yield Label(
            f"第{application.revision}次提交；是否期内以首次提交时间为准。",
            f"Submission {application.revision}; whether it is in time goes by the first.",
        )
    if fields.handed_on is not None:
        yield from handed_on_late(application, context)


def handed_on_late(application: Application, context: Any) -> Iterator[Label]:
    """A-4: the second court hands on within five days what was handed to it."""
    arrived = law.dates.court_date(application.submitted_at)
    yield from second_court_late(HANDING_ON, application.fields.handed_on, arrived, context)


def told_late(application: Application, context: Any) -> Iterator[Label]:
    """A-9N: the second court says within two days what is missing."""
    found, told = (day_in(application.data, name) for name in ("found_on", "requested_on"))
    if found and told:
        yield from second_court_late(NOTIFYING, found, told, context)


def second_court_late(rule: Any, start: date, done: date, context: Any) -> Iterator[Label]:
    """Say by how much the second court was late."""
    last = last_day(rule, start, context)
    if last is not None and done > last:
        late = (done - last).days
        yield Label(
            f"{rule.label.zh}：应于{last}前，迟{late}天（{rule.basis}），责任在第二审人民法院。",
            f"{rule.label.en}: due by {last}, {late} day(s) late ({rule.basis}); that is the second court's doing.",
        )


def may_not_be_appealed(application: Application, context: Any) -> Iterator[Label]:
    """Small claims and special procedure are final in first instance; the same appeal may have been lodged before."""
    case = context.case
    if case is not None and (case.procedure == "small_claims" or case.case_type in FINAL_TYPES):
        yield Label("本案一审终审（小额诉讼第165条、特别程序第185条），不得上诉；请核对后退回。", "The case is final in first instance (arts. 165, 185) and cannot be appealed; check and return it.")  # fmt: skip
    for one in context.earlier(application.kind):
        if one.applicant == application.applicant and one.state not in ("WITHDRAWN", "RETURNED"):
            yield Label(f"同一上诉人在本案已有上诉{one.serial_no}，请核对是否重复。", f"The same appellant has lodged {one.serial_no} in this case; check whether this is the same appeal.")  # fmt: skip


def power(application: Application, context: Any) -> Iterator[Label]:
    """An agent's authority on record does not cover the appeal; a new one is said to."""
    if application.submitter.role != "party" and lacks_power(application.fields, context):
        yield Label("本院登记的代理权限不含“提起上诉”，申请人称已另行取得授权，请核对授权委托书。", "The authority on record does not cover the appeal; check the new power of attorney.")  # fmt: skip


def fee(fields: Any) -> Iterator[Label]:
    """The fee on the part disputed, step by step."""
    found = estimate(fields)
    if found is not None:
        yield Label(f"上诉费：{found.fee}元。{reckoning(found)}", f"Appeal fee: {found.fee} yuan. {reckoning(found, 'en')}")  # fmt: skip
    elif fields.document != JUDGMENT:
        yield FREE
    if fields.fee_relief != "none":
        yield Label("上诉人申请缓减免交上诉费，请一并审查（诉讼费用交纳办法第44至49条）。", "The appellant asks for fee relief (Litigation Fee Measures, arts. 44 to 49).")  # fmt: skip


def parties(fields: Any, context: Any) -> Iterator[Label]:
    """Who is named here and not in the case, and the other way about (民诉法解释第315至317条)."""
    held = {party.name: party.domicile_abroad for party in context.case.parties} if context.case else {}
    known, named = set(held), {party.name for party in fields.parties}
    if differ := [one.name for one in fields.parties if held.get(one.name) not in (None, one.abroad)]:
        yield Label(f"境内有无住所与本院登记不一致：{'、'.join(differ)}，上诉期、答辩期随之不同，请核对。", f"Domicile not as on record: {', '.join(differ)}; the periods depend on it, please check.")  # fmt: skip
    if known and (strange := sorted(named - known)):
        yield Label(f"本案当事人中没有：{'、'.join(strange)}，请核对。", f"Not among the parties to the case: {', '.join(strange)}.")  # fmt: skip
    if missing := sorted(known - named):
        yield Label(f"原审当事人未列明：{'、'.join(missing)}（民诉法解释第317条）。", f"Parties of first instance not listed: {', '.join(missing)} (Interpretation, art. 317).")  # fmt: skip


def things_to_weigh(application: Application) -> Iterator[Label]:
    """Copies for the other side, and new evidence."""
    fields = application.fields
    others = sum(party.role != "appellant" for party in fields.parties)
    copies = sum(file.copies for file in application.files if file.category == PETITION)
    if fields.lodging != "online" and copies < others:
        yield Label(f"对方当事人{others}人，上诉状副本登记{copies}份（民事诉讼法第173条）。", f"{others} on the other side, {copies} copies of the petition (art. 173).")  # fmt: skip
    if fields.new_evidence:
        yield Label("提交新证据：二审举证期限不少于10日（民诉法解释第99条）。", "With new evidence: at second instance at least 10 days to adduce it (Interpretation, art. 99).")  # fmt: skip
