"""What a reviewer should know before deciding: the fee, odd numbers, what does not add up, time that is over."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import Application, Context, Label, law

from .fees import estimate, reckoning


def hints(application: Application, context: Context) -> Iterator[Label]:
    """Yield the lines, most urgent first."""
    yield from time_over(application, context.now)
    yield from fee_reckoned(application.fields)
    yield from things_to_weigh(application.fields)
    yield from odd_numbers(application)


def time_over(application: Application, now: datetime) -> Iterator[Label]:
    """F-5: what cannot be settled in time is docketed first (登记立案规定第8条末款)."""
    if application.state == "SUBMITTED" and application.due_at is not None and application.due_at <= now:
        yield Label(
            "已超过立案审查期限。在期限内不能判定起诉是否符合法律规定的，应当先行立案（登记立案规定第8条）。",
            "The time for deciding is over. Where it cannot be told in time whether a suit meets the law, it is docketed first (Docketing Provisions, art. 8).",
        )


def fee_reckoned(fields: Any) -> Iterator[Label]:
    """The fee by the category filed, step by step."""
    found = estimate(fields)
    if found is None:
        return
    yield Label(
        f"诉讼费估算：{found.fee}元。{reckoning(found)}",
        f"Fee estimate: {found.fee} yuan. {reckoning(found, 'en')}",
    )


def things_to_weigh(fields: Any) -> Iterator[Label]:
    """What was applied for beside the suit, and what does not agree."""
    if not fields.no_duplicate_suit:
        yield Label("申请人未声明没有重复起诉，请核查（民诉法解释第247条）。", "The applicant does not declare that there is no duplicate suit; please check (Interpretation, art. 247).")  # fmt: skip
    if fields.fee_relief != "none":
        yield Label("申请人申请缓减免交诉讼费，请一并审查（诉讼费用交纳办法第44至49条）。", "The applicant asks for fee relief (Litigation Fee Measures, arts. 44 to 49).")  # fmt: skip
    if fields.with_preservation:
        yield Label(
            "申请人表示申请保全，请在“诉讼保全”中查收。",
            "The applicant says preservation is applied for; see that module.",
        )
    amounts = [claim.amount for claim in fields.claims if claim.amount is not None]
    total = sum(amounts, Decimal(0))
    if amounts and fields.claim_amount is not None and total != fields.claim_amount:
        yield Label(f"各项请求金额合计{total}元，与标的额{fields.claim_amount}元不一致。", f"The claims add up to {total} yuan, not to the amount in controversy of {fields.claim_amount}.")  # fmt: skip


def odd_numbers(application: Application) -> Iterator[Label]:
    """Identity numbers that are well formed and yet odd, such as a region that does not exist."""
    today = law.dates.court_date(application.submitted_at)
    for party in application.fields.parties:
        checked = (
            [law.identity.check_resident_id(party.resident_id, today=today)] if party.resident_id else []
        )
        checked += [law.identity.check_unified_code(party.credit_code)] if party.credit_code else []
        for one in checked:
            for warning in one.warnings:
                yield Label(f"{party.name}：{warning.zh}", f"{party.name}: {warning.en}")
