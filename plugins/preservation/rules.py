"""The law of preservation as plain functions on values: security, exemption, how long, until when, which clock.

Sources: 民事诉讼法第84、103、104条; 民诉法解释第152、163、485条; 财产保全规定 (法释〔2016〕22号，2020年修正) 第4、5、9、18条;
民事证据规定第26条.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from attrs import frozen

from core import Label, law

PRE_ACTION, IN_ACTION, ARBITRATION, BEFORE_ENFORCEMENT = "pre_action", "in_action", "arbitration", "before_enforcement"  # fmt: skip
PROPERTY, ACT, EVIDENCE = "property", "act", "evidence"

CEILING = Decimal(30)
"""Per cent of the amount, or of the value of what is in dispute (财产保全规定第5条第1款; 民诉法解释第152条)."""
FULL = Decimal(100)
"""Per cent before an action is brought (财产保全规定第5条第2款; 民诉法解释第152条)."""

YEARS = {"deposit": 1, "movable": 2, "other": 3}
"""Bank deposits, movables, immovables and other rights (民诉法解释第485条, by way of 第156条)."""

NO_GROUND = "discretion"
GROUNDS = {
    "support": ("追索赡养费、扶养费、抚养费、抚恤金、医疗费、劳动报酬、工伤或交通事故人身损害赔偿（一）", "Maintenance, wages, medical cost, work or traffic injury (1)"),
    "violence": ("婚姻家庭纠纷中遭遇家庭暴力且经济困难（二）", "Domestic violence and hardship in a family dispute (2)"),
    "public_interest": ("检察机关公益诉讼涉及损害赔偿（三）", "Damages in a procuratorate's public interest suit (3)"),
    "bravery": ("见义勇为遭受侵害请求赔偿（四）", "Damages of one who came to another's aid (4)"),
    "clear": ("案件事实清楚、权利义务关系明确，保全错误可能性较小（五）", "Facts and rights clear, error unlikely (5)"),
    "institution": ("金融监管部门批准设立的金融机构及其分支机构（六）", "Licensed financial institution (6)"),
    BEFORE_ENFORCEMENT: ("法律文书生效后、进入执行程序前（第9条第2款）", "After a binding judgment, before enforcement (art. 9(2))"),
    NO_GROUND: ("行为、证据保全，由法院决定是否担保（解释第152条、证据规定第26条）", "Act or evidence: for the court to decide (Interpretation 152, Evidence 26)"),
}  # fmt: skip
"""Why no security is given (财产保全规定第9条)."""


@frozen
class Security:
    """What was offered measured against the law: per cent of the base, and whether it is too much or too little."""

    percent: str
    finding: str
    """``fits``, ``too_high`` or ``too_low``."""
    message: Label


def security(stage: str, base: Decimal, offered: Decimal) -> Security | None:
    """Return how the security ``offered`` stands to ``base``; None where there is no base to measure it by.

    Before an action it equals the base (a special case is the court's to judge); else 30 per cent is the most.
    """
    if not base:
        return None
    full = stage == PRE_ACTION
    share = offered * 100 / base
    percent = f"{share.quantize(Decimal('0.01'), ROUND_FLOOR if full else ROUND_CEILING).normalize():f}%"
    ordered = required(stage, base)
    if full:
        finding = "fits" if offered == ordered else "too_low" if offered < ordered else "too_high"
        said = {
            "fits": ("等于请求保全数额", "equal to the amount asked for"),
            "too_low": (f"低于请求保全数额{ordered:.2f}元", f"below the {ordered:.2f} yuan asked for"),
            "too_high": (f"高于请求保全数额{ordered:.2f}元", f"above the {ordered:.2f} yuan asked for"),
        }[finding]
        return Security(percent, finding, Label(
            f"担保{offered:.2f}元，为{percent}，{said[0]}；诉前财产保全应提供相当于请求保全数额的担保，情况特殊的可酌情处理（财产保全规定第5条第2款、民诉法解释第152条）。",
            f"Security of {offered:.2f} yuan is {percent}, {said[1]}; before an action it equals the amount, save in a special case (Property Preservation Provisions, art. 5(2); Interpretation, art. 152).",
        ))  # fmt: skip
    finding = "too_high" if offered * 100 > base * CEILING else "fits"
    said = {"fits": ("未超过", "not above"), "too_high": ("超过", "above")}[finding]
    most = f"{ordered.quantize(Decimal('0.01'), ROUND_FLOOR):.2f}"
    return Security(percent, finding, Label(
        f"担保{offered:.2f}元，为{percent}，{said[0]}30%的上限{most}元（财产保全规定第5条第1款、民诉法解释第152条）。",
        f"Security of {offered:.2f} yuan is {percent}, {said[1]} the ceiling of 30%, {most} yuan (Property Preservation Provisions, art. 5(1); Interpretation, art. 152).",
    ))  # fmt: skip


def required(stage: str, base: Decimal) -> Decimal:
    """Return what the security comes to, exactly: before an action the base itself, else at most 30 per cent of it."""
    return base * (FULL if stage == PRE_ACTION else CEILING) / 100


def against_waiver(stage: str, kind: str, ground: str) -> Label | None:
    """Return what stands against going without security on ``ground``; None where the law admits it."""
    if kind != PROPERTY:
        if stage == PRE_ACTION and kind == ACT:
            return Label("诉前行为保全应当提供担保（民事诉讼法第104条），不能免担保。", "Before an action security must be given for the preservation of acts (Civil Procedure Law, art. 104).")  # fmt: skip
        if ground != NO_GROUND:
            return Label("第9条的免担保情形只适用于财产保全；行为、证据保全请选择“由法院决定是否担保”。", "The grounds of article 9 are for property; for acts and evidence choose “for the court to decide”.")  # fmt: skip
        return None
    if stage == PRE_ACTION:
        return Label("诉前财产保全应当提供担保，不提供的裁定驳回（民事诉讼法第104条），不能免担保。", "Before an action security must be given, or the request is refused (Civil Procedure Law, art. 104).")  # fmt: skip
    if ground == NO_GROUND:
        return Label("财产保全免担保的，请选择财产保全规定第9条的情形。", "For property choose a ground of the Property Preservation Provisions, art. 9.")  # fmt: skip
    if (stage == BEFORE_ENFORCEMENT) != (ground == BEFORE_ENFORCEMENT):
        return Label("免担保理由与保全阶段不符：（一）至（六）用于诉讼、仲裁中，“执行前”用于执行前保全（财产保全规定第9条）。", "The ground does not fit the stage: (1) to (6) are for proceedings, the other for the time before enforcement (Property Preservation Provisions, art. 9).")  # fmt: skip
    return None


def longest_until(property_kind: str, start: date) -> date:
    """Return the last day a measure begun on ``start`` may be ordered for (民诉法解释第485条; PR-7)."""
    return law.dates.add_months(start, 12 * YEARS[property_kind])


def renew_by(expires_on: date) -> date:
    """Return the last day to ask for renewal: seven days before expiry (财产保全规定第18条; PR-8). It never moves."""
    return law.dates.add_days(expires_on, -7)


def in_hours(stage: str, urgent: bool) -> bool:
    """Tell whether the 48 hours of PR-2 (urgent) or PR-3 (before an action) run, not the five days of PR-1."""
    return urgent or stage == PRE_ACTION
