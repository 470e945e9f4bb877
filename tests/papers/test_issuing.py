"""Papers are issued with the step, and only with it: number, content, access, files, on both databases."""

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve

from core.fields.problem import Reason, Refused
from core.papers.blocks import plain
from core.records import ApplicationRow, Audit, CaseParty, CaseRow, PaperCounter, PaperRow, PaperTemplate
from core.work import steps
from core.work.changes import read_changes
from core.work.clients import add_client, client_of
from core.work.paper_files import DOCX, PDF, make_due, open_paper, open_paper_outside, papers_of
from core.work.paper_preview import preview_papers
from core.work.review import decide, save_review
from core.work.submit import submit
from tests.support.acting import body_of, count, file_one, read, rows
from tests.support.houses import COURT, Fixture
from tests.support.papers import docx_text, joined, pdf_text

MODULES = (Path(__file__).parent / "modules",)
NASTY = "甲*某*#strong[乙]{{ 7*7 }}|<b>"
THINGS = [{"what": "证照", "worth": "128456.78"}, {"what": "钥匙"}]
FORM = {"valid_until": ["2026-12-10"], "remark": []}


@pytest.fixture
def house(new_house) -> Fixture:
    made: Fixture = new_house("permit", folders=MODULES)
    return made


def ask(house: Fixture, number: object = 1, **more: Any) -> str:
    fields = {"holder": NASTY, "urgent": False, "stage": "first", "things": THINGS} | more.pop("fields", {})
    return file_one(house, "permit", number, fields=fields, **more).serial_no


def grant(house: Fixture, serial_no: str, who: str = "reviewer", opinion: str = "同意。\n请遵守。") -> None:
    actor, version = house.actor(who), read(house, serial_no).version
    save_review(
        house.house, actor, "permit", serial_no, decision="grant", opinion=opinion, form=FORM, version=version
    )
    decide(house.house, actor, "permit", serial_no, "grant", version)


def issued(house: Fixture, serial_no: str) -> dict[str, Any]:
    with house.house.store.read() as connection:
        return {one.code: one for one in papers_of(connection, read(house, serial_no).id)}


def texts(house: Fixture, serial_no: str, code: str) -> tuple[str, str]:
    paper = issued(house, serial_no)[code]
    files = [
        open_paper(house.house, house.actor("reviewer"), "permit", serial_no, paper.id, form)
        for form in (PDF, DOCX)
    ]
    pdf, docx = (house.house.blobs.path(file.sha256).read_bytes() for file in files)
    return joined(pdf_text(pdf)), joined(docx_text(docx))


def test_reception_issues_a_receipt_that_names_every_material(house):
    serial_no = ask(house)
    assert set(issued(house, serial_no)) == {"receipt"}
    for text in texts(house, serial_no, "receipt"):
        assert (
            f"你于2026年11月23日10时00分提交的许可申请（流水号{serial_no}）材料已收到，应于2026年11月30日前处理。"
            in text
        )
        assert "1petition.pdf申请书—1复印件" in text
        assert text.endswith("广东省虚构市第一人民法院二〇二六年十一月二十三日")


def test_a_decision_issues_its_papers_with_what_was_filled_in(house):
    serial_no = ask(house)
    grant(house, serial_no)
    assert set(issued(house, serial_no)) == {"receipt", "permit", "stub"}
    for text in texts(house, serial_no, "permit"):
        assert "（2026）粤0199许令1号" in text
        assert (
            joined(
                f"准予{NASTY}（一审、首次）持有下列物品，至2026年12月10日止，第二期限2026年11月26日。同意。请遵守。"
            )
            in text
        )
        assert "1.证照（128456.78元）2.钥匙备注：无。承办人reviewer，电话020-00000199。" in text
        assert issued(house, serial_no)["permit"].verification in text
    assert all("签发人reviewer" in text for text in texts(house, serial_no, "stub"))


def test_the_number_of_a_paper_is_kept_with_what_the_steps_filled_in(house):
    serial_no = ask(house)
    assert read(house, serial_no).data == {}, "the receipt has no number"
    grant(house, serial_no)
    kept = read(house, serial_no)
    assert kept.data["permit_number"] == kept.fields.number == "（2026）粤0199许令1号"


def test_a_paper_of_an_anonymous_request_names_nobody_who_filed_it(house):
    serial_no = ask(house, fields={"stage": "second"})
    for text in texts(house, serial_no, "receipt"):
        assert "收到材料凭证匿名：" in text
        assert "甲某某" not in text


def test_a_condition_decides_whether_a_paper_is_issued(house):
    serial_no = ask(house, fields={"urgent": True})
    grant(house, serial_no)
    assert "urgent_note" in issued(house, serial_no)


def test_a_paper_of_a_case_names_the_case(house):
    def dock(connection: sa.Connection) -> None:
        case = connection.execute(sa.insert(CaseRow).values(
            court_code=COURT, case_number="（2026）粤0199民初7号", year=2026, court_prefix=COURT, case_type="民初", sequence=7,
            docketed_on=date(2026, 11, 1))).inserted_primary_key[0]  # fmt: skip
        for standing, name in (("plaintiff", "甲公司"), ("defendant", "乙公司")):
            connection.execute(
                sa.insert(CaseParty).values(case_id=case, court_code=COURT, standing=standing, name=name)
            )

    house.house.store.write(dock)
    serial_no = ask(house, case_number="（2026）粤0199民初7号")
    grant(house, serial_no)
    assert "案号（2026）粤0199民初7号，甲公司诉乙公司。" in texts(house, serial_no, "permit")[0]


def test_issuing_is_audited_and_told_in_the_feed_save_what_stays_in_the_court(house):
    serial_no = ask(house)
    grant(house, serial_no)
    noted = [one.data["code"] for one in rows(house, Audit, Audit.action == "permit.issue_paper")]
    assert noted == ["receipt", "permit", "stub"]
    told = [one for one in read_changes(house.house, COURT, house.client, 0) if one.what == "paper"]
    assert [one.data["code"] for one in told] == ["receipt", "permit"]
    assert told[1].data["number"] == "（2026）粤0199许令1号"
    assert told[1].data["paper"] == issued(house, serial_no)["permit"].id


def test_the_files_are_made_by_the_worker_and_come_out_the_same_when_they_are_lost(house):
    serial_no = ask(house)
    assert count(house, PaperRow, PaperRow.state == "waiting") == 1
    assert make_due(house.house) == 1
    assert make_due(house.house) == 0
    (row,) = rows(house, PaperRow)
    assert (row.state, len(row.pdf_sha256), len(row.docx_sha256)) == ("made", 64, 64)
    first = house.house.blobs.path(row.pdf_sha256).read_bytes()
    for digest in (row.pdf_sha256, row.docx_sha256):
        house.house.blobs.path(digest).unlink()
    for form, digest in ((PDF, row.pdf_sha256), (DOCX, row.docx_sha256)):
        assert (
            open_paper(house.house, house.actor("reviewer"), "permit", serial_no, row.id, form).sha256
            == digest
        )
    assert house.house.blobs.path(row.pdf_sha256).read_bytes() == first


def test_a_paper_that_cannot_be_made_holds_up_no_other(house):
    ask(house, 1), ask(house, 2)
    bad, good = rows(house, PaperRow)
    house.house.store.write(lambda connection: connection.execute(
        sa.update(PaperRow).where(PaperRow.id == bad.id).values(content={"court": "x"})))  # fmt: skip
    assert make_due(house.house) == 2
    states = {row.id: (row.state, bool(row.error)) for row in rows(house, PaperRow)}
    assert states == {bad.id: ("failed", True), good.id: ("made", False)}
    assert make_due(house.house) == 0


# --- Numbers


def test_numbers_have_no_gap_however_many_issue_at_once(house):
    serials = [ask(house, number) for number in range(8)]
    done: list[str] = []
    gate = threading.Barrier(len(serials))

    def run(serial_no: str) -> None:
        gate.wait(30)
        grant(house, serial_no)
        done.append(serial_no)

    threads = [threading.Thread(target=run, args=[serial_no]) for serial_no in serials]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(done) == sorted(serials)
    numbers = [one.number for one in rows(house, PaperRow, PaperRow.code == "permit")]
    assert sorted(numbers) == sorted(f"（2026）粤0199许令{place}号" for place in range(1, 9))


def test_a_step_that_is_undone_gives_its_number_back(house, monkeypatch):
    first, second = ask(house, 1), ask(house, 2)
    monkeypatch.setattr(steps, "write_terms", broken)  # the step's last act, after its papers were issued
    with pytest.raises(RuntimeError):
        grant(house, first)
    monkeypatch.undo()
    assert set(issued(house, first)) == {"receipt"}
    grant(house, second)
    assert issued(house, second)["permit"].number == "（2026）粤0199许令1号"


def broken(*args: Any, **more: Any) -> None:
    raise RuntimeError("the disk is full")


def test_numbers_begin_anew_with_the_year_of_the_court(house):
    grant(house, ask(house, 1))
    house.clock.now = house.clock.now.replace(month=12, day=31, hour=17)  # 1 January in Shanghai
    serial_no = ask(house, 2)
    grant(house, serial_no)
    assert issued(house, serial_no)["permit"].number == "（2027）粤0199许令1号"
    assert {(row.year, row.last) for row in rows(house, PaperCounter)} == {(2026, 1), (2027, 1)}


# --- Preview


def state_of(house: Fixture) -> list[int]:
    tables = sa.inspect(house.house.store.engine).get_table_names()
    with house.house.store.read() as connection:
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
            for name in sorted(tables)
        ]


@pytest.mark.parametrize("who", ["reviewer", "assistant"])
def test_a_preview_shows_what_would_be_issued_and_keeps_nothing(house, who):
    serial_no = ask(house)
    give_to_judge(house, serial_no)
    before, request = state_of(house), read(house, serial_no)
    papers = preview_papers(
        house.house,
        house.actor(who),
        "permit",
        serial_no,
        "grant",
        opinion="同意。",
        form=FORM | {"remark": ["**请**"]},
    )
    assert set(papers) == {"permit", "stub"}
    text = "\n".join(plain(block) for block in papers["permit"].blocks)
    assert "（2026）粤0199许令　　号" in text
    assert "备注：**请**。" in text
    assert "第二期限2026年11月26日" in text, "limits that the step starts are in it"
    assert papers["permit"].mark == "预览"
    assert state_of(house) == before
    assert read(house, serial_no) == request
    grant(house, serial_no)
    assert issued(house, serial_no)["permit"].number == "（2026）粤0199许令1号"


def test_a_preview_names_what_is_missing_and_is_not_for_everybody(house):
    serial_no = ask(house)
    with pytest.raises(Refused) as caught:
        preview_papers(
            house.house, house.actor("reviewer"), "permit", serial_no, "grant", opinion="", form={}
        )
    assert {one.field for one in caught.value.problems} == {"opinion", "valid_until"}
    with pytest.raises(Refused) as caught:
        preview_papers(
            house.house, house.actor("president"), "permit", serial_no, "grant", opinion="x", form=FORM
        )
    assert caught.value.reason is Reason.FORBIDDEN


def give_to_judge(house: Fixture, serial_no: str) -> None:
    house.house.store.write(lambda connection: connection.execute(
        sa.update(ApplicationRow).where(ApplicationRow.serial_no == serial_no).values(handler_id=house.people["judge"])))  # fmt: skip


# --- Who may read


def refused(call: Any, *args: Any) -> Reason:
    with pytest.raises(Refused) as caught:
        call(*args)
    return caught.value.reason


def test_a_paper_is_read_by_those_who_see_the_request_and_that_is_recorded(house):
    serial_no = ask(house)
    give_to_judge(house, serial_no)
    key = issued(house, serial_no)["receipt"].id
    place = ("permit", serial_no, key, PDF)
    assert open_paper(house.house, house.actor("judge"), *place).mime == "application/pdf"
    assert count(house, Audit, Audit.action == "permit.open_paper") == 1
    assert refused(open_paper, house.house, house.actor("judge2"), *place) is Reason.FORBIDDEN
    other = evolve(house.actor("reviewer"), court="粤0198")
    assert refused(open_paper, house.house, other, *place) is Reason.NOT_FOUND
    another = ask(house, 2)
    assert (
        refused(open_paper, house.house, house.actor("reviewer"), "permit", another, key, PDF)
        is Reason.NOT_FOUND
    )


def test_a_client_reads_the_papers_of_its_own_requests_that_are_offered(house):
    serial_no = ask(house)
    grant(house, serial_no)
    papers = issued(house, serial_no)
    outside = house.outside
    for code in ("receipt", "permit"):
        assert (
            open_paper_outside(house.house, outside, house.client, serial_no, papers[code].id, DOCX).size
            > 10_000
        )
    assert (
        refused(open_paper_outside, house.house, outside, house.client, serial_no, papers["stub"].id, PDF)
        is Reason.NOT_FOUND
    )
    token = add_client(house.house, "second", [COURT])
    second = client_of(house.house, token)
    assert second is not None
    assert (
        refused(open_paper_outside, house.house, outside, second.id, serial_no, papers["permit"].id, PDF)
        is Reason.NOT_FOUND
    )
    assert (
        refused(open_paper_outside, house.house, outside, house.client, "XK404", papers["permit"].id, PDF)
        is Reason.NOT_FOUND
    )


def test_what_is_for_all_participants_is_read_by_a_client_of_the_same_case_once_it_is_disclosed(house):
    house.house.store.write(lambda connection: connection.execute(sa.insert(CaseRow).values(
        court_code=COURT, case_number="（2026）粤0199民初7号", year=2026, court_prefix=COURT, case_type="民初", sequence=7,
        docketed_on=date(2026, 11, 1))))  # fmt: skip
    serial_no = ask(house, case_number="（2026）粤0199民初7号")
    token = add_client(house.house, "second", [COURT])
    second = client_of(house.house, token)
    assert second is not None
    body = body_of(house, "permit", 2, case_number="（2026）粤0199民初7号")
    own = evolve(house.outside, client="second", name="second")
    other = evolve(house, client=second.id, token=token)
    submit(house.house, own, second.id, body_of(other, "permit", 2, case_number=body["case_number"]))
    receipt = issued(house, serial_no)["receipt"].id
    assert (
        refused(open_paper_outside, house.house, own, second.id, serial_no, receipt, PDF) is Reason.NOT_FOUND
    )
    grant(house, serial_no)
    papers = issued(house, serial_no)
    assert open_paper_outside(house.house, own, second.id, serial_no, papers["permit"].id, PDF).size > 1000
    assert (
        refused(open_paper_outside, house.house, own, second.id, serial_no, receipt, PDF) is Reason.NOT_FOUND
    )


# --- A court's own text


def own_text(house: Fixture, code: str, text: str, court: str = COURT) -> None:
    house.house.store.write(lambda connection: connection.execute(sa.insert(PaperTemplate).values(
        court_code=court, kind="permit", code=code, module="permit", text=text, changed_at=house.clock(), changed_by="x")))  # fmt: skip


def test_a_courts_own_text_is_taken_and_papers_issued_before_stay(house):
    first = ask(house, 1)
    own_text(house, "receipt", "## 本院收据\n{{ submitter.name }}")
    second = ask(house, 2)
    assert "本院收据" in texts(house, second, "receipt")[0]
    assert "本院收据" not in texts(house, first, "receipt")[0]
    with house.house.store.read() as connection:
        digests = set(connection.scalars(sa.select(PaperRow.template_digest)))
    assert len(digests) == 2


def test_another_courts_text_is_not_taken(house):
    own_text(house, "receipt", "## 别院收据", court="粤0198")
    assert "别院收据" not in texts(house, ask(house), "receipt")[0]


def test_where_a_courts_text_fails_the_built_in_one_is_issued_and_that_is_recorded(house):
    own_text(house, "receipt", "{{ nowhere }}")
    assert "收到材料凭证" in texts(house, ask(house), "receipt")[0]
    (noted,) = rows(house, Audit, Audit.action == "paper.template_failed")
    assert not noted.succeeded
    assert "nowhere" in noted.data["error"]
