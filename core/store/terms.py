"""The search index: words of a request, found together, newest first.

The words come ready-made (see ``core.work.terms``): two-character pieces of Chinese text in their order, so
that a phrase of pieces is a phrase of text; whole words of Latin text; ``name:value`` for what was chosen.
In a question a last word ending in ``*`` is the beginning of one. SQLite keeps them in FTS5, PostgreSQL in a tsvector under GIN.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Connection

from core.store.prepared import PreparedWrite

Phrase = tuple[str, ...]
HAS_WORDS = "benchside_has_words"
"""The name under which SQLite knows ``has_words``."""
_APART = 4
"""So many lists of phrases are asked as questions of their own."""
_UNFIT = re.compile(r"[^0-9A-Za-z_:/.()\x80-\U0010ffff-]+")
_UNFIT_BYTES = bytes(code for code in range(0x80) if code != 0x0A and _UNFIT.match(chr(code)))
_LINE_TO_BLANK = bytes.maketrans(b"\n", b" ")

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE application_terms USING fts5(terms, tokenize = \"ascii tokenchars '_:/.-()'\")",
    ],
    "postgresql": [
        "CREATE TABLE application_terms (id BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)",
        "CREATE INDEX ix_application_terms_terms ON application_terms USING gin (terms)",
        # So that a rare or absent word is known to be rare, and looked up instead of walked for.
        "ALTER TABLE application_terms ALTER COLUMN terms SET STATISTICS 1000",
    ],
}
"""The DDL of each brand, run by the first migration; neither form can be said in portable columns."""

_TERMS = {
    "sqlite": sa.table("application_terms", sa.column("rowid", sa.Integer), sa.column("terms", sa.Text)),
    "postgresql": sa.table("application_terms", sa.column("id", sa.BigInteger), sa.column("terms", TSVECTOR)),
}
_KEYS = {"sqlite": "rowid", "postgresql": "id"}


def _adding(brand: str) -> sa.Insert:
    table = _TERMS[brand]
    words = sa.bindparam("terms", type_=sa.Text)
    given = words if brand == "sqlite" else sa.cast(words, TSVECTOR)
    return (
        sa.insert(table)
        .values({_KEYS[brand]: sa.bindparam("key", type_=sa.BigInteger), "terms": given})
        .inline()
    )


# SQLite writes its index out whenever a key is lower than the one before it.
_ADD = PreparedWrite(_adding, ordered_by="key")
_REMOVE = PreparedWrite(
    lambda brand: sa.delete(_TERMS[brand]).where(_TERMS[brand].c[_KEYS[brand]] == sa.bindparam("key"))
)

_FORGET = {
    "sqlite": "DELETE FROM application_terms WHERE rowid IN (SELECT id FROM application WHERE module = :module)",
    "postgresql": "DELETE FROM application_terms WHERE id IN (SELECT id FROM application WHERE module = :module)",
}


def index(brand: str) -> sa.TableClause:
    """Return the index as something to select from."""
    return _TERMS[brand]


def key_column(brand: str) -> sa.ColumnElement[int]:
    """Return the index's own key column: walking it is walking the requests in order."""
    table = _TERMS[brand]
    return table.c.rowid if brand == "sqlite" else table.c.id


def found(brand: str, *asked: sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    """Return the condition that an index row has all that ``asked`` (from ``questions``) asks."""
    table = _TERMS[brand]
    if brand == "sqlite":
        (whole,) = asked
        return sa.literal_column("application_terms").op("MATCH")(whole)
    matches = [table.c.terms.op("@@")(sa.cast(one, sa.Text).op("::")(sa.text("tsquery"))) for one in asked]
    # A word that is not among the commonest PostgreSQL takes for one in two hundred, and walks every request, or the
    # table, for the first page. Who asks here has walked already: asked four times it is taken for rare, and looked up.
    return sa.and_(*matches, *matches, *matches, *matches)


def holds(brand: str, asked: sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    """Return the condition that the words of one index row have all that ``asked`` (from ``check``) asks."""
    table = _TERMS[brand]
    if brand == "sqlite":
        kept = sa.cast(table.c.terms, sa.LargeBinary)
        return sa.type_coerce(getattr(sa.func, HAS_WORDS)(kept, asked), sa.Boolean)
    return table.c.terms.op("@@", return_type=sa.Boolean())(
        sa.cast(asked, sa.Text).op("::")(sa.text("tsquery"))
    )


def check(brand: str, phrases: Sequence[Sequence[Phrase]]) -> str:
    """Return what to bind for ``holds``: of every inner list at least one phrase occurs."""
    if brand != "sqlite":
        return question(brand, phrases)
    return json.dumps([[_needle(phrase) for phrase in any_of] for any_of in phrases], ensure_ascii=False)


def _needle(phrase: Phrase) -> str:
    words = " ".join(_clean(word) for word in phrase)
    return f" {words}" if phrase[-1].endswith("*") else f" {words} "


def has_words(terms: bytes, asked: str) -> bool:
    """Tell whether the stored words of a request have what ``asked`` (from ``check``) asks: as FTS5 would find, letter by letter."""
    held = b" %b " % terms.lower()
    for any_of in _needles(asked):
        for one in any_of:
            if one in held:
                break
        else:
            return False
    return True


@lru_cache(maxsize=256)
def _needles(asked: str) -> list[list[bytes]]:
    return [[one.encode().lower() for one in any_of] for any_of in json.loads(asked)]


def questions(
    brand: str,
    phrases: Sequence[Sequence[Phrase]],
    without: Sequence[Phrase],
    where: Sequence[Sequence[Phrase]],
) -> tuple[str, ...]:
    """Return what to bind for ``found``: of every inner list at least one phrase occurs, and none of ``without``.

    ``where`` says more of the same, which most have. Either brand goes through all words of one question side by side, so
    these are asked apart, and looked at only where the others meet: FTS5 has an ``AND`` of their own for them, GIN a
    question of its own for every list.
    """
    if brand == "sqlite":
        met = f"({question(brand, phrases)})"
        met = f"({met} NOT {_either(brand, without)})" if without else met
        return (f"{met} AND {question(brand, where)}",)
    apart, rest = phrases[:_APART], [*phrases[_APART:], *where]
    but = f" & !{_either(brand, without)}" if without else ""
    return (*(question(brand, [one]) for one in apart), question(brand, rest) + but)


def question(brand: str, phrases: Sequence[Sequence[Phrase]]) -> str:
    """Return the one question: of every inner list at least one phrase occurs."""
    both = " AND " if brand == "sqlite" else " & "
    return both.join(_either(brand, any_of) for any_of in phrases)


def _either(brand: str, phrases: Sequence[Phrase]) -> str:
    ask, either = (_ask_sqlite, " OR ") if brand == "sqlite" else (_ask_postgresql, " | ")
    return "(" + either.join(ask(phrase) for phrase in phrases) + ")"


def _ask_sqlite(phrase: Phrase) -> str:
    words = " ".join(_clean(word) for word in phrase)
    return f'"{words}"' + (" *" if phrase[-1].endswith("*") else "")


def _ask_postgresql(phrase: Phrase) -> str:
    return " <-> ".join(_quote(word) + (":*" if word.endswith("*") else "") for word in phrase)


def write_terms(connection: Connection, key: int, terms: Sequence[str], *, replace: bool = False) -> None:
    """Store the words of request ``key``, in order."""
    if replace:
        _REMOVE.run(connection, {"key": key})
    _ADD.later(connection, {"key": key, "terms": stored(connection.dialect.name, terms)})


def stored(brand: str, terms: Sequence[str]) -> str:
    """Return ``terms`` as the index of ``brand`` takes them."""
    if brand == "sqlite":
        return "\n".join(terms).encode(errors="surrogatepass").translate(_LINE_TO_BLANK, _UNFIT_BYTES).decode(errors="surrogatepass")  # fmt: skip
    # A tsvector's positions end at 16383; what comes later is still found, alone.
    return " ".join(f"{_quote(term)}:{min(place, 16383)}" for place, term in enumerate(terms, 1))


def _clean(term: str) -> str:
    return _UNFIT.sub("", term)


def _quote(term: str) -> str:
    return "'" + _clean(term).replace("'", "''").replace("\\", "\\\\") + "'"


def forget_terms(connection: Connection, module: str) -> None:
    """Take the requests of ``module`` out of the index."""
    connection.execute(sa.text(_FORGET[connection.dialect.name]), {"module": module})
