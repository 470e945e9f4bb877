"""Settings of the court: the host's and those of each module that is on; and the court's calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from core.fields.bind import from_form, to_json
from core.fields.label import Label
from core.fields.problem import Refused
from core.fields.spec import specs_of
from core.law.calendar import CourtCalendar
from core.web.answer import Answer, see_other
from core.web.errors import STATUSES
from core.web.inputs import by_name, flat, places, typed_again, when
from core.web.pages.further.calendar import lines_of, read_lines, read_year
from core.web.pages.further.cases import whole
from core.web.pages.further.common import done_note, said, shown_again, unknown_action
from core.web.pages.review import registers_for
from core.web.visit import Visit
from core.work.courts import change_settings, set_calendar_year, settings_class
from core.work.refusals import not_found
from core.work.registers import court_calendar, settings_for
from core.work.times import court_day

HOST = Label("全院通用", "The whole court")


@frozen
class Section:
    """The settings of one module, ready for its form."""

    name: str
    title: Label
    cls: type
    typed: Mapping[str, list[str]]
    """By input; secrets are never among it."""
    held: frozenset[str]
    """The names of the secrets that have a value."""
    wrong: Mapping[str, list[Label]]


@frozen(eq=False)
class SettingsPage:
    """``/admin/settings``."""

    def get(self, visit: Visit) -> Answer:
        """Show the settings as they stand and the calendar of one year."""
        return self._page(visit)

    def post(self, visit: Visit) -> Answer:
        """Save the settings of one module, or a year of the calendar."""
        action = visit.sent("action")
        try:
            if action == "settings":
                name = visit.sent("module")
                change_settings(visit.house, visit.actor, name, _given(visit, _class(visit, name)))
                return see_other(f"/admin/settings?done=settings#{name}")
            if action == "calendar":
                year = read_year(visit.sent("year"))
                set_calendar_year(visit.house, visit.actor, year, read_lines(visit.sent("days")))
                return see_other(f"/admin/settings?done=calendar&year={year}#calendar")
            raise unknown_action()
        except Refused as refused:
            shown_again(refused)
            return self._page(visit, refused)

    def _page(self, visit: Visit, refused: Refused | None = None) -> Answer:
        names = [name for name in ("core", *_modules(visit)) if settings_class(visit.house, name)]
        sections = [_section(visit, name, refused) for name in names]
        with visit.house.store.read() as connection:
            calendar = court_calendar(connection, visit.actor.court)
        calendar_refused = refused is not None and visit.sent("action") == "calendar"
        year = _year(visit, calendar)
        days = [(day, calendar.days[day]) for day in sorted(calendar.days) if day.year == year]
        return visit.render(
            "further/settings.html",
            STATUSES[refused.reason] if refused else 200,
            sections=sections,
            registers=registers_for(visit, [one.cls for one in sections]),
            places=places,
            when_=when,
            years=sorted(calendar.known_years),
            year=year,
            days=days,
            typed_year=visit.sent("year")[:10] if calendar_refused else str(year),
            typed_days=visit.sent("days")[:20_000] if calendar_refused else lines_of(days),
            calendar_wrong=said(refused) if calendar_refused else [],
            notes_=[refused.message] if refused else [],
            done=done_note(visit.asked("done")),
        )


def _modules(visit: Visit) -> list[str]:
    return [name for name, _ in visit.house.modules.ordered() if name in visit.here.enabled]


def _class(visit: Visit, name: str) -> type:
    found = settings_class(visit.house, name) if name in ("core", *_modules(visit)) else None
    if found is None:
        raise not_found()
    return found


def _given(visit: Visit, cls: type) -> dict[str, Any]:
    """Return what the form asks for: an emptied field has its default again, an empty secret stays as it is."""
    sent = from_form(cls, visit.form)
    clear = visit.form.get("clear", [])
    return {
        name: sent.get(name)
        for name, spec in specs_of(cls).items()
        if spec.asked and (not spec.secret or name in sent or name in clear)
    }


def _section(visit: Visit, name: str, refused: Refused | None) -> Section:
    cls = _class(visit, name)
    with visit.house.store.read() as connection:
        value: Any = settings_for(connection, visit.actor.court, name, cls)
    module = visit.house.modules.module(name)
    mine = refused is not None and visit.sent("action") == "settings" and visit.sent("module") == name
    typed = typed_again(cls, visit.form) if mine else flat(to_json(value))
    secret = {spec.name for spec in specs_of(cls).values() if spec.secret}
    return Section(
        name=name,
        title=module.title if module else HOST,
        cls=cls,
        typed={key: values for key, values in typed.items() if key not in secret},
        held=frozenset(one for one in secret if getattr(value, one) is not None),
        wrong=by_name(refused.problems) if refused and mine else {},
    )


def _year(visit: Visit, calendar: CourtCalendar) -> int:
    asked = whole(visit.asked("year"))
    today: date = court_day(visit.now)
    return asked if asked in calendar.known_years else today.year
