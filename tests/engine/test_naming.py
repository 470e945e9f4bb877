"""What a declaration names must be there: a limit or a notice with a misspelt name is refused when the module is loaded, by name."""

import pytest

from core.loader import Step
from core.looks import ICONS
from tests.support.acting import load, write_module
from tests.support.houses import ROOT

LETTERS = """
from datetime import date
from core import (ApplicantStep, CaseStep, Decision, Module, Paper, RequestType, State, Verification, attachment, choice, computed, day, field,
                  limit, request_fields, text, whole, yes_no)

@request_fields
class Settings:
    days: int = whole("天数", "Days", default=5)

@request_fields
class Answer:
    until: date | None = day("截止", "Until")

@request_fields
class Asked:
    wish: str = text("愿望", "Wish")
    urgent: bool | None = yes_no("紧急", "Urgent")
    length: int | None = computed(lambda asked, context: 3, whole("长度", "Length"))

WORDS = dict(submit_notice=("{name}收到", "{name}: received"), keeps={"spoken": ("说明", "In words"), "days": ("天数", "Days")},
             anonymous=field("urgent") == True)
reply = dict(notice=("{until}{spoken}{order_number}", "{until}"), participants=("{court}", "{court}"), when=field("settings.days") == 5)
limits = [limit("XX-1", workdays=field("settings.days"), since="received", basis="b", when=field("urgent") == True),
          limit("XX-2", days=field("length"), since="received", basis="b"), limit("XX-3", until=field("until"), since="reply", basis="b"),
          limit("XX-4", days=field("days"), since="reply", start=field("until"), basis="b"),
          limit("XX-5", days=1, since="say", basis="b", when=field("message").filled()),
          limit("XX-6", days=1, since="moved", basis="b", start=field("hearing_after_at"))]
letters = RequestType(
    kind="letters", title=("来信", "Letters"), fields=Asked, limits=limits, case="optional",
    papers=[Paper("order", ("令", "Order"), "order.md", number="令", when=field("spoken").filled(), verify=Verification("DONE", until="until"))],
    attachments=[attachment("proof", "证明", "Proof", required_when=field("urgent") == True)],
    states=[State("NEW", "待处理", "To do"), State("DONE", "办结", "Done")],
    decisions=[Decision("reply", "答复", "Reply", "NEW", "DONE", direct=True, fields=Answer, **reply)],
    steps=[ApplicantStep("say", "来信", "Write", "DONE", None, by_message=True), CaseStep("moved", "变更", "Moved", "NEW", None)],
    **WORDS)
module = Module("letters", ("来信", "Letters"), version="1.0", requests=[letters], settings=Settings)
"""


def loaded(tmp_path, code):
    write_module(tmp_path, "letters", code)
    folder = tmp_path / "letters" / "papers"
    folder.mkdir()
    (folder / "order.md").write_text("{{ number }}\n", encoding="utf-8")
    return load(tmp_path).all["letters"]


def test_names_of_fields_steps_settings_and_what_is_kept_are_known(tmp_path):
    one = loaded(tmp_path, LETTERS)
    assert one.ready, one.error


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('workdays=field("settings.days")', 'workdays=field("settings.nothing")', ("limit XX-1: its length names settings.nothing", "there are: settings.days")),
        ('days=field("length")', 'days=field("lenght")', ("limit XX-2: its length names lenght", "length")),
        ('until=field("until")', 'until=field("untill")', ("limit XX-3: its until names untill", "until")),
        ('start=field("until")', 'start=field("from")', ("limit XX-4: its start names from", "until")),
        ('basis="b", when=field("urgent")', 'basis="b", when=field("urgnt")', ("limit XX-1: its when names urgnt", "urgent")),
        ('when=field("settings.days") == 5', 'when=field("settings.day") == 5', ("step reply: its when names settings.day", "settings.days")),
        ('when=field("spoken").filled()', 'when=field("spokn").filled()', ("paper order: its when names spokn", "spoken")),
        ('DONE", until="until"', 'DONE", until="untl"', ("paper order: its until names untl", "until")),
        ('anonymous=field("urgent")', 'anonymous=field("spoken")', ("anonymous names spoken", "urgent")),
        ('required_when=field("urgent")', 'required_when=field("until")', ("attachment proof: its required_when names until", "wish")),
        ("{until}{spoken}", "{untl}{spoken}", ("notice of step reply: There is no {untl}", "there are: court")),
        ('"{until}")', '"{wish}")', ("notice of step reply: There is no {wish}", "until、spoken、days、order_number、message、hearing_before")),
        ('participants=("{court}"', 'participants=("{cuort}"', ("participants of step reply: There is no {cuort}", "court")),
        ('"{name}收到"', '"{nme}收到"', ("submit_notice: There is no {nme}", "name")),
        ('"{name}收到"', '"{name收到"', ("submit_notice: Braces do not match",)),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_refused_with_its_place_and_what_there_is(tmp_path, good, bad, told):
    assert LETTERS.count(good) == 1
    one = loaded(tmp_path, LETTERS.replace(good, bad))
    assert (one.ready, one.step) == (False, Step.DECLARE)
    assert one.error.startswith("DeclarationError: request type letters: ")
    for part in told:
        assert part in one.error


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('Decision("reply"', 'Decision("assign"', "step assign: the host keeps submit, assign, received, message for itself"),
        ('Decision("reply"', 'Decision("received"', "step received: the host keeps submit, assign, received, message for itself"),
        ('State("DONE", "办结", "Done")', 'State("DONE", "办结", "Done", tone="green")', "there is no tone 'green'; there are: todo, good, back"),
        ('text("愿望", "Wish")', 'choice("愿望", "Wish", {"a": "甲"}, tones={"a": "red"})', "there is no tone 'red'; there are: todo, good"),
        ('text("愿望", "Wish")', 'choice("愿望", "Wish", {"a": "甲"}, tones={"b": "good"})', "tones names 'b', which is not among the choices: a"),
        ("settings=Settings)", 'settings=Settings, icon="nothing")', "there is no icon 'nothing'; there are: alert-circle, alert-triangle"),
    ],
)  # fmt: skip
def test_codes_tones_and_icons_the_host_does_not_have_are_refused_with_what_there_is(tmp_path, good, bad, told):  # fmt: skip
    code = LETTERS.replace('since="reply"', 'since="received"') if "Decision" in good else LETTERS
    one = loaded(tmp_path, code.replace(good, bad))
    assert (one.ready, one.step) == (False, Step.IMPORT)
    assert told in one.error


def test_every_icon_there_is_was_copied_by_the_set_up():
    copied = {path.stem for path in (ROOT / "var" / "assets" / "icons").glob("*.svg")}
    assert set(ICONS) == copied
