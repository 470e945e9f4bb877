"""The words under which a request is found."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from operator import add
from typing import Any

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow
from core.store.sealed import ring
from core.store.terms import Phrase
from core.values import Application, QueueRow
from core.work.day_words import beginnings

_GAP = "--"
ANY = "number"
"""Under this name every sealed number of a request is found, whatever field it stands in."""
_RUN = re.compile(r"[0-9a-z]+|[^\W\d_a-z]+|[^\W_]", re.UNICODE)


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def pieces(text: str) -> Phrase:
    """Return ``text`` as words to store: Latin words whole, Chinese as overlapping pairs with the last character.

    「张三丰」 → 张三 三丰 丰; a phrase of pairs finds any part of two or more characters, a single
    character is found as the beginning of a pair (see ``asked``).
    """
    made: list[str] = []
    for run in _runs(text):
        if run.isascii():
            made.append(run)
        else:
            made += map(add, run, run[1:])
            made.append(run[-1])
    return tuple(made)


def asked(text: str) -> Phrase:
    """Return ``text`` as the phrase to look for: pairs, without the lone last character that may go on in what is stored.

    A single Chinese character at the end cannot be a pair: it ends in ``*`` and is found as the beginning of
    one. Latin words are looked for whole: PostgreSQL takes any beginning for a common word and then walks every
    request in search of a rare one.
    """
    made: list[str] = []
    runs = _runs(text)
    for place, run in enumerate(runs, 1):
        if run.isascii():
            made.append(run)
        elif place < len(runs):
            made += pieces(run)
        elif len(run) == 1:
            made.append(run + "*")
        else:
            made += map(add, run, run[1:])
    return tuple(made)


def exact(name: str, value: object) -> str:
    """Return the word under which ``name`` holding exactly ``value`` is found."""
    held = str(value).lower() if not isinstance(value, bool) else str(int(value))
    if not held.isalnum() or not held.isascii():  # as most codes are: there is nothing to make alike
        # A last "*" would ask for a beginning: of every value there is, where it stands alone.
        held = unicodedata.normalize("NFKC", held).replace("*", "")
    return f"{name}:{held}"


def inside(name: str, phrase: Iterable[str]) -> Phrase:
    """Return ``phrase`` as it is stored for the field ``name`` alone."""
    return tuple(map(f"{name}:".__add__, phrase))


def place_word(court: str, kind: str) -> str:
    """Return the word that keeps one court's requests of one kind together."""
    return f"in:{court}/{kind}"


def words_of(flow: Flow, application: Application) -> list[str]:
    """Return everything ``application`` is found by, in order, with gaps so that no phrase runs across fields."""
    words = [
        place_word(application.court, application.kind),
        exact("state", application.state),
        exact("handler", application.handler or 0),
        exact("reviewer", application.reviewed_by or 0),
    ]
    if application.hidden_from is not None:
        words.append(exact("hidden_from", application.hidden_from))
    serial = application.serial_no
    # A person types the whole number, its running part, its day, or both of these.
    named = () if application.anonymous else (application.submitter.name,)
    texts = _cut(serial, serial[-6:], serial[-14:-6], serial[-14:], application.applicant, *named)
    if application.case_number:
        words.append(exact("case_number", application.case_number))
        texts |= _cut(application.case_number)
    words.append(exact("serial_no", application.serial_no))
    words += _of_fields(flow, partial(getattr, application.fields), application.court, texts)
    words += [number(ANY, word) for word in dict.fromkeys(_numbers(application))]
    return words + _of_texts(texts)


def words_of_row(flow: Flow, court: str, row: QueueRow) -> list[str]:
    """Return everything a row from elsewhere is found by: what it shows."""
    words = [exact("serial_no", row.serial_no)]
    texts = _cut(row.serial_no, row.applicant, str((row.more.get("submitter") or {}).get("name") or ""))
    if row.case_number:
        words.append(exact("case_number", row.case_number))
        texts |= _cut(row.case_number)
    words += _of_fields(flow, row.cells.get, court, texts)
    return words + _of_texts(texts)


Cut = dict[str, Phrase]
"""Texts that are found by any part, each once, with its pieces."""


def _cut(*texts: str) -> Cut:
    return {text: pieces(text) for text in texts}


def _of_fields(flow: Flow, value_of: Callable[[str], Any], court: str, texts: Cut) -> list[str]:
    """Return the words of what the fields hold; what is found by any part of it comes to ``texts``."""
    words: list[str] = []
    for spec, in_texts in _found_by(flow.fields):
        held = value_of(spec.name)
        if held is None:
            continue
        phrase: Phrase = ()
        if in_texts:
            text = str(held)
            phrase = texts[text] = texts.get(text) or pieces(text)
        if spec.search:
            words += _field_words(spec, held, court, phrase)
    return words


@lru_cache(maxsize=1024)
def _found_by(cls: type) -> tuple[tuple[FieldSpec, bool], ...]:
    """Return the fields that a request is found by, and whether by any part of what they hold."""
    specs = [spec for spec in specs_of(cls).values() if spec.kind is not KINDS.group]
    parts = [
        spec.kind.tokens == "words" and (spec.search or spec.column) and not spec.personal for spec in specs
    ]
    return tuple((spec, part) for spec, part in zip(specs, parts, strict=True) if spec.search or part)


def _of_texts(texts: Cut) -> list[str]:
    words: list[str] = []
    for phrase in texts.values():
        words += phrase
        words.append(_GAP)
    return words


def number(name: str, word: str) -> str:
    """Return the word under which a sealed value is found: ``word`` (from ``Ring.words``) in the field ``name``, or in ``ANY``."""
    return f"{name}:{word}"


def _numbers(application: Application) -> Iterator[str]:
    """Give the words of every number that is kept sealed; who filed anonymously is not found by his own."""
    held = _sealed(application.fields)
    if not application.anonymous:
        held += _sealed(application.submitter)
    for text in dict.fromkeys(held):
        yield from ring().words(application.court, text)[:1]


def _sealed(value: Any) -> list[str]:
    found: list[str] = []
    for name, group in _where_sealed(value.__class__):
        held = getattr(value, name)
        if group:
            for item in held or ():
                found += _sealed(item)
        elif held:
            found.append(str(held))
    return found


@lru_cache(maxsize=1024)
def _where_sealed(cls: type) -> tuple[tuple[str, bool], ...]:
    """Return the fields that are kept sealed, and the groups that have such: name, whether it is a group."""
    specs = [(spec, spec.item if spec.kind is KINDS.group else None) for spec in specs_of(cls).values()]
    return tuple(
        (spec.name, item is not None)
        for spec, item in specs
        if (spec.sealed if item is None else _where_sealed(item))
    )


def _field_words(spec: FieldSpec, held: Any, court: str, phrase: Phrase) -> list[str]:
    name, tokens = spec.name, spec.kind.tokens
    if spec.sealed:
        return [number(name, word) for word in ring().words(court, str(held))[:1]]
    if tokens == "exact":
        values = held if isinstance(held, tuple) else (held,)
        return [exact(name, value) for value in values]
    if tokens == "days":
        return [exact(name, word) for word in beginnings(held)]
    if tokens == "words":
        return [*inside(name, phrase or pieces(str(held))), _GAP]
    return []
