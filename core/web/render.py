"""Templates: one Jinja environment a language, with the few functions every page uses."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup, escape

from core.fields.kinds import KINDS
from core.fields.label import Label, label
from core.fields.spec import FieldSpec, specs_of
from core.law.dates import SHANGHAI
from core.loader import Modules
from core.web.holes import Hole
from core.web.language import translator
from core.web.static import Static
from core.work.arrive import UNREAD_TOLD

FOLDER = Path(__file__).parent / "templates"
DASH = "—"


class Templates(Environment):
    """The templates of one language. Those of a module that brings its own texts are read with these before the host's."""

    owned: Mapping[str, Environment] = MappingProxyType({})

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> Template:
        """Return the template ``name``; below ``<module>/`` as that module reads it."""
        owner = self.owned.get(str(name).partition("/")[0])
        return owner.get_template(name) if owner else super().get_template(name, *args, **kwargs)


def environment(language: str, static: Static, modules: Modules) -> Environment:
    """Return the templates in ``language``; a module's own lie below ``<module>/``."""
    folders = {
        name: FileSystemLoader(one.home / "templates")
        for name, one in modules.ready.items()
        if one.home is not None
    }
    loader = ChoiceLoader([FileSystemLoader(FOLDER), PrefixLoader(folders)])
    made = _templates(language, static, loader, {})
    made.owned = {
        name: _templates(language, static, loader, one.texts)
        for name, one in modules.ready.items()
        if one.texts
    }
    return made


def _templates(language: str, static: Static, loader: BaseLoader, texts: Mapping[str, str]) -> Templates:
    # Markup is escaped by the engine: autoescape holds for every template, whatever its name.
    made = Templates(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        # A Label that is printed as it is comes out in the language of the page.
        finalize=lambda value: value.in_(language) if isinstance(value, Label) else value,
    )
    text = translator(language, texts)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=text, ngettext=lambda one, many, n: text(one if n == 1 else many), newstyle=True
    )
    made.filters["brief"] = brief
    made.filters.update(counts(text))
    made.globals.update(
        language=language,
        asset=static.address,
        icon=_icons(static),
        label=lambda words: said(words, language),
        show=lambda spec, value: shown(spec, value, language),
        when=moment,
        short=short_moment,
        day=lambda value: value.isoformat() if isinstance(value, date) else DASH,
        specs=lambda cls: list(specs_of(cls).values()),
        dash=DASH,
    )
    return made


def said(words: Any, language: str) -> str:
    """Return what a module gave as words, a Label or both languages in a tuple, in ``language``."""
    return label(words).in_(language) if isinstance(words, Label | tuple) else str(words)


def _icons(static: Static) -> Any:
    @cache
    def icon(name: str, title: str = "") -> Markup:
        drawn = static.read(f"icons/{name}.svg")
        start = drawn.find("<path")
        named = Markup("role='img' aria-label='{}'").format(title) if title else Markup("aria-hidden='true'")
        # The drawing comes from the icon package, read at start; the title is escaped above.
        body = Markup(drawn[start : drawn.rfind("</svg>")]) if start >= 0 else Markup("")  # noqa: S704
        return Markup("<svg class='icon' viewBox='0 0 24 24' {}>{}</svg>").format(named, body)

    return icon


def counts(text: Callable[[str], str]) -> dict[str, Callable[[Any], Markup]]:
    """Return the filters that draw a count where there is one; in a page that is cut, its hole."""
    waiting = escape(text("待处理"))

    def drawn(draw: Callable[[int], str]) -> Callable[[Any], Markup]:
        def count(value: Any) -> Markup:
            # A mark of ours, or markup of ours around a number.
            return Markup(value if isinstance(value, Hole) else draw(int(value)) if value else "")  # noqa: S704

        return count

    return {
        "menu_count": drawn(lambda n: f'<b class="count-pill" title="{waiting}">{_up_to(999, n)}</b>'),
        "tab_count": drawn(lambda n: f' <b class="count-pill">{n}</b>'),
        "unread_count": drawn(
            lambda n: f'<span class="count-dot" data-unread>{_up_to(UNREAD_TOLD, n)}</span>'
        ),
    }


def _up_to(most: int, number: int) -> str:
    return str(number) if number <= most else f"{most}+"


def shown(spec: FieldSpec, value: Any, language: str) -> str:
    """Return a field's value as a person reads it; nothing is a dash."""
    if value is None or value in ("", ()):
        return DASH
    if spec.kind is KINDS.group:
        return str(len(value))
    return spec.kind.show(value, spec, language)


def brief(text: str) -> str:
    """Return a button's word without the remark in brackets: a row has little room."""
    return text.partition("（")[0].partition(" (")[0]


def moment(value: datetime | None) -> str:
    """Return a moment in the court's time, to the minute."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else DASH


def short_moment(value: datetime | None, now: datetime) -> str:
    """Return a moment as lists show it: without the year while it is this year's."""
    if value is None:
        return DASH
    local = value.astimezone(SHANGHAI)
    return local.strftime("%m-%d %H:%M" if local.year == now.astimezone(SHANGHAI).year else "%Y-%m-%d")
