"""The queue page stays within a few times of what the bare server takes for the same rows."""

from functools import partial

from bench.client import reader
from bench.measure import interleaved, median
from bench.place import Place, fill
from bench.works.page import SESSION, against, bare_server, django_server


def test_a_queue_page_costs_little_more_than_the_bare_answer_and_a_fraction_of_an_admin_list(tmp_path):
    """The table's targets are 2.5 and 100 with a million rows; these are few, and the machine may be busy."""
    place = Place(tmp_path / "place", 400)
    fill(place)
    cookie = place.cookie()
    with place.serve() as ours, reader(ours.port, cookie) as ask:
        with bare_server(place, ask("/m/filing/")) as port, reader(port, cookie) as bare:
            assert bare("/").count(b"<tr data-serial") == ask("/m/filing/").count(b"<tr data-serial") == 20
            row = against("page", partial(ask, "/m/filing/"), partial(bare, "/"), 60, 2.5)
        assert row.got < 4
        with django_server(place) as port, reader(port, f"sessionid={SESSION}") as peer:
            listed = partial(peer, "/admin/court/application/")
            assert listed().count(b'class="action-select"') == 20
            took = interleaved({"ours": partial(ask, "/m/filing/"), "theirs": listed}, 3, 0.1)
        assert median(took["theirs"]) > 3 * median(took["ours"])
    place.house.store.close()
