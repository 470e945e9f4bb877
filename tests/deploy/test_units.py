"""A systemd is booted, and deploy/README.md done line by line: install, serve, be killed, back up, check, upgrade, stop, restore."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.deploy.booted import HERE, Booted, booted, why_not
from tests.deploy.conftest import DEPLOY, PASSWORD, UNITS, certificate
from tests.support.houses import COURT
from tests.support.ports import wait_until

SERVICE = "benchside.service"


def blocks() -> tuple[str, str, str, str]:
    """Return the commands of the README: to install, begin, upgrade, restore. The project lies there already, twice."""
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    install, begin, upgrade, restore = re.findall(r"^```\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    install, cloned = re.subn(r"^git clone .*\n", "", install, flags=re.MULTILINE)
    upgrade, again = re.subn(r"^git clone .*\n", "", upgrade, flags=re.MULTILINE)
    assert (cloned, again, begin.count("'…'")) == (1, 1, 1)
    (hand,) = re.findall(r"^as_benchside=.*\n", begin, re.MULTILINE)
    return install, begin.replace("…", PASSWORD), hand + upgrade, hand + restore


def court(machine: Booted) -> str:
    """Found a court as docs/operators.md says, and return the token of the platform outside."""
    told = [
        machine.run(
            "systemd-run --quiet --pipe --wait --uid=benchside -p EnvironmentFile=/etc/benchside/secrets.env"
            f" -p WorkingDirectory=/etc/benchside /opt/benchside/.venv/bin/benchside {line}"
        )
        for line in (
            f"courts add {COURT} 广东省虚构市第一人民法院 'Fictional First People'\\''s Court'",
            f"modules enable filing --court {COURT}",
            f"modules enable register --court {COURT}",
            f"clients add outside --court {COURT}",
        )
    ]
    return told[-1].split()[0]


def filed(machine: Booted, token: str, name: str) -> str:
    """File a request through nginx, fetch its receipt and a page, and return its number: twice the same where it was there."""
    told = machine.run(f"/opt/benchside/.venv/bin/python - {token} file {name}", (HERE / "caller.py").read_bytes())  # fmt: skip
    answer = json.loads(told)
    assert answer.pop("uploaded") in (200, 201)
    number = str(answer.pop("serial_no"))
    assert answer == {"filed": 201, "receipt": "%PDF-", "page": 200}
    return number


def restarted(machine: Booted, act: Callable[[str], None], seconds: float) -> None:
    """Do something to the main process, after which another serves within ``seconds``."""
    before = machine.shown(SERVICE, "MainPID")
    act(before)

    def again() -> bool:
        now = machine.shown(
            SERVICE, "MainPID"
        )  # asked first: until the death is noticed the state is that of before
        return now not in (before, "0") and machine.shown(SERVICE, "ActiveState") == "active"

    wait_until(again, "the service to be started again", seconds)


@pytest.mark.soak
def test_the_readme_is_done_on_a_machine_of_its_own_and_the_units_do_what_they_say(tmp_path):
    if reason := why_not():
        pytest.skip(reason)
    install, begin, upgrade, restore = blocks()
    certificate(tmp_path / "tls")
    with booted(tmp_path / "boot.log") as machine:
        machine.run("pg_createcluster --port 5432 15 main && echo 127.0.0.1 court.example.cn >>/etc/hosts")
        machine.typed(install)
        machine.run(f"sed -i -e 's/SECRET_KEY=/&{'s' * 64}/' -e 's/:PASSWORD@/:{PASSWORD}@/' /etc/benchside/secrets.env")  # fmt: skip
        for file in (tmp_path / "tls").iterdir():
            machine.run(f"cat >/etc/benchside/tls/{file.name}", file.read_bytes())
        machine.typed(begin)
        token = court(machine)
        first = filed(machine, token, "first")
        confined(machine)
        restarted(machine, lambda pid: machine.run(f"kill -9 {pid}") and None, 30)
        filed(machine, token, "after-the-kill")
        backed_up_and_checked(machine)
        machine.typed(upgrade)
        assert machine.run("readlink -f /proc/$(systemctl show -P MainPID benchside)/cwd /opt/benchside") == "/etc/benchside\n/opt/benchside-2"  # fmt: skip
        filed(machine, token, "after-the-upgrade")
        # A process that stands still gives no sign of life: WatchdogSec, the time to end by SIGABRT, and the start.
        restarted(machine, lambda pid: machine.run(f"kill -STOP {pid}") and None, 120)
        filed(machine, token, "after-the-watchdog")
        stopped_in_the_middle(machine, token)
        machine.run("systemctl start benchside-backup.service")
        machine.typed(restore)
        used = "SELECT string_agg(DISTINCT datname, '') FROM pg_stat_activity WHERE usename = 'benchside'"
        assert machine.run(f'runuser -u postgres -- psql -Atc "{used}"') == "benchside_2"
        assert filed(machine, token, "first") == first
        machine.run("systemctl start benchside-check.service")


def confined(machine: Booted) -> None:
    """The service and its workers hold no right and write no memory anywhere; the timers wait."""
    workers = machine.run("pgrep -u benchside").split()
    assert len(workers) >= 3
    for worker in workers:
        status = machine.run(f"cat /proc/{worker}/status /proc/{worker}/limits")
        for line in ("NoNewPrivs:\t1", "Seccomp:\t2", "CapBnd:\t0000000000000000"):
            assert line in status
        assert re.search(r"^Max core file size +0 +0 ", status, re.MULTILINE)
    timers = machine.run("systemctl list-timers --no-pager --full")
    assert [one for one in UNITS if one.endswith(".timer") and one not in timers] == []


def backed_up_and_checked(machine: Booted) -> None:
    """A backup is written, the check passes, and fails after one bit of a stored file was turned."""
    machine.run("systemctl start benchside-backup.service benchside-check.service")
    snapshots = machine.run("ls /srv/benchside-backup/snapshots/*/manifest.json")
    assert len(snapshots.split()) == 1
    turn = """/usr/bin/python3 -c '
import pathlib
file = sorted(pathlib.Path("/var/lib/benchside/data/files").glob("*/*"))[0]
content = bytearray(file.read_bytes())
content[20] ^= 1
file.write_bytes(content)
print(file.name)'"""
    name = machine.run(turn)
    assert machine.tried("systemctl start benchside-check.service").returncode != 0
    assert machine.shown("benchside-check.service", "Result") == "exit-code"
    assert name in machine.run("journalctl --unit benchside-check.service --output cat")
    machine.run(turn)
    machine.run("systemctl start benchside-check.service")


def stopped_in_the_middle(machine: Booted, token: str) -> None:
    """A stop waits for the upload that is under way; nginx then tells that nobody is there."""
    machine.run("cat >/run/caller.py", (HERE / "caller.py").read_bytes())
    line = f"/opt/benchside/.venv/bin/python /run/caller.py {token} upload"
    with subprocess.Popen(machine.command("bash", "-c", line), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as caller:  # fmt: skip
        assert caller.stdin is not None
        assert caller.stdout is not None
        assert caller.stdout.readline() == "half\n"
        machine.run(f"systemctl stop --no-block {SERVICE}")
        wait_until(lambda: machine.shown(SERVICE, "ActiveState") == "deactivating", "the stop")
        told, _ = caller.communicate("on\n", 30)
    assert told == "201\n"
    wait_until(lambda: machine.shown(SERVICE, "ActiveState") == "inactive", "the end of it", 45)
    assert (machine.shown(SERVICE, "Result"), machine.shown(SERVICE, "ExecMainStatus")) == ("success", "0")
    assert machine.tried("pgrep -u benchside").stdout == ""
