"""Every Chinese text of the templates has its English one, and no other is kept."""

import re

from babel.messages.extract import extract_from_dir

from core.web.language import english
from core.web.render import FOLDER

OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}}
PLACE = re.compile(r"%\((\w+)\)s")


def texts() -> set[str]:
    found = extract_from_dir(str(FOLDER), [("**.html", "jinja2")], OPTIONS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_every_text_has_its_english_one() -> None:
    """None is missing, none is left over."""
    assert texts() - set(english()) == set()
    assert set(english()) - texts() == set()


def test_both_languages_fill_in_the_same() -> None:
    """A value that one language shows is known to the other."""
    wrong = {zh: en for zh, en in english().items() if set(PLACE.findall(zh)) != set(PLACE.findall(en))}
    assert wrong == {}
