"""What is filed in the demo: whole submissions as an outside platform sends them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from attrs import frozen

from core.law import fees
from demo import papers
from demo.parties import Party, company, lawyer, person
from demo.topics import TOPICS, Topic

JOINT = "judicial_confirmation"


@frozen
class Paper:
    """A file as it goes with a submission."""

    category: str
    name: str
    content: bytes
    pages: int | None
    sha256: str

    @property
    def attachment(self) -> dict[str, Any]:
        """How the submission names it."""
        named = {"sha256": self.sha256, "name": self.name, "category": self.category, "copies": 1}
        return named | {"is_original": False} | ({"pages": self.pages} if self.pages else {})


def paper(category: str, name: str, content: bytes) -> Paper:
    """Return a file with its pages counted and its digest taken."""
    pages = papers.pages_of(content) if name.endswith(".pdf") else None
    return Paper(category, name, content, pages, hashlib.sha256(content).hexdigest())


@frozen
class Filing:
    """One filing: its submission without the id, its files, and what a reviewer reckons from it."""

    submitter: Mapping[str, Any]
    fields: Mapping[str, Any]
    papers: Sequence[Paper]
    fee: Decimal
    procedure: str

    def body(self, submission_id: str) -> dict[str, Any]:
        """Return the submission."""
        return {"kind": "filing"} | self.resubmission(submission_id)

    def resubmission(self, submission_id: str, more: Sequence[Paper] = ()) -> dict[str, Any]:
        """Return the same filing corrected, with further papers."""
        facts = {"facts": self.fields["facts"] + "（已按补正通知补充证据。）"} if more else {}
        return {
            "submission_id": submission_id,
            "submitter": dict(self.submitter),
            "fields": {**self.fields, **facts},
            "attachments": [one.attachment for one in (*self.papers, *more)],
        }


@frozen
class Desk:
    """Writes filings for one court; the papers that many share are made once."""

    court: str
    shared: Mapping[str, Paper]

    def write(self, dice: Random, causes: Mapping[str, str], day: date) -> Filing:
        """Return a filing of ``day``; ``causes`` are the codes of the causes in force, by name."""
        known = [topic for topic in TOPICS if topic.cause in causes] or [_any_topic(causes)]
        topic = dice.choices(known, [one.weight for one in known])[0]
        plaintiffs = [_party(dice, topic.plaintiff)]
        defendants = [_party(dice, topic.defendant)]
        if dice.random() < 0.25:
            defendants.append(_party(dice, "natural"))
        agents = [lawyer(dice, plaintiffs[0].name)] if dice.random() < 0.55 else []
        amount = _amount(dice, topic)
        fields = _fields(dice, topic, causes[topic.cause], plaintiffs, defendants, agents, amount)
        made = self._complaint(topic, plaintiffs, defendants, fields, day)
        relief = fields["fee_relief"] != "none"
        return Filing(
            submitter=_submitter(dice, plaintiffs[0], agents),
            fields=fields,
            papers=[made, *self._rest(dice, plaintiffs[0], agents, relief)],
            fee=_fee(topic.fee, amount),
            procedure=_procedure(topic),
        )

    def correction(self) -> Paper:
        """Return what is added when a filing is corrected."""
        return self.shared["evidence_more"]

    def _complaint(
        self, topic: Topic, plaintiffs: Sequence[Party], defendants: Sequence[Party], fields: Mapping[str, Any], day: date
    ) -> Paper:  # fmt: skip
        title = "民事起诉状" if topic.filing_type == "civil_first" else "申请书"
        first, second = ("原告", "被告") if topic.filing_type == "civil_first" else ("申请人", "被申请人")
        lines = [one.line(first) for one in plaintiffs] + [one.line(second) for one in defendants]
        content = papers.complaint(
            title, lines, [one["text"] for one in fields["claims"]], fields["facts"], topic.evidence, self.court,
            f"{day.year}年{day.month}月{day.day}日",
        )  # fmt: skip
        return paper("complaint", f"{title}.pdf", content)

    def _rest(self, dice: Random, plaintiff: Party, agents: Sequence[Any], relief: bool) -> list[Paper]:
        wanted = (
            ["business_licence", "legal_representative"]
            if plaintiff.kind == "legal"
            else ["plaintiff_identity"]
        )
        wanted += ["power_of_attorney", "agent_identity", "law_firm_letter"] if agents else []
        wanted += ["defendant_identity", "evidence_list", "evidence", "service_address"]
        wanted += ["evidence_photo"] if dice.random() < 0.5 else []
        wanted += ["fee_relief"] if relief else []
        return [self.shared[name] for name in wanted]


def open_desk(court: str) -> Desk:
    """Return the desk of the court named ``court``."""
    categories = {
        "business_licence": "plaintiff_identity", "evidence_photo": "evidence", "evidence_more": "evidence",
    }  # fmt: skip
    shared = {
        name: paper(categories.get(name, name), file, content)
        for name, (file, content) in papers.common_papers().items()
    }
    return Desk(court, shared)


def _any_topic(causes: Mapping[str, str]) -> Topic:
    return Topic(next(iter(causes)), "natural", "natural", ("判令被告履行义务。",), "双方发生争议，协商不成。", ("合同",), 0, 0, "other")  # fmt: skip


def _party(dice: Random, kind: str) -> Party:
    if kind == "any":
        kind = dice.choice(("natural", "legal"))
    return company(dice) if kind == "legal" else person(dice)


def _amount(dice: Random, topic: Topic) -> Decimal | None:
    if not topic.high:
        return None
    # Small amounts are many, large ones few.
    share = dice.random() ** 3
    cents = int((topic.low + (topic.high - topic.low) * share) * 100)
    return Decimal(cents) / 100 if dice.random() < 0.5 else Decimal(cents // 10_000 * 100 + 100)


def _fields(
    dice: Random, topic: Topic, cause: str, plaintiffs: Sequence[Party], defendants: Sequence[Party], agents: Sequence[Any],
    amount: Decimal | None,
) -> dict[str, Any]:  # fmt: skip
    # Both sides apply together for judicial confirmation: there all are applicants.
    second = [{"role": "plaintiff", **one.whole} for one in defendants] if topic.filing_type == JOINT else [
        {"role": "defendant", **one.known} for one in defendants
    ]  # fmt: skip
    claims: list[dict[str, Any]] = [{"text": text.format(amount=amount)} for text in topic.claims]
    if amount is not None:
        claims[0]["amount"] = f"{amount:.2f}"
    if topic.filing_type == "civil_first":
        claims.append({"text": "判令被告承担本案诉讼费用。"})
    consents = dice.random() < 0.85
    service = {
        "e_service_scope": dice.choice(("all", "all", "except_judgments")),
        "e_service_phone": plaintiffs[0].phone,
    }
    note = (
        {"jurisdiction_note": "依照法律规定由作出生效文书的人民法院管辖。"} if topic.basis == "other" else {}
    )
    return {
        "filing_type": topic.filing_type,
        "jurisdiction_basis": topic.basis,
        "cause": cause,
        "parties": [*({"role": "plaintiff", **one.whole} for one in plaintiffs), *second],
        "agents": list(agents),
        "fee_category": topic.fee,
        "claims": claims,
        "facts": topic.facts.format(amount=amount),
        "evidence_list": [
            {"name": one, "source": "起诉人保存", "purpose": "证明起诉所述事实"} for one in topic.evidence
        ],
        "mediation_consent": dice.random() < 0.5,
        "with_preservation": dice.random() < 0.12,
        "online_consent": dice.random() < 0.9,
        "e_service_consent": consents,
        "fee_relief": dice.choices(("none", "defer", "reduce", "exempt"), (92, 4, 2, 2))[0],
        "no_duplicate_suit": dice.random() < 0.97,
        **note,
        **({"claim_amount": f"{amount:.2f}"} if amount is not None else {}),
        **(service if consents else {}),
    }


def _submitter(dice: Random, plaintiff: Party, agents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if agents:
        agent = agents[0]
        return {
            "role": "lawyer",
            "name": agent["name"],
            "phone": agent["phone"],
            "licence_no": agent["licence_no"],
        }
    role = "staff" if plaintiff.kind == "legal" else "party"
    # Some offices give a landline: a notice by SMS cannot reach it, and the court has to see that.
    phone = "020-00000100" if role == "staff" and dice.random() < 0.06 else plaintiff.phone
    return {"role": role, "name": plaintiff.head or plaintiff.name, "phone": phone}


def _fee(kind: str, amount: Decimal | None) -> Decimal:
    # Enforcement is paid for afterwards; judicial confirmation costs nothing.
    return Decimal(0) if kind in ("none", "enforcement") else fees.fee(kind, amount).fee


def _procedure(topic: Topic) -> str:
    if topic.filing_type.startswith(("enforcement_first", "enforcement_resumed", "pre_action")):
        return "other"
    if topic.filing_type in ("payment_order", JOINT):
        return "special"
    return "ordinary" if topic.high > 1_000_000 else "summary"
