"""What ``deploy/`` holds was run: the units' commands, PostgreSQL's settings, and nginx in front of it all."""

import copy
import hashlib
import http.client
import json
import re
import shutil
import socket
import subprocess

import pytest

from core.settings import load_settings
from tests.deploy.conftest import DEPLOY, NGINX, UNITS, Front, Machine, exec_lines, in_front, path_of
from tests.support.acting import PDF
from tests.support.houses import ROOT, make_house
from tests.support.ports import wait_until

CALLER = "127.0.0.9"
"""An address of this machine that is not the one nginx calls from."""


def test_the_settings_fit_and_trust_the_proxy_that_is_there():
    settings = load_settings(DEPLOY / "benchside.toml")
    assert settings.https
    assert settings.trusted_proxies.split()[0] == "127.0.0.1"
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"server {settings.host}:{settings.port};" in nginx
    assert f"client_max_body_size {settings.upload_limit_mb + 1}m;" in nginx
    stop = re.search(r"^TimeoutStopSec=(\d+)", (DEPLOY / "benchside.service").read_text(), re.MULTILINE)
    assert stop is not None
    assert int(stop[1]) > settings.stop_seconds + 5


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_units(unit, tmp_path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/benchside", str(ROOT)), encoding="utf-8")
    done = subprocess.run([verify, "verify", "--man=no", tmp_path / unit], capture_output=True, text=True, check=False)  # fmt: skip
    told = [line for line in done.stderr.splitlines() if unit in line]
    assert (done.returncode, told) == (0, []), done.stderr


def test_backup_and_check_do_what_their_units_say(machine: Machine):
    url = f"sqlite:///{machine.root / 'benchside.sqlite3'}"
    fixture = make_house(url, machine.root / "data", ["filing"])
    fixture.house.store.close()
    environment = machine.environment(url)
    for unit in ("benchside-backup.service", "benchside-check.service"):
        for line in exec_lines(unit):
            done = subprocess.run(
                machine.command(line), env=environment, cwd=machine.root / "etc", capture_output=True, text=True, check=False
            )  # fmt: skip
            assert done.returncode == 0, (line, done.stderr)
    assert len(list((machine.root / "benchside-backup" / "snapshots").iterdir())) == 1
    assert "Nothing wrong was found" in done.stdout


def test_every_table_of_the_readme_and_every_file_is_told_of():
    told = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(DEPLOY.iterdir()) if path.name not in told and path.name != "README.md"] == []  # fmt: skip


class Outside:
    """A platform that calls from ``CALLER``."""

    def __init__(self, token: str, front: Front | None, port: int) -> None:
        self._token, self._front, self._port = token, front, port

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask by TLS where nginx is in front, and else directly."""
        if self._front is not None:
            wire = http.client.HTTPSConnection("court.example.cn", self._front.https, context=self._front.trusted, timeout=30)  # fmt: skip
            wire._create_connection = lambda _address, timeout, _source: (  # type: ignore[attr-defined]
                socket.create_connection(("127.0.0.1", self._front.https), timeout, (CALLER, 0))
            )
        else:
            wire = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30, source_address=(CALLER, 0))
        head = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json", **headers}
        try:
            wire.request(method, path, body, head)
            answer = wire.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            wire.close()

    def file(self) -> tuple[int, dict[str, str], bytes]:
        """Upload and submit the example that the API gives of a filing."""
        (kind,) = [
            one
            for one in json.loads(self.ask("GET", path_of("kinds"))[2])["kinds"]
            if one["kind"] == "filing"
        ]
        digest = hashlib.sha256(PDF).hexdigest()
        assert self.ask("PUT", path_of(f"files/{digest}"), PDF)[0] in (200, 201)
        body = copy.deepcopy(kind["examples"][0]) | {"submission_id": "deployed"}
        for one in body["attachments"]:
            one["sha256"] = digest
        return self.ask("POST", path_of("applications"), json.dumps(body).encode())


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_the_service_serves_on_postgresql_as_both_are_configured(court, machine: Machine):
    url, fixture = court
    environment = machine.environment(url)
    with machine.served(environment):
        status, head, body = Outside(fixture.token, None, machine.port).file()
        assert status == 201, body
        with fixture.house.store.read() as connection:
            asked = connection.exec_driver_sql("SHOW log_parameter_max_length_on_error").scalar()
            assert (asked, connection.exec_driver_sql("SHOW fsync").scalar()) == ("0", "on")
        (line,) = [one for one in lines(machine.log()) if one.get("request_id") == head["X-Request-ID"] and one["event"] == "request"]  # fmt: skip
        assert line["address"] == CALLER
    done = subprocess.run(
        [*machine.command("/opt/benchside/.venv/bin/benchside upgrade --try")], env=environment, cwd=machine.root / "etc",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine: apt-get install nginx-light")
def test_a_submission_goes_through_nginx_to_postgresql_and_the_caller_is_known(court, machine: Machine):
    url, fixture = court
    with machine.served(machine.environment(url)), in_front(machine) as front:
        outside = Outside(fixture.token, front, machine.port)
        status, head, body = outside.file()
        assert status == 201, body
        assert head["Strict-Transport-Security"].startswith("max-age=")
        large = PDF + b"%" + b"x" * 12_000_000
        digest = hashlib.sha256(large).hexdigest()
        assert outside.ask("PUT", path_of(f"files/{digest}"), large)[0] == 201
        assert outside.ask("POST", path_of("applications"), b"x" * 9_000_000)[0] == 413
        assert outside.ask("GET", "/metrics")[0] == 404
        forged = {"X-Forwarded-For": "203.0.113.7", "X-Request-ID": "chosen-by-the-caller"}
        status, forged_head, _ = outside.ask("GET", "/login", **forged)
        assert (status, forged_head["X-Request-ID"] != forged["X-Request-ID"]) == (200, True)
        assert {outside.ask("GET", "/login")[0] for _ in range(60)} == {200, 429}
        plain = http.client.HTTPConnection("127.0.0.1", front.http, timeout=30)
        plain.request("GET", "/login", headers={"Host": "court.example.cn"})
        answer = plain.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://court.example.cn/login")
        plain.close()
        ours = {str(one["request_id"]): one for one in lines(machine.log()) if one["event"] == "request"}
        for one in (head, forged_head):
            assert ours[one["X-Request-ID"]]["address"] == CALLER
        wait_until(lambda: forged_head["X-Request-ID"] in front.log.read_text(), "nginx's own line")
        theirs = {str(one["request_id"]): one for one in lines(front.log.read_text())}
        assert theirs[head["X-Request-ID"]]["address"] == CALLER
        assert "/login" not in front.log.read_text()
    with in_front_again(machine) as front:
        status, head, body = Outside(fixture.token, front, machine.port).ask("GET", "/login")
        assert (status, head["Retry-After"]) == (503, "5")
        assert "正在重启" in body.decode()


def in_front_again(machine: Machine):
    """Run nginx with nobody behind it."""
    shutil.rmtree(machine.root / "tls")
    return in_front(machine)
