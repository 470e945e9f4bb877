"""What must hold between the fields of a request to docket."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from core import Context, Label, Problem

from .kinds import JOINT

MOST_AGENTS = 2
TELLING = (
    "birth_date",
    "age",
    "phone",
    "resident_id",
    "other_id_no",
    "workplace",
    "habitual_residence",
    "distinguishing",
)
"""Any one of these, beside name and residence, tells a natural person apart (民诉法解释第209条)."""


def both_sides(filed: Any, context: Context) -> Iterator[Problem]:
    """Somebody sues, and somebody is sued; both apply together for judicial confirmation."""
    held = Counter(party.role for party in filed.parties)
    if not held["plaintiff"]:
        yield Problem(
            "parties",
            "no_plaintiff",
            Label("至少应有一名原告（申请人）。", "At least one plaintiff (applicant) is needed."),
        )
    if filed.filing_type == JOINT:
        if len(filed.parties) < 2:
            yield Problem(
                "parties",
                "one_party",
                Label(
                    "司法确认由双方当事人共同申请，请填写另一方。",
                    "Both sides apply for judicial confirmation; please add the other.",
                ),
            )
    elif not held["defendant"]:
        yield Problem(
            "parties",
            "no_defendant",
            Label(
                "应有明确的被告（被申请人），至少一名。",
                "At least one definite defendant (respondent) is needed.",
            ),
        )


def age_known(filed: Any, context: Context) -> Iterator[Problem]:
    """A natural plaintiff gives the date of birth or the age (民事诉讼法第124条第一项)."""
    for place, party in enumerate(filed.parties):
        if (
            party.role == "plaintiff"
            and party.kind == "natural"
            and party.birth_date is None
            and party.age is None
        ):
            yield Problem(
                f"parties[{place}].birth_date",
                "missing",
                Label("请填写出生日期或年龄。", "Give the date of birth or the age."),
            )


def numbers_fit(filed: Any, context: Context) -> Iterator[Problem]:
    """The number given is that of the document named, and of the kind of party."""
    for place, party in enumerate(filed.parties):
        if party.kind == "natural":
            wrong = [
                (
                    "credit_code",
                    "自然人没有统一社会信用代码，请删除。",
                    "A natural person has no unified social credit code; please remove it.",
                )
            ]
            if party.id_type != "resident_id":
                wrong.append(
                    (
                        "resident_id",
                        "填写了公民身份号码，请把证件类型选为居民身份证。",
                        "With a resident identity number, choose the resident identity card.",
                    )
                )
            if party.id_type in (None, "resident_id"):
                wrong.append(
                    (
                        "other_id_no",
                        "证件类型与号码不符，请核对。",
                        "The number does not belong to the document chosen; please check.",
                    )
                )
        else:
            cure = (
                "法人、非法人组织请填写统一社会信用代码，不填个人证件。",
                "An organisation gives its unified social credit code, not a personal document.",
            )
            wrong = [(name, *cure) for name in ("id_type", "resident_id", "other_id_no")]
        for name, zh, en in wrong:
            if getattr(party, name) is not None:
                yield Problem(f"parties[{place}].{name}", "document_mismatch", Label(zh, en))


def told_apart(filed: Any, context: Context) -> Iterator[Problem]:
    """A defendant can be told from others, and nobody is entered twice (民诉法解释第209条)."""
    seen: dict[tuple[Any, ...], int] = {}
    for place, party in enumerate(filed.parties):
        if (
            party.role == "defendant"
            and party.kind == "natural"
            and not any(getattr(party, name) is not None for name in TELLING)
        ):
            yield Problem(f"parties[{place}].distinguishing", "not_distinguishable", Label(
                "请补充被告的证件号码、出生日期、手机号、工作单位等足以与他人相区别的信息（民诉法解释第209条）。",
                "Add what tells the defendant from others: identity number, date of birth, phone, employer (Interpretation, art. 209).",
            ))  # fmt: skip
        key = (
            party.role,
            party.name,
            party.resident_id,
            party.other_id_no,
            party.credit_code,
            party.residence,
            party.distinguishing,
        )
        if key in seen:
            first = seen[key] + 1
            yield Problem(f"parties[{place}].name", "repeated", Label(f"与第{first}名当事人重复，请删除或补充区别信息。", f"The same as party {first}; remove it or add what tells them apart."))  # fmt: skip
        seen.setdefault(key, place)


def agents_fit(filed: Any, context: Context) -> Iterator[Problem]:
    """An agent acts for a party of this request, for at most one side, and no party has more than two (民事诉讼法第61条)."""
    roles: dict[str, set[str]] = {}
    for party in filed.parties:
        roles.setdefault(party.name, set()).add(party.role)
    held: Counter[str] = Counter()
    sides: dict[str, set[str]] = {}
    for place, agent in enumerate(filed.agents):
        if agent.party_name not in roles:
            yield Problem(f"agents[{place}].party_name", "unknown_party", Label("当事人中没有此人，请与当事人姓名或名称填写一致。", "No party has this name; write it as among the parties."))  # fmt: skip
            continue
        held[agent.party_name] += 1
        if held[agent.party_name] > MOST_AGENTS:
            yield Problem(f"agents[{place}].party_name", "too_many_agents", Label("每名当事人最多委托两名诉讼代理人（民事诉讼法第61条）。", "A party may have at most two agents (Civil Procedure Law, art. 61)."))  # fmt: skip
        person = agent.licence_no or agent.document_no or agent.name
        acts_for = sides.setdefault(person, set())
        acts_for |= roles[agent.party_name]
        if {"plaintiff", "defendant"} <= acts_for:
            yield Problem(f"agents[{place}].name", "both_sides", Label("同一代理人不得同时代理原告和被告。", "One agent cannot act for plaintiff and defendant."))  # fmt: skip


CHECKS = (both_sides, age_known, numbers_fit, told_apart, agents_fit)
