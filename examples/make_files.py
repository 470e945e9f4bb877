"""Makes files as an applicant has them: a complaint, a list of evidence, an identity card, a heavy scan. All of it made up.

    python examples/make_files.py FOLDER [--megabytes 20]

The same files every time, byte by byte, so that they can be named by their digest.
"""

# ruff: noqa: INP001, T201 - a program of its own, that prints

import argparse
import importlib.util
import io
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import typst
from PIL import Image, ImageDraw, ImageFont

STAMP = datetime(2026, 1, 1, tzinfo=UTC)
NOTE = "虚构样例，仅供演示"
PAGE = """
#let paper = json(bytes(sys.inputs.paper))
#set page(paper: "a4", margin: 28mm, numbering: "1 / 1", header: align(right, text(8pt, paper.note)))
#set text(font: "WenQuanYi Micro Hei", size: 12pt, lang: "zh")
#set par(leading: 1em, first-line-indent: (amount: 2em, all: true))
#align(center, text(20pt, paper.title))
#for (place, lines) in paper.pages.enumerate() {
  if place > 0 { pagebreak() }
  for line in lines { par(line) }
}
"""
COMPLAINT = [
    ["原告：甲某某，男，1900年1月1日出生，汉族，住示例市示例区示例路1号，联系电话19900000001。",
     "被告：示例贸易有限公司，住所地示例市示例区示例路2号，统一社会信用代码91440199TEXT000173。",
     "诉讼请求：", "一、判令被告支付货款128456.78元；", "二、判令被告承担本案诉讼费用。"],
    ["事实与理由：", "原告与被告签订买卖合同，约定由原告供货，被告收货后三十日内付款。", *["原告按约交付货物，被告收货后未付款，经原告多次催告，被告仍以各种理由拖延。"] * 12],
    ["证据和证据来源：买卖合同、送货单、对账单，均由原告保存。", "此致", "广东省虚构市第一人民法院", "具状人：甲某某（签名从略）"],
]  # fmt: skip
EVIDENCE_LIST = [
    [
        "1．买卖合同，证明双方约定的价款和付款时间，第1至3页。",
        "2．送货单，证明原告已交付货物，第4至9页。",
        "3．对账单，证明尚欠货款的数额，第10页。",
    ]
]


def font() -> Path:
    """Return the Chinese font of the environment."""
    found = importlib.util.find_spec("paperang_p2_fonts_cjk")
    if found is None or found.origin is None:
        raise SystemExit("缺少中文字体：请先运行 make install。")
    return Path(found.origin).parent / "fonts" / "wqy-microhei.ttc"


def pdf(title: str, pages: list[list[str]]) -> bytes:
    """Return a paper with text in it, one list of lines a page."""
    paper = json.dumps({"title": title, "pages": pages, "note": NOTE}, ensure_ascii=False)
    return typst.compile(
        PAGE.encode(), font_paths=[font().parent], ignore_system_fonts=True, timestamp=STAMP, sys_inputs={"paper": paper}
    )  # fmt: skip


def identity() -> bytes:
    """Return a picture that shows what is not an identity card."""
    picture = Image.new("RGB", (856, 540), "#f6f1e3")
    draw = ImageDraw.Draw(picture)
    large, small = ImageFont.truetype(str(font()), 36), ImageFont.truetype(str(font()), 24)
    draw.text((428, 70), f"居民身份证（{NOTE}）", font=large, fill="#3c2f1a", anchor="mm")
    for place, line in enumerate(
        ("姓名  甲某某", "公民身份号码  440100190001010014", "住址  示例市示例区示例路1号")
    ):
        draw.text((60, 150 + 60 * place), line, font=small, fill="#222222")
    draw.text((428, 480), "不是真实证件", font=large, fill="#b00020", anchor="mm")
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=85)
    return held.getvalue()


def scan(megabytes: float) -> bytes:
    """Return a scan of about so many megabytes: every page a noisy picture, as cheap scanners make them."""
    dice = random.Random(199)  # noqa: S311 - noise, no secret
    large = ImageFont.truetype(str(font()), 60)
    pages: list[Image.Image] = []
    size = 0
    while size < megabytes * 1_000_000:
        page = Image.frombytes("L", (1000, 1414), dice.randbytes(1000 * 1414))
        ImageDraw.Draw(page).text(
            (500, 700), f"虚构扫描件 第{len(pages) + 1}页", font=large, fill=0, anchor="mm"
        )
        held = io.BytesIO()
        page.save(held, "JPEG", quality=75)
        size += len(held.getvalue())
        pages.append(page)
    held = io.BytesIO()
    stamp = time.gmtime(STAMP.timestamp())
    pages[0].save(
        held, "PDF", save_all=True, append_images=pages[1:], quality=75, creationDate=stamp, modDate=stamp
    )
    return held.getvalue()


def make_files(folder: Path, megabytes: float = 20) -> list[Path]:
    """Write the files into ``folder`` and return them; one that is there is left."""
    folder.mkdir(parents=True, exist_ok=True)
    makers = {
        "complaint.pdf": lambda: pdf("民事起诉状", COMPLAINT),
        "evidence_list.pdf": lambda: pdf("证据目录", EVIDENCE_LIST),
        "identity.jpg": identity,
        "scan.pdf": lambda: scan(megabytes),
    }
    for name, make in makers.items():
        if not (folder / name).exists():
            side = folder / f"{name}.part"
            side.write_bytes(make())
            side.replace(folder / name)
    return [folder / name for name in makers]


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description="生成演示用的申请材料（全部为虚构）")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=20, help="扫描件的大小（MB）")
    given = parser.parse_args()
    for path in make_files(given.folder, given.megabytes):
        print(f"{path}  {path.stat().st_size} 字节")


if __name__ == "__main__":
    main()
