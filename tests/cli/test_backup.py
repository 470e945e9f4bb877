"""``benchside backup`` and ``restore``: from a house in use to a new place, which the next command finds."""

import sqlalchemy as sa

from core.records import Court
from core.store.engine import Store


def test_a_backup_goes_back_to_a_new_place_and_to_no_other(run, founded_url, tmp_path, request):
    run("migrate")
    done = run("backup", tmp_path / "kept")
    assert (done.exit_code, "The keys are not in it" in done.stdout) == (0, True)
    refused = run("restore", tmp_path / "kept")
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    new = (
        ["--database", request.getfixturevalue("new_postgres")()]
        if founded_url[0].startswith("postgresql")
        else []
    )
    done = run("restore", tmp_path / "kept", "--to", tmp_path / "new", *new)
    assert done.exit_code == 0, done.output
    assert "Needs the keys" in done.stdout
    store = Store(new[1] if new else f"sqlite:///{tmp_path / 'new' / 'benchside.db'}")
    with store.read() as connection:
        assert len(connection.scalars(sa.select(Court.code)).all()) == 2
    store.close()


def test_a_folder_without_a_backup_is_refused_in_a_sentence(run, tmp_path):
    done = run("restore", tmp_path / "nothing", "--to", tmp_path / "new")
    assert done.exit_code == 1
    assert "holds no backup" in done.stderr


def test_a_place_that_cannot_be_written_is_named_in_a_sentence(run, tmp_path):
    run("migrate")
    (tmp_path / "file").touch()
    done = run("backup", tmp_path / "file" / "kept")
    assert (done.exit_code, "cannot be used" in done.stderr) == (1, True), done.output
    assert str(tmp_path / "file") in done.stderr


def test_check_is_content_until_a_file_is_gone_and_knows_a_backup_it_must_go_on_from(run, tmp_path):
    run("migrate")
    run("audit", "seal")
    run("backup", tmp_path / "kept")
    done = run("check", "--against", tmp_path / "kept")
    assert done.exit_code == 0, done.output
    assert "Nothing wrong was found" in done.stdout
    (tmp_path / "data" / "audit-heads.jsonl").write_text(
        '{"court": "粤0199", "number": 9, "digest": "sha256:0"}\n', encoding="utf-8"
    )
    done = run("check", "--fast")
    assert done.exit_code == 1
    assert "cut off" in done.stderr
