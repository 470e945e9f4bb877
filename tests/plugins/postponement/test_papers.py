"""延期开庭通知书: issued with the trial system's receipt, as PDF and DOCX, saying what was decided."""

from core.work.paper_files import DOCX, PDF, open_paper, papers_of
from tests.plugins.postponement.asking import PRESIDENT, SECOND, approve, ask, deliver, direct
from tests.support.acting import read
from tests.support.brought import NUMBER
from tests.support.houses import Fixture
from tests.support.papers import docx_text, joined, pdf_text


def said(court: Fixture, serial: str) -> list[str]:
    """Return the text of every notice of a request, oldest first; PDF and DOCX say the same."""
    with court.house.store.read() as connection:
        papers = papers_of(connection, read(court, serial).id, outside=True)
    found = []
    for paper in papers:
        text = {}
        for form, reader in ((PDF, pdf_text), (DOCX, docx_text)):
            file = open_paper(court.house, court.actor("judge"), "postponement", serial, paper.id, form)
            text[form] = joined(reader(court.house.blobs.path(file.sha256).read_bytes()))
        assert text[DOCX] == text[PDF].replace("—1—", "")
        found.append(text[DOCX])
    return found


def test_the_notice_says_which_hearing_why_under_what_article_and_until_when(court):
    serial = ask(court, ground="re_appraisal")
    approve(court, serial, article="149_3", new_courtroom="第二法庭", deducted="true", deducted_days="14")
    assert said(court, serial) == []
    deliver(court)
    (text,) = said(court, serial)
    for words in (
        "广东省虚构市第一人民法院延期开庭通知书（2026）粤0199延期1号", "原告：甲某某被告：示例贸易有限公司第三人：丁某某",
        f"本院受理的{NUMBER}买卖合同纠纷一案，原定于2026年12月10日09:00（第一法庭）开庭。因重新鉴定，依照《中华人民共和国民事诉讼法》第一百四十九条第三项的规定，决定延期开庭。",
        "本案定于2026年12月24日09:30（第二法庭）开庭，请准时到庭。", "延期期间中的14日不计入审理期限。", "第一百四十六条、第一百四十七条",
        "联系人：judge联系电话：020-00000199",
    ):  # fmt: skip
        assert words in text, words
    assert text.endswith("广东省虚构市第一人民法院二〇二六年十一月二十三日")
    assert "院长" not in text


def test_the_presidents_approval_is_told(court):
    serial = ask(court, ground="force_majeure")
    approve(court, serial, article="149_4", **PRESIDENT)
    deliver(court)
    (text,) = said(court, serial)
    assert (
        "第一百四十九条第四项的规定，经院长院长某于2026年11月23日批准（〔2026〕5号），决定延期开庭。" in text
    )
    assert "不计入审理期限" not in text


def test_without_a_date_it_says_so_and_the_date_comes_with_a_second_one(court):
    serial = ask(court)
    approve(court, serial, None)
    deliver(court)
    (first,) = said(court, serial)
    assert "因律师开庭冲突，经审查，决定改期开庭。新的开庭时间另行通知。" in first
    direct(court, serial, "set_date", new_hearing_at=SECOND)
    deliver(court)
    (again, second) = said(court, serial)
    assert again == first
    assert "本案定于2026年12月24日09:30（第一法庭）开庭" in second
    assert "延期2号" in second
