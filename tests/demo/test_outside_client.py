"""The example client against a real server: the whole story, each command, and refusals."""

import ast
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa
import typed_settings as ts
from attrs import frozen
from cheroot.wsgi import Server
from PIL import Image

from core.api.app import api_application
from core.loader import find_modules, load_modules
from core.records import ApplicationRow
from core.roles import Role
from core.settings import ROOT, Settings
from core.values import Actor
from core.work.house import House
from core.work.people import list_people
from core.work.review import decide, open_review, save_review
from demo import prepare, stop_gateway
from demo.plans import PLANS
from demo.staff import FIRST
from host import build_house
from tests.support.ports import wait_until

EXAMPLES = ROOT / "examples"
Result = subprocess.CompletedProcess


@frozen
class Outside:
    """A served demo without filings, and the client's files."""

    folder: Path
    files: Path
    reviewer: Actor
    house: House

    def run(self, *arguments: str, court: str = FIRST.code, **changes: str) -> Result[str]:
        """Run the client as a person does, with nothing of the project on its path."""
        command = [
            sys.executable,
            "-P",
            str(EXAMPLES / "outside_client.py"),
            "--demo",
            str(self.folder / "demo.json"),
        ]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [*command, "--court", court, *arguments], capture_output=True, encoding="utf-8", timeout=120, check=False,
            cwd=self.folder, env=environment | {"PYTHONUTF8": "1", "http_proxy": "http://127.0.0.1:9"} | changes,
        )  # fmt: skip


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(data_dir=folder, secret_key=ts.SecretStr("a-secret-for-tests-of-32-characters"))
    house = build_house(settings, load_modules(find_modules([ROOT / "plugins"])))
    server = Server(("127.0.0.1", 0), api_application(house), numthreads=4)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    prepare(house, folder, f"http://127.0.0.1:{server.bind_addr[1]}", filings=0)
    files = folder / "files-of-the-applicant"
    made = subprocess.run(
        [sys.executable, EXAMPLES / "make_files.py", files, "--megabytes", "2"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert "scan.pdf" in made.stdout
    one = next(one for one in list_people(house, FIRST.code) if Role.CENTRE_REVIEWER in one.roles)
    reviewer = Actor(
        court=FIRST.code,
        person=one.id,
        name=one.name,
        roles=frozenset(one.roles),
        handles=frozenset({one.id}),
    )
    yield Outside(folder, files, reviewer, house)
    server.stop()
    stop_gateway(folder)
    house.store.close()


@pytest.fixture
def filed(outside: Outside) -> Callable[..., str]:
    def file(*arguments: str) -> str:
        done = outside.run("file", "--files", str(outside.files), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.split("流水号 ")[1].split("，")[0]

    return file


def test_the_example_client_needs_only_the_standard_library():
    imported = names_imported(EXAMPLES / "outside_client.py")
    assert imported <= set(sys.stdlib_module_names)
    assert not names_imported(EXAMPLES / "make_files.py") & {"core", "plugins", "host", "tests"}


def names_imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_files_are_real_and_the_same_every_time(outside: Outside, tmp_path: Path):
    command = [sys.executable, EXAMPLES / "make_files.py", tmp_path, "--megabytes", "2"]
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True)
    names = ["complaint.pdf", "evidence_list.pdf", "identity.jpg", "scan.pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert all((tmp_path / name).read_bytes() == (outside.files / name).read_bytes() for name in names)
    with pypdfium2.PdfDocument(tmp_path / "complaint.pdf") as document:
        assert len(document) >= 3
        page = document[0]
        text = page.get_textpage()
        assert "民事起诉状" in text.get_text_bounded()
        text.close()
        page.close()
    with Image.open(tmp_path / "identity.jpg") as picture:
        picture.verify()
    assert 1_900_000 < (tmp_path / "scan.pdf").stat().st_size < 3_500_000


def test_kinds_are_listed_with_their_attachments(outside: Outside):
    done = outside.run("kinds")
    assert done.returncode == 0, done.stderr
    assert "filing　网上立案" in done.stdout
    assert "complaint" in done.stdout


def test_the_whole_story_is_played(outside: Outside):
    done = outside.run("story", "--files", str(outside.files))
    assert done.returncode == 0, done.stderr
    assert "演示结束：流水号 LA" in done.stdout
    assert "留言（申请人）：材料已提交，请问何时可以有结果？" in done.stdout


@pytest.mark.parametrize("kind", PLANS)
def test_any_kind_is_filed_from_its_example(outside: Outside, filed: Callable[..., str], kind: str):
    if outside.house.modules.flow(kind) is None:
        pytest.skip(f"{kind} is not installed")
    serial = filed("--kind", kind)
    with outside.house.store.read() as connection:
        held = connection.scalar(sa.select(ApplicationRow.kind).where(ApplicationRow.serial_no == serial))
    assert held == kind
    assert serial in outside.run("show", serial).stdout


def test_a_paper_is_fetched_or_refused(outside: Outside, filed: Callable[..., str], tmp_path: Path):
    serial = filed("--kind", "suggestion")
    done = outside.run("paper", serial, "1", "--to", str(tmp_path / "paper.pdf"))
    assert (done.returncode, "被拒绝（404）" in done.stderr) == (1, True)
    step = outside.run("step", serial, "nothing", "--set", "note=无")
    assert (step.returncode, "被拒绝" in step.stderr) == (1, True)


def test_what_is_set_by_hand_is_filed(outside: Outside, filed: Callable[..., str]):
    serial = filed(
        "--set",
        "fields.claim_amount=5000.00",
        "--set",
        "fields.parties[0].name=赵某甲",
        "--set",
        "fields.agents=[]",
    )
    with outside.house.store.read() as connection:
        held = connection.scalar(
            sa.select(ApplicationRow.applicant).where(ApplicationRow.serial_no == serial)
        )
    assert held == "赵某甲"


def test_a_filing_is_followed_corrected_and_withdrawn(outside: Outside, filed: Callable[..., str]):
    serial = filed()
    assert "已收到，待审查（SUBMITTED）" in outside.run("show", serial).stdout
    send_back(outside, serial)
    shown = outside.run("show", serial).stdout
    assert "RETURNED_FOR_CORRECTION" in shown
    assert "请重新扫描" in shown
    corrected = outside.run(
        "resubmit",
        serial,
        "--files",
        str(outside.files),
        "--file",
        f"evidence={outside.files / 'identity.jpg'}",
    )
    assert corrected.returncode == 0, corrected.stderr
    assert "第2次提交" in corrected.stdout
    complained = outside.run("message", serial, "请尽快答复。", "--complaint")
    assert "留言（申请人，投诉）：请尽快答复。" in complained.stdout
    assert "WITHDRAWN" in outside.run("withdraw", serial, "--reason", "已和解").stdout
    changes = outside.run("changes")
    assert serial in changes.stdout
    assert "下次从 --after" in changes.stdout


def send_back(outside: Outside, serial: str) -> None:
    form = {"reasons": ["unclear"], "correction_days": ["7"]}
    form |= {"corrections.0.item": ["证据"], "corrections.0.requirement": ["请重新扫描"]}
    review(outside, serial, "return_for_correction", form)


def review(outside: Outside, serial: str, code: str, form: dict[str, list[str]]) -> None:
    seen = open_review(outside.house, outside.reviewer, "filing", serial).application.version
    save_review(
        outside.house, outside.reviewer, "filing", serial, decision=code, opinion="见理由", form=form, version=seen
    )  # fmt: skip
    decide(outside.house, outside.reviewer, "filing", serial, code, seen)


def test_the_story_corrects_what_comes_back_and_ends_with_the_court(outside: Outside):
    known = set(serials(outside))

    def court() -> None:
        serial = wait_until(lambda: set(serials(outside)) - known, "a filing").pop()
        send_back(outside, serial)
        wait_until(lambda: serials(outside, revision=2).count(serial), "the correction")
        form = {
            "redirect_ground": ["arbitration"],
            "reasons": ["arbitration"],
            "authority": ["虚构仲裁委员会"],
        }
        review(outside, serial, "redirect", form)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(court)
        story = outside.run("story", "--files", str(outside.files), "--wait", "60")
        done.result()
    assert story.returncode == 0, story.stderr
    assert "补正后重新提交" in story.stdout
    assert "第2次提交" in story.stdout
    assert "应向何机关、法院提出：虚构仲裁委员会" in story.stdout


def serials(outside: Outside, revision: int = 1) -> list[str]:
    with outside.house.store.read() as connection:
        found = sa.select(ApplicationRow.serial_no).where(ApplicationRow.revision >= revision)
        return list(connection.scalars(found))


def test_a_refusal_ends_with_status_1_and_names_every_problem(outside: Outside):
    done = outside.run(
        "file", "--files", str(outside.files), "--set", "fields.claim_amount=abc", "--set", "fields.facts="
    )
    assert done.returncode == 1
    assert "被拒绝（422）" in done.stderr
    assert "fields.claim_amount" in done.stderr
    assert "fields.facts" in done.stderr


def test_what_cannot_be_done_is_said_plainly(outside: Outside):
    missing = outside.run("show", "LA00000000000000000000")
    assert (missing.returncode, "被拒绝（404）" in missing.stderr) == (1, True)
    other = outside.run("kinds", court="京01")
    assert (other.returncode, "京01" in other.stderr) == (1, True)
    kind = outside.run("file", "--kind", "nothing")
    assert (kind.returncode, "没有开通" in kind.stderr) == (1, True)
    file = outside.run("file", "--file", "complaint=/nowhere.pdf")
    assert (file.returncode, "--file" in file.stderr) == (1, True)
    change = outside.run("file", "--set", "nothing")
    assert (change.returncode, "--set" in change.stderr) == (1, True)
    nobody = outside.run("--url", "http://127.0.0.1:9", "kinds")
    assert (nobody.returncode, "没有成功" in nobody.stderr) == (1, True)
    told = json.loads((outside.folder / "demo.json").read_text())
    bad = outside.run("--token", "wrong", "--url", told["base_url"], "kinds")
    assert (bad.returncode, "被拒绝（401）" in bad.stderr) == (1, True)


def test_a_court_that_is_off_or_not_named_is_said(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, EXAMPLES / "outside_client.py", "kinds"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "--demo" in done.stderr
