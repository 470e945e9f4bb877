"""The papers that come with the demo's filings: real PDF, JPEG and PNG files about nobody, and saying so."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MARK = "虚构样例"
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)
_PAGE = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title)
#set page(paper: "a4", margin: (x: 28mm, y: 26mm), numbering: "— 1 —",
  header: align(right, text(8pt, fill: luma(120))[虚构样例，仅供演示，不具有任何法律效力]),
  background: rotate(-32deg, text(72pt, fill: luma(240))[虚构样例]))
#set text(font: "WenQuanYi Micro Hei", size: 12pt, lang: "zh")
#set par(leading: 1em, first-line-indent: (amount: 2em, all: true), justify: true)
#align(center, text(20pt, tracking: 0.2em, paper.title))
#v(6mm)
#for section in paper.sections {
  if section.page { pagebreak() }
  if section.head != "" { block(above: 1.4em, below: 0.9em, text(13pt, weight: "bold", section.head)) }
  for line in section.lines { par(line) }
  if section.rows.len() > 0 {
    table(columns: section.rows.at(0).map(_ => auto), inset: 6pt,
      ..section.rows.flatten().map(cell => par(first-line-indent: 0em, cell)))
  }
}
"""


@cache
def font() -> Path:
    """Return the Chinese font that was installed with the program."""
    found = find_spec("paperang_p2_fonts_cjk")
    if found is None or found.origin is None:
        raise RuntimeError("the package paperang-p2-fonts-cjk is not installed; run: make install")
    return Path(found.origin).parent / "fonts" / "wqy-microhei.ttc"


def section(
    head: str = "", lines: Iterable[str] = (), rows: Sequence[Sequence[str]] = (), *, page: bool = False
) -> dict[str, Any]:
    """Return a part of a paper: a heading, paragraphs, a table; on a page of its own where ``page``."""
    return {"head": head, "lines": list(lines), "rows": [list(row) for row in rows], "page": page}


def pdf(title: str, sections: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a paper as PDF."""
    import typst

    made = typst.compile(  # type: ignore[misc]  # its type variables have defaults that mypy cannot infer
        _PAGE.encode(), font_paths=[font().parent], ignore_system_fonts=True, timestamp=_STAMP,
        sys_inputs={"paper": json.dumps({"title": title, "sections": list(sections)}, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def pages_of(content: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2  # type: ignore[import-untyped]  # published without types

    with pypdfium2.PdfDocument(content) as document:
        return len(document)


def complaint(
    title: str, parties: Sequence[str], claims: Sequence[str], facts: str, evidence: Sequence[str], court: str, day: str
) -> bytes:  # fmt: skip
    """Return a complaint of two pages or more."""
    signed = parties[0].split("：", 1)[1].split("，", 1)[0]
    return pdf(title, [
        section("当事人", parties),
        section("诉讼请求", [f"{place}．{claim}" for place, claim in enumerate(claims, 1)]),
        section("事实与理由", [facts, "综上，为维护自身合法权益，特向贵院提起诉讼，望判如所请。"]),
        section("证据和证据来源", rows=[("序号", "证据名称", "来源"), *((str(place), one, "起诉人保存") for place, one in enumerate(evidence, 1))], page=True),
        section("", ["此致", court, f"具状人：{signed}（签名从略）", day]),
    ])  # fmt: skip


def scan(title: str, lines: Sequence[str], kind: str, *, tint: str = "#f6f1e3") -> bytes:
    """Return a picture of a card or certificate, clearly marked, as ``JPEG`` or ``PNG``."""
    from PIL import Image, ImageDraw, ImageFont

    large, small = ImageFont.truetype(str(font()), 34), ImageFont.truetype(str(font()), 24)
    picture = Image.new("RGB", (856, 540), tint)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((12, 12, 843, 527), outline="#7d6b4a", width=3)
    draw.text((428, 60), title, font=large, fill="#3c2f1a", anchor="mm")
    for place, line in enumerate(lines):
        draw.text((60, 120 + place * 48), line, font=small, fill="#222222")
    for place in range(4):
        draw.text((120 + place * 200, 470 - place * 110), MARK, font=large, fill="#c9a2a2", anchor="mm")
    draw.text((428, 505), "此图为虚构样例，不是真实证件", font=small, fill="#b00020", anchor="mm")
    held = io.BytesIO()
    picture.save(held, kind, **({"quality": 80} if kind == "JPEG" else {"optimize": True}))
    return held.getvalue()


def common_papers() -> dict[str, tuple[str, bytes]]:
    """Return the papers many filings share: (file name, content) by what they are."""

    def plain(*lines: str) -> list[dict[str, Any]]:
        return [section("", lines)]

    return {
        "plaintiff_identity": ("原告身份证（样例）.jpg", scan("居民身份证（虚构样例）", ["姓名  某某", "公民身份号码  440100190001010014", "住址  广东省虚构市示例区示例路1号"], "JPEG")),
        "business_licence": ("营业执照（样例）.png", scan("营业执照（虚构样例）", ["名称  虚构市示例贸易有限公司", "统一社会信用代码  91440199TEXT000173", "法定代表人  某某"], "PNG", tint="#eef4ea")),
        "legal_representative": ("法定代表人身份证明书.pdf", pdf("法定代表人身份证明书", plain("兹证明某某同志在我单位任经理职务，系我单位的法定代表人。", "特此证明。", "虚构市示例贸易有限公司（盖章从略）"))),
        "power_of_attorney": ("授权委托书.pdf", pdf("授权委托书", plain("委托人现委托受托人在本案中作为委托人的诉讼代理人。", "代理权限以在线填报的内容为准。", "委托人：（签名从略）"))),
        "agent_identity": ("律师执业证（样例）.jpg", scan("律师执业证（虚构样例）", ["姓名  某某", "执业证号  14499201011000001", "执业机构  广东示例律师事务所"], "JPEG", tint="#f3e6e6")),
        "law_firm_letter": ("律师事务所函.pdf", pdf("律师事务所函", plain("贵院：", "本所接受委托，指派律师担任本案诉讼代理人，特此函告。", "广东示例律师事务所（盖章从略）"))),
        "defendant_identity": ("被告身份信息.pdf", pdf("被告身份信息材料", [section("", ["以下信息由原告提供，供法院核对。"], [("项目", "内容"), ("姓名或名称", "见在线填报的内容"), ("住所", "广东省虚构市示例区样本街2号"), ("来源", "合同所载信息")])])),
        "evidence": ("证据一至证据三.pdf", pdf("证据材料", [section("证据一　合同", ["甲乙双方经平等协商，就有关事项约定如下。"] + ["双方应当按照约定全面履行自己的义务，不得擅自变更或者解除合同。"] * 8), section("证据二　往来函件", ["请贵方在收到本函之日起七日内履行付款义务。"] * 8, page=True), section("证据三　付款记录", rows=[("日期", "摘要", "金额（元）"), ("2025-03-01", "转账", "10000.00"), ("2025-04-01", "转账", "20000.00")], page=True)])),
        "evidence_photo": ("转账截图.png", scan("转账凭证（虚构样例）", ["交易状态  成功", "收款人  某某", "金额  见证据目录"], "PNG", tint="#e8f0fa")),
        "service_address": ("送达地址确认书.pdf", pdf("送达地址确认书", plain("本人确认在线填报的送达地址、联系电话和电子送达地址准确、有效。", "本人同意人民法院采用电子方式送达诉讼文书。", "确认人：（签名从略）"))),
        "fee_relief": ("缓交诉讼费申请书.pdf", pdf("缓交诉讼费用申请书", plain("申请人因经济确有困难，申请缓交案件受理费，并附街道出具的困难证明。", "申请人：（签名从略）"))),
        "evidence_more": ("补充证据.pdf", pdf("补充证据", [section("补充证据一", ["根据法院补正通知，现补充提交被告身份信息和证据原件扫描件。"] * 3), section("补充证据二", ["往来邮件打印件。"] * 3, page=True)])),
        "evidence_list": ("证据目录.pdf", pdf("证据目录", [section("", ["提交人：见在线填报的内容。"], [("序号", "证据名称", "证明内容", "页码"), ("1", "合同", "双方的权利义务", "1"), ("2", "往来函件", "催告的事实", "2"), ("3", "付款记录", "已付的款项", "3")])])),
    }  # fmt: skip
