"""Cases: the list, and one case with its parties, agents and requests."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from attrs import frozen

from core.web.answer import Answer
from core.web.menu import tone_of
from core.web.visit import Visit
from core.work.cases import list_cases, read_case
from core.work.refusals import not_found

LONGEST = 200


def line_of(text: str) -> str:
    """Return what was typed as one line that any store can hold."""
    return "".join(char for char in text if char.isprintable()).strip()[:LONGEST]


def whole(text: str) -> int | None:
    """Return a key or cursor as a number, or None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def address(path: str, conditions: Mapping[str, str]) -> str:
    """Return ``path`` with the conditions that say something."""
    given = {name: value for name, value in conditions.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def case_address(case_number: str) -> str:
    """Return where a case is shown."""
    return f"/cases/{quote(case_number, safe='')}"


@frozen(eq=False)
class CasesPage:
    """``/cases/``."""

    def get(self, visit: Visit) -> Answer:
        """Show a page of the cases the person sees, newest first."""
        words = line_of(visit.asked("case_number"))
        given = {"case_number": words}
        cases, cursor = list_cases(visit.house, visit.actor, words, whole(visit.asked("after")))
        return visit.render(
            "further/cases.html",
            cases=cases,
            words=words,
            case_address=case_address,
            first=address("/cases/", given) if visit.asked("after") else "",
            next=address("/cases/", given | {"after": cursor}) if cursor else "",
        )


@frozen(eq=False)
class CasePage:
    """``/cases/<case_number>``."""

    def get(self, visit: Visit) -> Answer:
        """Show the case with its parties, agents and requests."""
        number = visit.values["case_number"]
        if not number.isprintable():
            raise not_found()
        case = read_case(visit.house, visit.actor, number)
        tones = {
            one.serial_no: tone_of(visit.house.modules.flow(one.kind), one.code) for one in case.requests
        }
        return visit.render("further/case.html", case=case, tones=tones)
