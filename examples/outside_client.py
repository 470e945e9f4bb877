"""An outside platform in one file: files requests and follows them, by the public API and Python's standard library alone.

    python examples/outside_client.py --demo var/demo/demo.json kinds
    python examples/outside_client.py --demo var/demo/demo.json story

``story`` plays the applicant's part from beginning to end. For files it runs make_files.py beside it, which needs the
project's environment (.venv/bin/python); with ``--file category=PATH`` for each category any Python will do.
A refusal is printed problem by problem and ends the program with status 1.
"""

# ruff: noqa: INP001, T201 - a program of its own, that prints; every command takes the same arguments

import argparse
import copy
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

PATIENCE = 60
MADE = {"complaint": "complaint.pdf", "plaintiff_identity": "identity.jpg", "evidence": "scan.pdf"}
OTHER = "evidence_list.pdf"
"""What stands for every other category."""
_FIXED = ("kind", "case_number", "parent")
"""What a resubmission does not say again."""


class Refusal(Exception):
    """What the server declined, and why."""

    def __init__(self, status, problem):
        super().__init__(status)
        self.status = status
        self.problem = problem


class Court:
    """One court as the outside platform reaches it."""

    def __init__(self, url, token, code):
        self.base = f"{url.rstrip('/')}/api/v1/courts/{urllib.parse.quote(code, safe='')}"
        self.token = token
        # The court is asked directly, whatever proxy the machine uses for the rest of the world.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, method, path, body=None, *, raw=None, size=None, key=None):
        """Call the court and return (status, answer).

        Raises:
            Refusal: the answer is no success.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        data = raw
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        if raw is not None:
            headers |= {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        if key is not None:
            headers["Idempotency-Key"] = key
        request = urllib.request.Request(self.base + path, data=data, headers=headers, method=method)  # noqa: S310 - the address is the user's own
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                raise Refusal(error.code, _json(error.read())) from None

    def fetch(self, path):
        """Return the bytes behind ``path``."""
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {self.token}"})  # noqa: S310 - the address is the user's own
        try:
            with self.opener.open(request, timeout=PATIENCE) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise Refusal(error.code, _json(error.read())) from None

    def kind(self, name):
        """Return the kind ``name`` as the court describes it, with its schema and examples."""
        kinds = self.call("GET", "/kinds")[1]["kinds"]
        for kind in kinds:
            if kind["kind"] == name:
                return kind
        raise SystemExit(f"本院没有开通“{name}”；已开通：{'、'.join(one['kind'] for one in kinds) or '无'}。")

    def put_file(self, path):
        """Upload a file under its digest, streaming; return the digest."""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        sha256 = digest.hexdigest()
        with path.open("rb") as file:
            status, _ = self.call("PUT", f"/files/{sha256}", raw=file, size=path.stat().st_size)
        print(
            f"  上传 {path.name}（{path.stat().st_size} 字节）{'' if status == 201 else '：法院已有此文件'}"
        )
        return sha256

    def post(self, path, body):
        """Post ``body`` under a key of its own, so that a lost answer can be asked for again."""
        key = str(uuid.uuid4())
        for attempt in range(3):
            try:
                return self.call("POST", path, body, key=key)[1]
            except urllib.error.URLError:
                if attempt == 2:
                    raise
                time.sleep(1)
        raise AssertionError("unreachable")


def _json(raw):
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {"detail": raw.decode("utf-8", "replace")[:500]}


# --- What is filed


def submission(court, given):
    """Return a whole submission: the court's own example, the user's changes, the files uploaded."""
    kind = court.kind(given.kind)
    body = copy.deepcopy(kind["examples"][0])
    body["submission_id"] = f"outside-{uuid.uuid4()}"
    for change in given.set:
        name, found, value = change.partition("=")
        if not found:
            raise SystemExit(f"--set 应写成 路径=值，例如 fields.claim_amount=5000.00：{change}")
        put(body, name, value)
    body["attachments"] = attachments(court, body.get("attachments", []), given)
    return body


def put(body, path, text):
    """Set what ``path`` (fields.parties.0.name) names; a text stays a text, anything else is read as JSON."""
    *way, last = re.split(r"[.\[\]]+", path.rstrip("]"))
    place = body
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    key = int(last) if isinstance(place, list) else last
    before = (
        None
        if isinstance(place, list) and key >= len(place)
        else place[key]
        if isinstance(place, list)
        else place.get(key)
    )
    place[key] = text if isinstance(before, str) else _value(text)


def _value(text):
    try:
        value = json.loads(text)
    except ValueError:
        return text
    # Amounts are sent as text: 0.10 has to stay 0.10.
    return text if isinstance(value, float) else value


def attachments(court, wanted, given):
    """Return the attachments of a submission: the user's files, and made ones for what is still wanted."""
    own = []
    for one in given.file:
        category, found, path = one.partition("=")
        if not found or not Path(path).is_file():
            raise SystemExit(f"--file 应写成 类别=路径，且文件存在：{one}")
        own.append((category, Path(path)))
    held = {category for category, _ in own}
    missing = [one["category"] for one in wanted if one["category"] not in held]
    folder = files_folder(given) if missing else None
    named = own + [(category, folder / MADE.get(category, OTHER)) for category in missing]
    digests = {}
    for _, path in named:
        if path not in digests:
            digests[path] = court.put_file(path)
    return [
        {"sha256": digests[path], "name": path.name, "category": category, "copies": 1, "is_original": False}
        for category, path in named
    ]


def files_folder(given):
    """Return the folder with made-up files, making them where they are not there yet."""
    folder = given.files or Path(tempfile.gettempdir()) / "benchside-example-files"
    wanted = {*MADE.values(), OTHER}
    if not all((folder / name).exists() for name in wanted):
        print(f"生成演示文件：{folder}")
        maker = Path(__file__).with_name("make_files.py")
        command = [sys.executable, maker, folder, "--megabytes", str(given.megabytes)]
        made = subprocess.run(command, check=False)  # noqa: S603 - our own program
        if made.returncode:
            raise SystemExit(
                "演示文件没有生成。请用项目环境的 Python 运行，或用 --file 类别=路径 逐一给出文件。"
            )
    return folder


# --- What is shown


def show(found):
    """Print where a request stands."""
    state = found["state"]
    print(
        f"流水号 {found['serial_no']}　状态：{state['label_zh']}（{state['code']}）　第{found['revision']}次提交"
    )
    if found.get("case_number"):
        print(f"  案号：{found['case_number']}")
    if decision := found.get("decision"):
        print(f"  审查结论：{decision['label_zh']}　{decision['opinion']}")
        for detail in decision.get("details", []):
            print(f"    {detail['label_zh']}：{_shown(detail['value'])}")
    for limit in found.get("deadlines", []):
        who = "申请人" if limit["binds"] == "applicant" else "法院"
        print(f"  期限（{who}）：{limit['label_zh']}，至{limit['ends_on'] or '待定'}，{limit['status']}")
    for message in found.get("messages", []):
        who = "法院" if message["from"] == "court" else "申请人"
        print(f"  留言（{who}{'，投诉' if message['complaint'] else ''}）：{message['text']}")
    for paper in found.get("papers", []):
        number = f"　{paper['number']}" if paper.get("number") else ""
        print(f"  文书 {paper['id']}：{paper['title_zh']}{number}")


def _shown(value):
    if isinstance(value, dict):
        return "，".join(str(one) for one in value.values())
    return "；".join(_shown(one) for one in value) if isinstance(value, list) else str(value)


def show_problem(refusal):
    """Print what was refused, every problem on a line of its own."""
    problem = refusal.problem
    print(
        f"被拒绝（{refusal.status}）：{problem.get('detail') or problem.get('title') or '没有说明'}",
        file=sys.stderr,
    )
    for one in problem.get("errors", []):
        print(f"  {one['field'] or '（整体）'}：{one['message_zh']}", file=sys.stderr)


# --- The commands


def run_kinds(court, given):
    """Print what the court takes."""
    for kind in court.call("GET", "/kinds")[1]["kinds"]:
        print(f"{kind['kind']}　{kind['title_zh']}")
        for one in kind.get("attachments", []):
            print(f"    附件 {one['category']}　{one['title_zh']}{'（必须）' if one['required'] else ''}")
        for one in kind.get("steps", []):
            print(f"    步骤 {one['code']}　{one['title_zh']}")


def run_file(court, given):
    """File a request."""
    received = court.post("/applications", submission(court, given))
    print(f"已收到：流水号 {received['serial_no']}，{received['received_at']}")
    return received["serial_no"]


def run_show(court, given):
    """Print where a request stands."""
    show(court.call("GET", _one(given.serial))[1])


def run_changes(court, given):
    """Print what changed after a cursor."""
    after = given.after
    while True:
        found = court.call("GET", f"/changes?after={after}")[1]
        for one in found["changes"]:
            more = "，".join(
                f"{name}={value}"
                for name, value in one.items()
                if name not in ("cursor", "serial_no", "what", "at")
            )
            print(f"{one['cursor']}　{one['at']}　{one['serial_no']}　{one['what']}　{more}")
        after = found["next"]
        if not found["changes"]:
            print(f"下次从 --after {after} 开始")
            return


def run_resubmit(court, given):
    """Correct and resubmit."""
    body = {name: value for name, value in submission(court, given).items() if name not in _FIXED}
    show(court.post(_one(given.serial) + "/resubmissions", body))


def run_withdraw(court, given):
    """Take a request back."""
    show(court.post(_one(given.serial) + "/withdrawal", {"reason": given.reason} if given.reason else {}))


def run_message(court, given):
    """Write to the court."""
    show(court.post(_one(given.serial) + "/messages", {"text": given.text, "complaint": given.complaint}))


def run_step(court, given):
    """Take a step that the kind offers to the applicant: a return receipt, a renewal."""
    body = {"fields": {}}
    for change in given.set:
        name, _, value = change.partition("=")
        put(body, name if name.startswith("fields.") else f"fields.{name}", value)
    body["attachments"] = attachments(court, [], given)
    show(court.post(f"{_one(given.serial)}/steps/{urllib.parse.quote(given.code)}", body))


def run_paper(court, given):
    """Fetch a paper that the court issued."""
    path = f"{_one(given.serial)}/papers/{given.paper}?format={given.to.suffix[1:] or 'pdf'}"
    given.to.write_bytes(court.fetch(path))
    print(f"已保存：{given.to}")


def run_story(court, given):
    """Play the applicant's part from the beginning to the end."""
    print("一、法院受理的申请")
    run_kinds(court, given)
    print("二、上传材料并提交立案申请")
    body = submission(court, given)
    first = court.post("/applications", body)
    serial = first["serial_no"]
    print(f"  已收到：流水号 {serial}，{first['received_at']}")
    print("三、网络中断后重发同一申请，得到同一流水号")
    again = court.post("/applications", body)
    print(f"  {again['serial_no']}")
    if again["serial_no"] != serial:
        raise SystemExit("同一申请得到了两个流水号。")
    print("四、给法院留言")
    court.post(_one(serial) + "/messages", {"text": "材料已提交，请问何时可以有结果？"})
    show(court.call("GET", _one(serial))[1])
    print("五、等待法院处理")
    follow(court, given, body, serial)
    print(f"演示结束：流水号 {serial}")


def follow(court, given, body, serial):
    """Wait for the court as long as was asked for; correct what it sends back."""
    until = time.monotonic() + given.wait
    known = "SUBMITTED"
    while known not in ("DOCKETED", "NOT_ACCEPTED", "REDIRECTED", "LAPSED", "WITHDRAWN"):
        found = court.call("GET", _one(serial))[1]
        if found["state"]["code"] != known:
            known = found["state"]["code"]
            show(found)
        if known == "RETURNED_FOR_CORRECTION":
            print("  补正后重新提交")
            corrected = {name: value for name, value in body.items() if name not in _FIXED}
            corrected["submission_id"] = f"outside-{uuid.uuid4()}"
            show(court.post(_one(serial) + "/resubmissions", corrected))
            known = "SUBMITTED"
        if time.monotonic() >= until:
            print("  不再等待。可登录法官端审查此件，再用 show 查询。")
            return
        time.sleep(min(1, max(0, until - time.monotonic())))


def _one(serial):
    return "/applications/" + urllib.parse.quote(serial, safe="")


# --- The command line


def parser():
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(description="外网平台示例：只用公开接口提交和跟踪申请")
    made.add_argument("--demo", type=Path, help="演示说明文件 demo.json（给出地址、法院和令牌）")
    made.add_argument("--url", help="地址，例如 http://127.0.0.1:8080")
    made.add_argument("--token", help="接入方令牌")
    made.add_argument("--court", help="法院代字，例如 粤0199")
    made.add_argument("--client", help="demo.json 中接入方的名称")
    commands = made.add_subparsers(dest="command", required=True)
    filed = argparse.ArgumentParser(add_help=False)
    filed.add_argument("--kind", default="filing", help="申请种类")
    filed.add_argument("--file", action="append", default=[], metavar="类别=路径", help="附件，可重复")
    filed.add_argument(
        "--set", action="append", default=[], metavar="路径=值", help="例如 fields.claim_amount=5000.00"
    )
    filed.add_argument("--files", type=Path, help="演示文件所在的文件夹（没有则生成）")
    filed.add_argument("--megabytes", type=float, default=20, help="生成的扫描件大小（MB）")
    commands.add_parser("kinds", help="法院受理哪些申请").set_defaults(run=run_kinds)
    commands.add_parser("file", parents=[filed], help="提交申请").set_defaults(run=run_file)
    story = commands.add_parser("story", parents=[filed], help="演示全过程")
    story.add_argument("--wait", type=float, default=0, help="等待法院处理的秒数")
    story.set_defaults(run=run_story)
    changes = commands.add_parser("changes", help="变更")
    changes.add_argument("--after", type=int, default=0, help="上次的游标")
    changes.set_defaults(run=run_changes)
    for name, run, parents, text in (
        ("show", run_show, [], "查询一件申请"), ("resubmit", run_resubmit, [filed], "补正重交"),
        ("withdraw", run_withdraw, [], "撤回"), ("message", run_message, [], "留言"),
    ):  # fmt: skip
        one = commands.add_parser(name, parents=parents, help=text)
        one.add_argument("serial", help="流水号")
        one.set_defaults(run=run)
        if name == "withdraw":
            one.add_argument("--reason", default="", help="理由")
        if name == "message":
            one.add_argument("text", help="内容")
            one.add_argument("--complaint", action="store_true", help="作为投诉提交")
    taken = commands.add_parser("step", parents=[filed], help="办理申请人的步骤，例如交回回执")
    taken.add_argument("serial", help="流水号")
    taken.add_argument("code", help="步骤代码，见 kinds")
    taken.set_defaults(run=run_step)
    fetched = commands.add_parser("paper", help="取回法院发出的文书")
    fetched.add_argument("serial", help="流水号")
    fetched.add_argument("paper", type=int, help="文书编号，见 show")
    fetched.add_argument("--to", type=Path, default=Path("paper.pdf"), help="保存为（.pdf 或 .docx）")
    fetched.set_defaults(run=run_paper)
    return made


def court_of(given):
    """Return the court the command line, or demo.json, names."""
    url, token, code = given.url, given.token, given.court
    if given.demo:
        told = json.loads(given.demo.read_text(encoding="utf-8"))
        code = code or told["courts"][0]["code"]
        fit = [
            one for one in told["clients"] if code in one["courts"] and given.client in (None, one["name"])
        ]
        if not fit and not token:
            raise SystemExit(f"demo.json 中没有可用于{code}的接入方。")
        url, token = url or told["base_url"], token or fit[0]["token"]
    if not (url and token and code):
        raise SystemExit("请给出 --demo，或者 --url、--token 和 --court。")
    return Court(url, token, code)


def main():
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", line_buffering=True)
    given = parser().parse_args()
    try:
        court = court_of(given)
        given.run(court, given)
    except Refusal as refusal:
        show_problem(refusal)
        sys.exit(1)
    except (OSError, ValueError) as error:
        print(f"没有成功：{getattr(error, 'reason', error)}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
