"""The papers of docketing: each is issued by its step, and says what the law wants it to say."""

from typing import Any

import pytest
import sqlalchemy as sa

from core.records import CourtSetting, Delivery, PaperRow
from core.values import Receipt
from core.work.outside import resubmit
from core.work.paper_files import DOCX, PDF, open_paper, papers_of
from core.work.receipts import apply_receipt
from core.work.review import decide, save_review
from core.work.submit import submit
from plugins.filing.example import EXAMPLE
from tests.support.acting import DIGEST, body_of, flow_of, read, rows
from tests.support.houses import COURT, Fixture
from tests.support.papers import docx_text, joined, pdf_text

DOCKETED = {"case_number": "（2026）粤0199民初8号", "docketed_on": "2026-11-24", "handler": "judge"}


@pytest.fixture
def house(new_house) -> Fixture:
    made: Fixture = new_house("filing")
    return made


def filing_body(house: Fixture, number: object = 1) -> dict[str, Any]:
    """Return a complete filing with every attachment that its fields call for."""
    body = body_of(house, "filing", number, fields=EXAMPLE)
    body["attachments"] = [
        {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}
        for one in flow_of(house, "filing").attachments
        if one.needed(body["fields"])
    ]
    return body


def file(house: Fixture) -> str:
    return submit(house.house, house.outside, house.client, filing_body(house)).serial_no


def conclude(house: Fixture, serial_no: str, decision: str, **form: list[str]) -> None:
    reviewer, version = house.actor("reviewer"), read(house, serial_no).version
    save_review(
        house.house,
        reviewer,
        "filing",
        serial_no,
        decision=decision,
        opinion="请一次补齐。",
        form=form,
        version=version,
    )
    decide(house.house, reviewer, "filing", serial_no, decision, version)


def docket(house: Fixture, serial_no: str, fee: str) -> None:
    conclude(house, serial_no, "approve", procedure=["ordinary"], fee_category=["prop"], prepaid_fee=[fee])
    decide(
        house.house, house.actor("reviewer"), "filing", serial_no, "docket", read(house, serial_no).version
    )
    (order,) = rows(house, Delivery, Delivery.hook == "trial_system")
    receipt = Receipt(done=True, reference="T1", data=DOCKETED)
    apply_receipt(house.house, read(house, serial_no).id, order.id, "docket", receipt)


def said(house: Fixture, serial_no: str) -> dict[str, str]:
    """Return the text of every paper, which is the same in PDF and DOCX save for what the page decides."""
    with house.house.store.read() as connection:
        papers = papers_of(connection, read(house, serial_no).id)
    found: dict[str, str] = {}
    for paper in papers:
        text: Any = {}
        for form, reader in ((PDF, pdf_text), (DOCX, docx_text)):
            file = open_paper(house.house, house.actor("reviewer"), "filing", serial_no, paper.id, form)
            text[form] = joined(reader(house.house.blobs.path(file.sha256).read_bytes()))
        assert sorted(text[DOCX]) == sorted(text[PDF].replace("—1—", "").replace("—2—", ""))
        found[paper.code] = text[DOCX]
    return found


def test_a_filing_is_answered_with_a_receipt_that_lists_what_came(house):
    serial_no = file(house)
    text = said(house, serial_no)["receipt"]
    assert "收到材料凭证甲某某：" in text
    assert f"本院已于2026年11月23日10时00分收到，流水号{serial_no}。" in text
    assert "序号材料名称类别页数份数原件或复印件1complaint.pdf起诉状（自诉状、申请书）—1复印件" in text
    assert "本院将于2026年11月30日前作出是否立案的处理。" in text
    assert text.endswith("广东省虚构市第一人民法院二〇二六年十一月二十三日")


def test_a_return_tells_all_corrections_at_once_with_the_last_day(house):
    serial_no = file(house)
    conclude(
        house, serial_no, "return_for_correction", reasons=["incomplete", "unsigned"], correction_days=["7"],
        **{"corrections.0.item": ["起诉状"], "corrections.0.requirement": ["补签名"],
           "corrections.1.item": ["证据目录"], "corrections.1.requirement": ["逐项列明|来源"]},
    )  # fmt: skip
    text = said(house, serial_no)["correction"]
    assert "（材料不全、签名缺失）" in text
    assert "1起诉状补签名2证据目录逐项列明|来源请一次补齐。" in text
    assert "请在收到本通知之日起7日内（至2026年11月30日）" in text
    assert "联系人：reviewer，电话：020-00000199。" in text


def test_a_resubmission_is_answered_with_a_new_receipt(house):
    serial_no = file(house)
    conclude(
        house, serial_no, "return_for_correction", reasons=["incomplete"], correction_days=["7"],
        **{"corrections.0.item": ["起诉状"], "corrections.0.requirement": ["补签名"]},
    )  # fmt: skip
    body = filing_body(house, 2)
    del body["kind"]
    body["attachments"][0] |= {"pages": 12, "copies": 3, "is_original": True}
    resubmit(house.house, house.outside, house.client, serial_no, body)
    issued = rows(house, PaperRow, PaperRow.code == "receipt")
    assert [one.revision for one in issued] == [1, 2]
    assert "起诉状（自诉状、申请书）123原件" in said(house, serial_no)["receipt"]


def test_docketing_issues_the_notices_of_acceptance_and_of_fees(house):
    serial_no = file(house)
    docket(house, serial_no, "2869.14")
    texts = said(house, serial_no)
    acceptance, fees = texts["acceptance"], texts["fee_notice"]
    assert "受理案件通知书（2026）粤0199民初8号甲某某：" in acceptance
    assert "本院于2026年11月24日立案，案号（2026）粤0199民初8号。" in acceptance
    assert "你（单位）已同意电子送达（范围：全部诉讼文书）" in acceptance
    assert "见《交纳诉讼费用通知书》。" in acceptance
    assert "甲某某财产案件受理费128456.78元2869.14元" in fees
    assert "请自接到本通知次日起七日内（至2026年11月30日）交纳。" in fees
    assert "第二百一十三条裁定按撤诉处理" in fees


def test_where_nothing_is_prepaid_there_is_no_notice_of_fees(house):
    serial_no = file(house)
    docket(house, serial_no, "0")
    texts = said(house, serial_no)
    assert "fee_notice" not in texts
    assert "本案不需预交诉讼费。" in texts["acceptance"]


def test_a_court_says_where_fees_are_paid(house):
    house.house.store.write(lambda connection: connection.execute(sa.insert(CourtSetting).values(
        court_code=COURT, module="filing", name="fee_account", value="请汇至虚构银行1号账户。")))  # fmt: skip
    serial_no = file(house)
    docket(house, serial_no, "2869.14")
    assert "交纳。请汇至虚构银行1号账户。" in said(house, serial_no)["fee_notice"]
