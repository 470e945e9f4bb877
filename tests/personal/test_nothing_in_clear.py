"""After a whole story no number is in the database: not in a table, not in SQLite's own files, not in its journal."""

from pathlib import Path

import sqlalchemy as sa

from core.records import Person
from core.web.app import web_application
from core.work import deliver
from core.work.case_import import import_cases
from tests.personal.numbers import CALLED, FILED_NUMBERS, FOLDERS, RESIDENT, file_person
from tests.support.acting import conclude, read
from tests.support.houses import OPERATOR, ROOT
from tests.web.further.asking import Browser

TOLD, OFFICE = "19900000099", "020-19000199"
ALL = (*FILED_NUMBERS, CALLED, CALLED.replace("-", ""), TOLD, OFFICE)


def everything(house):
    """Return all that the database holds, as text: every cell of every table."""
    held = []
    with house.store.engine.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            table = sa.table(name)
            held += [
                f"{name}: {tuple(map(str, row))}"
                for row in connection.execute(sa.select(sa.text("*")).select_from(table))
            ]
    return "\n".join(held)


def test_a_story_leaves_no_number_in_clear(new_house, tmp_path):
    fixture = new_house("person", "sms", folders=FOLDERS, assets_dir=ROOT / "var" / "assets")
    house = fixture.house
    house.store.write(lambda connection: connection.execute(sa.update(Person).values(telephone=OFFICE)))
    import_cases(house, OPERATOR, {"cases": [{
        "case_number": "（2026）粤0199民初1号", "docketed_on": "2026-03-02", "handler": "judge",
        "parties": [{"standing": "plaintiff", "name": "甲某某", "phone": TOLD}],
        "agents": [{"party": "甲某某", "name": "丙某某", "phone": TOLD}],
    }]})  # fmt: skip
    serial = file_person(fixture)
    browser = Browser(web_application(house)).log_in("reviewer")
    assert browser.get("/m/person/", q=RESIDENT).status == 200
    browser.post(f"/m/person/{serial}/show", {"field": "fields.resident_id"})
    conclude(fixture, "reviewer", "person", serial, "call", called=CALLED)
    while deliver.deliver_due(house):
        pass
    application = read(fixture, serial)
    assert (application.fields.resident_id, application.submitter.phone) == (RESIDENT, FILED_NUMBERS[-2])
    assert "called" in application.data
    with house.store.read() as connection:
        assert set(connection.scalars(sa.select(Person.telephone))) == {OFFICE}
    text = everything(house)
    assert serial in text
    assert "甲某某" in text
    assert [number for number in ALL if number in text] == []
    if house.store.brand == "sqlite":
        place = Path(str(house.store.url.database))
        files = [one for one in place.parent.iterdir() if one.name.startswith(place.name)]
        assert len(files) >= 2
        raw = b"".join(one.read_bytes() for one in files)
        assert serial.encode() in raw
        assert [number for number in ALL if number.encode() in raw] == []
