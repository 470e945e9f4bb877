"""That everything a person reads is there in Chinese and in English."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from core.fields.label import Label
from core.fields.spec import DeclarationError, FieldSpec, specs_of
from core.gate import Hooks
from core.paper import Paper
from core.testing.conformance.checks import check
from core.testing.conformance.subject import Subject
from core.testing.houses import COURT

CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
LETTER = re.compile(r"[^\W\d_]")
CODE = re.compile(r"[A-Z0-9-]+")
"""The same in both languages: the id of a rule, PDF."""


def words(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, str, str]]:
    """Give (where, zh, en) of every pair of words in a declaration."""
    if id(value) in seen:
        return
    seen.add(id(value))
    zh, en = getattr(value, "zh", None), getattr(value, "en", None)
    if isinstance(zh, str) and isinstance(en, str):
        yield path, zh, en
    if isinstance(value, type):
        yield from _of_fields(value, path, seen)
    elif not isinstance(value, Label):
        for part, one in _parts(value):
            yield from words(one, f"{path}{part}", seen)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Give what a value holds, each with what leads to it."""
    if isinstance(value, Mapping):
        yield from ((f"[{key}]", one) for key, one in value.items())
    elif isinstance(value, tuple | list | set | frozenset):
        yield from ((f".{_name_of(one, place)}", one) for place, one in enumerate(value))
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            # A paper is Chinese, and so is the word before its number.
            if not (isinstance(value, Paper) and attribute.name == "number"):
                yield f".{attribute.name}", getattr(value, attribute.name)


def _name_of(value: Any, place: int) -> str:
    return str(next((held for name in ("kind", "code", "category", "value", "id") if isinstance(held := getattr(value, name, None), str)), place))  # fmt: skip


def _of_fields(cls: type, path: str, seen: set[int]) -> Iterator[tuple[str, str, str]]:
    try:
        specs = specs_of(cls)
    except DeclarationError:
        return
    for name, spec in specs.items():
        assert isinstance(spec, FieldSpec)
        yield f"{path}.{name}", spec.label.zh, spec.label.en
        for part in (spec.help, spec.choices, spec.item):
            yield from words(part, f"{path}.{name}", seen)


def wrong(zh: str, en: str) -> Iterator[str]:
    """Say what is wrong with a pair of words."""
    if not zh.strip():
        yield "the Chinese is empty"
    elif LETTER.search(zh) and not CHINESE.search(zh) and not (zh == en and CODE.fullmatch(zh)):
        yield f"the Chinese {zh!r} has no Chinese character"
    if not en.strip():
        yield f"the English of {zh!r} is empty"
    elif CHINESE.search(en) and not LATIN.search(en):
        yield f"the English of {zh!r} is Chinese"


@check("labels", "Every word on the screen is there in Chinese and in English.")
def labels(subject: Subject) -> Iterator[str]:
    """Look through the declaration, and what the module adds by its hooks."""
    hooks, name = Hooks(subject.modules.plugins), subject.name
    declared: dict[str, Any] = {
        "module": subject.module, "pages": hooks.pages(name).good, "menu": hooks.menu({name}, COURT), "jobs": hooks.jobs(name),
        "calls": hooks.routes(name),
    }  # fmt: skip
    for path, zh, en in words(declared, "", set()):
        yield from (f"{path.strip('.')}: {fault}" for fault in wrong(zh, en))
