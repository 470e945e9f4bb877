"""The question to the search index: what has to be there, and what must not."""

import pytest
import sqlalchemy as sa

from core.store.engine import Store
from core.store.terms import CREATE, found, key_column, questions, write_terms

ROWS = {
    1: ("借贷", "贷款", "in:甲"),
    2: ("借贷", "贷款", "in:乙"),
    3: ("借贷", "in:甲", "hidden_from:7"),
    4: ("买卖", "in:甲"),
}


@pytest.mark.parametrize(
    ("phrases", "without", "keys"),
    [
        ([[("借贷",)]], [], [1, 3]),
        ([[("借贷",)]], [("hidden_from:7",)], [1]),
        ([[("借贷",), ("买卖",)]], [("hidden_from:7",), ("hidden_from:8",)], [1, 4]),
        ([[("借贷", "贷款")]], [], [1]),
        ([[("借贷",)], [("贷款",)], [("买卖",)]], [], []),
        ([[("借贷",)]] * 6, [("hidden_from:7",)], [1]),
    ],
)
def test_it_finds_what_has_all_and_nothing_of_what_is_hidden_where_something_is(
    database_url, phrases, without, keys
):
    """Also where nothing is hidden from whoever asks: an empty bracket neither index reads."""
    store = Store(database_url)
    with store.engine.begin() as connection:
        for statement in CREATE[store.brand]:
            connection.execute(sa.text(statement))
        for key, words in ROWS.items():
            write_terms(connection, key, words)
    asked = questions(store.brand, phrases, without, [[("in:甲",)]])
    bound = [sa.bindparam(f"words_{place}", one, type_=sa.Text) for place, one in enumerate(asked)]
    with store.read() as connection:
        key = key_column(store.brand)
        held = connection.scalars(sa.select(key).where(found(store.brand, *bound)).order_by(key)).all()
    store.close()
    assert held == keys
