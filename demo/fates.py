"""What becomes of the demo's filings: every way through the states, some of them often."""

from collections.abc import Callable
from random import Random

from attrs import frozen

from demo.stage import Past, Refusing
from demo.story import Story

_FAILURE = "审判系统未能登记：当事人证件信息与登记信息不一致，请核对后重新收案。"


def waiting(story: Story) -> Past:
    """Filed, not yet reviewed."""
    yield story.born
    story.submit()
    yield from small_talk(story)


def assigned(story: Story) -> Past:
    """Filed and given to a judge."""
    yield from waiting(story)
    yield story.desk_hours(1, 8)
    story.assign()


def drafted(story: Story) -> Past:
    """Given to the judge whom an assistant serves, who has drafted an opinion."""
    yield from assigned(story)
    assistant = story.cast.people["assistant"]
    if story.application.handler in assistant.handles:
        yield story.desk_hours(1, 6)
        story.draft(assistant, "approve", "拟同意立案：材料齐全，属本院管辖，请审核。", story.approval())


def complained(story: Story) -> Past:
    """Overdue, and the applicant complains; every other complaint is answered."""
    yield from waiting(story)
    yield story.hours(24 * 8, 24 * 9)
    story.complain()
    if story.dice.random() < 0.5:
        yield story.desk_hours(3, 30)
        story.answer("您的投诉已收到，已催办承办人员，将于近日告知结果。")


def mediation(story: Story) -> Past:
    """Referred to mediation before action, where the applicant consents."""
    yield from waiting(story)
    yield story.desk_hours(4, 30)
    if story.filing.fields["mediation_consent"]:
        story.act(
            "refer_to_mediation", {"organisation": "虚构市示例人民调解委员会", "signed_on": story.today}
        )


def approved(story: Story) -> Past:
    """Approved, to be docketed."""
    yield from received(story)
    story.approve()


def revoked(story: Story) -> Past:
    """Approved by mistake; the approval was taken back."""
    yield story.born
    story.submit()
    yield story.desk_hours(4, 20)
    story.approve()
    yield story.hours(0.3, 2)
    story.act("revoke_approval", {"revocation_reason": "误点通过，管辖依据尚需核实。"})


def docketing(story: Story) -> Past:
    """Sent to the trial system, which has not answered yet."""
    yield from approved(story)
    yield story.desk_hours(1, 8)
    story.stage.hooks.refusing[story.application.serial_no] = Refusing()
    story.act("docket")


def docket_failed(story: Story) -> Past:
    """Sent to the trial system, which refused it."""
    yield from approved(story)
    yield story.desk_hours(1, 8)
    story.stage.hooks.refusing[story.application.serial_no] = Refusing(_FAILURE)
    story.act("docket")


def docketed(story: Story) -> Past:
    """Docketed; what follows from that is done as time allows."""
    yield from approved(story)
    yield from follow_up(story)


def docketed_late(story: Story) -> Past:
    """Returned, corrected, approved, docketed."""
    yield from returned(story)
    yield story.hours(12, 80)
    story.correct()
    yield story.desk_hours(5, 60)
    story.approve()
    yield from follow_up(story)


def returned(story: Story) -> Past:
    """Returned for correction, the time for it still running."""
    yield from received(story)
    story.send_back(days=15)


def corrected(story: Story) -> Past:
    """Returned, corrected, waiting again."""
    yield from returned(story)
    yield story.hours(8, 40)
    story.correct()


def lapsed(story: Story) -> Past:
    """Returned, never corrected: the clock closes it."""
    yield from received(story)
    story.send_back(days=5)


def withdrawn(story: Story) -> Past:
    """Withdrawn before anybody looked."""
    yield from waiting(story)
    yield story.hours(3, 30)
    story.withdraw()


def given_up(story: Story) -> Past:
    """Returned, and withdrawn instead of corrected."""
    yield from returned(story)
    yield story.hours(5, 60)
    story.withdraw()


def not_accepted(story: Story) -> Past:
    """Not accepted: the conditions are not met and the plaintiff insists."""
    yield from received(story)
    story.review("not_accept", "经释明，原告坚持起诉。原告与本案无直接利害关系，不符合起诉条件，裁定不予受理。",
                 {"ground": "insisted", "reasons": story.dice.choice(("subject_unfit", "no_clear_defendant"))})  # fmt: skip


def still_deficient(story: Story) -> Past:
    """Not accepted: not in order even after correction."""
    yield from returned(story)
    yield story.hours(12, 80)
    story.correct()
    yield story.desk_hours(5, 60)
    story.review("not_accept", "补正后仍未提供明确的被告信息，裁定不予受理。",
                 {"ground": "still_deficient", "reasons": "no_clear_defendant"})  # fmt: skip


def redirected(story: Story) -> Past:
    """Referred elsewhere."""
    yield from received(story)
    ground, reason, authority = story.dice.choice((
        ("arbitration", "arbitration", "虚构仲裁委员会"),
        ("other_court", "no_jurisdiction", "广东省虚构市第三人民法院"),
        ("other_authority", "not_for_courts", "虚构市示例区人民政府"),
    ))  # fmt: skip
    story.review("redirect", "依照《民事诉讼法》第一百二十七条的规定，请向所列机关提出。",
                 {"redirect_ground": ground, "reasons": reason, "authority": authority})  # fmt: skip


# --- Parts of several stories


def received(story: Story) -> Past:
    """Filed; some assigned to a judge; then somebody sits down to review it."""
    yield from waiting(story)
    if story.dice.random() < 0.25:
        yield story.desk_hours(0.5, 3)
        story.assign()
    yield story.desk_hours(2, 40)


def follow_up(story: Story) -> Past:
    """Docketed; then the copy to the defendant, the division, the fee."""
    yield story.desk_hours(0.5, 10)
    story.act("docket")
    yield story.desk_hours(20, 50)
    story.act("transferred_to_division", {"division": "民事审判第一庭", "passed_on": story.today})
    if story.filing.fields["filing_type"] in (
        "civil_first",
        "third_party_revocation",
        "enforcement_objection",
    ):
        yield story.desk_hours(1, 40)
        served = "、".join(
            one["name"] for one in story.filing.fields["parties"] if one["role"] == "defendant"
        )
        story.act("copy_served", {"copy_served_on": story.today, "copy_served_to": served})
    if story.filing.fee and story.dice.random() < 0.8:
        yield story.desk_hours(1, 70)
        story.act("fee_paid", {"paid_amount": f"{story.filing.fee:.2f}", "paid_on": story.today})


def small_talk(story: Story) -> Past:
    """A question of the applicant, and mostly an answer."""
    if story.dice.random() < 0.22:
        yield story.hours(0.2, 20)
        answer = story.ask()
        if story.dice.random() < 0.75:
            yield story.desk_hours(1, 10)
            story.answer(answer)


# --- How often, and how long ago


@frozen
class Fate:
    """A story, how often it happens, and how many days ago it may begin."""

    story: Callable[[Story], Past]
    weight: int
    youngest: float
    oldest: float


FATES = (
    Fate(waiting, 34, 0, 5),
    Fate(docketed, 62, 8, 59),
    Fate(approved, 18, 3, 6.5),
    Fate(returned, 12, 3, 9),
    Fate(docketing, 5, 3.5, 6.5),
    Fate(docket_failed, 6, 4, 7),
    Fate(not_accepted, 8, 6, 56),
    Fate(redirected, 10, 6, 56),
    Fate(lapsed, 9, 26, 58),
    Fate(withdrawn, 9, 4, 58),
    Fate(waiting, 9, 6, 8),
    Fate(waiting, 7, 9, 16),
    Fate(corrected, 8, 6, 10),
    Fate(assigned, 12, 0.5, 6),
    Fate(drafted, 6, 1.5, 6),
    Fate(complained, 4, 11, 17),
    Fate(docketed_late, 8, 20, 58),
    Fate(given_up, 4, 9, 50),
    Fate(still_deficient, 4, 18, 55),
    Fate(mediation, 4, 3, 6),
    Fate(revoked, 2, 3, 5),
)


def choose(dice: Random, number: int) -> list[Fate]:
    """Return ``number`` fates: each once, as far as they go, then by their weights."""
    rest = max(number - len(FATES), 0)
    return [*FATES[:number], *dice.choices(FATES, [fate.weight for fate in FATES], k=rest)]
