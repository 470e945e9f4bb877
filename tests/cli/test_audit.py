"""``benchside audit``: sealed by hand, verified, and a change told with status 1."""

import sqlalchemy as sa

from core.records import Audit
from core.store.engine import Store


def test_what_was_sealed_verifies_until_an_entry_is_changed(run, founded_url):
    run("migrate")
    assert run("audit", "seal").stdout.startswith("sealed: ")
    done = run("audit", "verify")
    assert (done.exit_code, done.stdout) == (0, "未发现问题。 Nothing wrong was found.\n")
    store = Store(founded_url[0])
    first = sa.select(sa.func.min(Audit.id)).scalar_subquery()
    store.write(
        lambda connection: connection.execute(sa.update(Audit).where(Audit.id == first).values(actor="x"))
    )
    store.close()
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert "was changed" in done.stderr
