"""The suite catches what is wrong: each bad module fails the check that is named for it, and no other."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from core.settings import ROOT
from tests.conformance.test_fixtures import announced

BAD = Path(__file__).parent / "bad"
CAUGHT = {
    "good_one": set(),
    "no_english": {"labels"},
    "broken": {"loads"},
    "no_prefix": {"loads"},
    "misspelt": {"loads"},
    "called_assign": {"loads"},
    "same_prefix": {"neighbours"},
    "no_way_back": {"migrations"},
    "drifted": {"migrations"},
    "left_behind": {"purge"},
    "backref": {"core"},
    "own_thread": {"core"},
    "menu_elsewhere": {"menu"},
    "exits": {"hooks"},
    "unescaped": {"escaping"},
    "unlabelled": {"accessibility", "axe"},
    "too_pale": {"axe"},
    "untitled": {"accessibility"},
    "remembers": {"off: menu"},
    "row_by_row": {"queue"},
    "by_offset": {"queue"},
    "from_end_to_end": {"queue"},
    "easily_upset": {"hostile"},
    "no_way": {"transitions"},
    "guarded": {"transitions"},
    "failing_step": {"transitions", "askers"},
    "late_in_december": {"transitions", "askers"},
    "party_fails": {"askers"},
    # These stay beside the gate, and can do so only by putting something into the host.
    "open_page": {"core", "off: pages"},
    "open_call": {"core", "entry", "off: api"},
    "open_command": {"off: commands"},
}


def test_each_bad_module_is_caught_by_name(tmp_path):
    """All in one run, each in a folder of its own; those that change the host come last."""
    (tmp_path / "broken").mkdir()
    for name in CAUGHT:
        if name != "broken":
            shutil.copytree(BAD / name, tmp_path / name / name)
    (tmp_path / "broken" / "broken").mkdir()
    (tmp_path / "broken" / "broken" / "__init__.py").write_text("module = Module('broken'\n")
    asked = [f"--benchside-module={name}/{name}" for name in CAUGHT]
    # The two checks that take longest are left to those that they catch, and to one that they must not.
    slow = {"axe", "queue"}
    tried = ["good_one", *(name for name, by in CAUGHT.items() if by & slow)]
    asked += ["-k", " or ".join([" and ".join(f"not {one}" for one in sorted(slow)), *tried])]
    plugin = [] if announced() else ["-p", "core.testing.plugin"]
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--tb=short", "-p", "no:randomly", "-p", "no:cacheprovider", *plugin, *asked]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT), "PATH": ""})  # fmt: skip
    told = done.stdout + done.stderr
    found = {name: set() for name in CAUGHT}
    for name, check in re.findall(r"^FAILED conformance::(\w+)::([\w: ]+?)(?: - .*)?$", told, re.MULTILINE):
        found[name].add(check)
    assert found == CAUGHT, told[-20_000:]
    assert "the last attempt was refused (finish: number: Only 4711 will do.)" in told
    assert "with example={...}" in told
    assert {path.name for path in BAD.iterdir()} | {"broken"} == set(CAUGHT)
