"""The papers of an appeal: each is issued by its step, offered to whom it is for, and says what it has to say."""

import re

from core.work.paper_files import DOCX, PDF, open_paper, papers_of
from tests.plugins.appeal.conftest import NOT_ACCEPTED, NUMBER, TRANSFER
from tests.support.papers import docx_text, joined, pdf_text


def papers(appeals, serial_no: str, *, outside: bool = False) -> dict:
    with appeals.house.store.read() as connection:
        held = papers_of(connection, appeals.read(serial_no).id, outside=outside)
    return {one.code: one for one in held}


def said(appeals, serial_no: str, code: str) -> str:
    """Return the text of a paper, read back from its PDF and its DOCX, which say the same."""
    text = {}
    for form, reader in ((PDF, pdf_text), (DOCX, docx_text)):
        file = open_paper(
            appeals.house,
            appeals.actor("judge"),
            "appeal",
            serial_no,
            papers(appeals, serial_no)[code].id,
            form,
        )
        text[form] = joined(reader(appeals.house.blobs.path(file.sha256).read_bytes()))
    assert sorted(text[DOCX]) == sorted(re.sub(r"—\d—", "", text[PDF]))
    return text[DOCX]


def test_receipt_is_answered_with_a_receipt_and_a_notice_of_the_fee(appeals):
    serial = appeals.walk("RECEIVED")
    assert list(papers(appeals, serial, outside=True)) == ["receipt", "fee_notice"]
    receipt = said(appeals, serial, "receipt")
    assert (
        f"上诉案件接收凭证流水号{serial}甲某某：你（单位）不服本院{NUMBER}判决提起的上诉，本院已于2026年11月23日收到"
        in receipt
    )
    assert "裁判送达日期2026年11月10日上诉期届满日2026年11月25日上诉日2026年11月23日上诉费待交纳" in receipt
    assert "1petition.pdf1" in receipt
    assert receipt.endswith(
        "广东省虚构市第一人民法院二〇二六年十一月二十三日承办人：judge联系电话：020-00000199"
    )
    fee = said(appeals, serial, "fee_notice")
    assert (
        "应预交上诉案件受理费2869.14元（不服一审判决部分的金额为128456.78元，计费类别：财产案件受理费）"
        in fee
    )
    assert "截止日为2026年11月30日" in fee
    assert "按自动撤回上诉处理" in fee


def test_where_nothing_is_due_there_is_no_notice_of_a_fee(appeals):
    serial = appeals.file(**NOT_ACCEPTED)
    appeals.act("judge", serial, "receive", served_checked_on="2026-11-10", fee_state="none")
    assert list(papers(appeals, serial)) == ["receipt"]
    assert "裁定（不予受理）提起的上诉" in said(appeals, serial, "receipt")
    assert "被上诉人无" in said(appeals, serial, "receipt")


def test_the_letter_of_transfer_goes_to_the_second_court_and_its_stub_stays(appeals):
    serial = appeals.walk("DEFENCE_OVER")
    appeals.act("clerk", serial, "fee_paid", paid_amount="2869.14", paid_on="2026-11-23")
    appeals.act("clerk", serial, "transfer", **TRANSFER | {"exhibits": "U盘一个"}, checklist="papers")
    assert "transfer_letter" not in papers(appeals, serial, outside=True)
    assert papers(appeals, serial)["transfer_letter"].number == "（2026）粤0199上诉移送1号"
    letter = said(appeals, serial, "transfer_letter")
    for words in (
        "虚构市中级人民法院：上诉人甲某某与被上诉人示例贸易有限公司买卖合同纠纷一案", "一审结案日期2026年11月2日", "上诉日期2026年11月23日（期内）",
        "副本送达对方日期2026年11月23日收到答辩状日期2026年11月23日", "上诉费已交纳，2026年11月23日交纳2869.14元",
        "正卷2册，副卷1册，电子卷宗1册", "证物U盘一个", "上诉状与一审裁判齐全是卷宗数与移送函相符否", "移送人：书记员",
    ):  # fmt: skip
        assert words in letter, words
    stub = said(appeals, serial, "transfer_stub")
    assert "移送至虚构市中级人民法院" in stub
    assert "移送人书记员接收人____" in stub


def test_a_file_without_another_side_goes_with_a_letter_that_says_so(appeals):
    serial = appeals.file(**NOT_ACCEPTED)
    appeals.act("judge", serial, "receive", served_checked_on="2026-11-10", fee_state="none")
    appeals.act("clerk", serial, "no_other_side", defence_closed_on="2026-11-23")
    appeals.act("clerk", serial, "transfer", **TRANSFER)
    letter = said(appeals, serial, "transfer_letter")
    assert "上诉人甲某某买卖合同纠纷一案" in letter
    assert "副本送达对方日期无对方当事人收到答辩状日期未答辩" in letter
