"""What is typed to be run into opinions, decisions, messages, the boxes of all other pages, and what is printed on papers."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest

from core.fields.bind import bind
from core.fields.example import example_of
from core.fields.lookups import NoRegisters
from core.module import Flow, Transition
from core.papers.blocks import Document, plain
from core.papers.fill import fill
from core.papers.sample import sample_values
from core.papers.shown import Shown
from core.settings import ROOT, Settings
from core.web.inputs import flat
from core.web.table import host_routes, module_routes
from core.work.paper_files import DOCX, PDF, write_file
from tests.hostile.conftest import Court
from tests.hostile.payloads import ALL, Typist, free, lines, places
from tests.hostile.test_injection import FLOWS, clean, file_hostile, given_to, registers, rows
from tests.support.acting import load, read
from tests.support.houses import STAFF
from tests.support.papers import docx_text, joined, pdf_text

OPINION = next(lines(400))
STEPS = [
    (kind, step)
    for kind, (_, flow) in FLOWS.items()
    for step in flow.transitions
    if getattr(step, "fields", None)
]


@pytest.mark.parametrize(("kind", "step"), STEPS, ids=[f"{kind}-{step.code}" for kind, step in STEPS])
def test_what_a_step_asks_for_is_taken_as_it_was_typed_or_refused_by_name(
    court: Court, kind: str, step: Transition
):
    with court.fixture.house.store.read() as connection:
        lookups = registers(court, connection)
        typed = typed_into(step, lookups)
        value, problems = bind(step.fields, typed, lookups)
    named = {one.field for one in problems}
    for path, _, text in places(step.fields, typed, free):
        at: Any = value
        for part in re.split(r"[.\[\]]+", path.replace("]", "")) if value is not None else ():
            at = at[int(part)] if part.isdigit() else getattr(at, part)
        assert path in named if value is None else at == text, path
    assert all(one.message.zh and one.message.en for one in problems)


def typed_into(step: Any, lookups: Any) -> dict[str, Any]:
    given = step.example if isinstance(step.example, Mapping) else {}
    return Typist().laid(step.fields, lookups, example_of(step.fields, lookups, given))


@pytest.mark.parametrize("kind", FLOWS)
def test_an_opinion_and_a_message_are_kept_and_shown_as_they_were_typed(court: Court, kind: str):
    module, flow = FLOWS[kind]
    serial, _ = file_hostile(court, flow)
    given_to(court, kind, serial)
    path = f"/m/{module}/{serial}"
    saved = sum(
        save(court, path, serial, step, name)
        for step in flow.decisions
        if flow.initial.code in step.sources
        for name in ("judge", "reviewer")
    )
    directly = all(step.direct for step in flow.decisions if flow.initial.code in step.sources)
    assert saved or directly
    told = court.call("POST", f"applications/{serial}/messages", {"text": OPINION})
    assert told.status == 201, told.body
    assert json.loads(told.body)["messages"][-1]["text"] == OPINION
    readers = 0
    for name in ("judge", "reviewer", "president"):
        clean(court.get(name, path).body.decode(), path)
        messages = court.get(name, f"{path}/comment")
        clean(messages.body.decode(), path)
        assert messages.status != 200 or OPINION in messages.text
        readers += messages.status == 200
    assert readers


def save(court: Court, path: str, serial: str, step: Any, name: str) -> bool:
    """Save an opinion with the decision's own fields, look at the form, carry it out; tell whether it was saved."""
    before = read(court.fixture, serial)
    if before.state not in step.sources:
        return False
    with court.fixture.house.store.read() as connection:
        form = flat(typed_into(step, registers(court, connection))) if step.fields else {}
    form |= {"decision": [step.code], "opinion": [OPINION], "version": [str(before.version)]}
    court.get(name, "/")
    door = "decide" if step.direct else "review"
    reply = court.browser(name).post(f"{path}/{door}", form)
    assert reply.status in (303, 403, 404, 409, 422), reply.text
    clean(reply.body.decode(), (path, step.code))
    if step.direct or reply.status != 303:
        return False
    shown = court.get(name, f"{path}/review")
    assert shown.status == 200
    assert OPINION in shown.text
    clean(shown.body.decode(), (path, step.code))
    done = court.browser(name).post(
        f"{path}/decide", {"decision": step.code, "version": str(read(court.fixture, serial).version)}
    )
    assert done.status in (303, 409, 422), done.text
    clean(done.body.decode(), (path, step.code))
    return True


# --- All other pages


def test_whatever_any_page_is_asked_it_answers(either: Court):
    """The boxes and arguments of a page are read from the page itself; a part of an address is typed over as well."""
    house, texts = either.fixture.house, list(lines(200))
    routes = [
        one
        for one in (*host_routes(), *module_routes(house))
        if hasattr(one.page, "get") and one.path != "/logout"
    ]
    before, asked = rows(either), 0
    for place, route in enumerate(routes):
        name = next(name for name, roles, _ in STAFF if not route.roles or set(roles) & route.roles)
        path, text = route.path.replace("{module}", "filing"), texts[place % len(texts)]
        if "{" in path:
            for one in (text, ALL[place % len(ALL)]):
                typed_over = re.sub(r"\{\w+\}", lambda _, one=one: quote(one, safe=""), path)
                reply = either.get(name, typed_over)
                assert reply.status in (303, 400, 403, 404), typed_over
                clean(reply.body.decode(), typed_over)
            continue
        page = either.get(name, path).body.decode(errors="replace")
        offered = {*re.findall(r'name="([\w.]+)"', page), *re.findall(r"[?&;](\w+)=", page)} - {"csrf"}
        for one in sorted(offered | {"after", "done", "kind"}):
            reply = either.get(name, path, {one: text})
            assert reply.status in (200, 303, 400, 404, 422), (path, one)
            clean(reply.body.decode(errors="replace"), (path, one))
            asked += 1
    assert asked > 50
    assert rows(either) == before


def test_a_search_finds_no_case_by_signs(either: Court):
    for text in ALL:
        found = either.get("judge", "/search", {"q": text})
        cases = either.get("judge", "/cases/", {"case_number": text})
        assert (found.status, cases.status) == (200, 200)
        clean(found.body.decode(), text)
        if not any(char.isalnum() for char in text) and text not in "()":
            assert "/cases/%EF%BC%88" not in cases.body.decode(), text
            assert "data-serial" not in found.text, text


# --- Papers


def marked(value: Any, turn: Iterator[int], typed: dict[int, str]) -> Any:
    """Return values for a template in which every text is a payload between marks of its own."""
    if isinstance(value, Mapping):
        return {name: marked(one, turn, typed) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(marked(one, turn, typed) for one in value)
    if not isinstance(value, Shown) or not (value.raw is None or isinstance(value.raw, str)) or value.parts:
        return value
    number, texts = next(turn), list(lines(90))
    typed[number] = texts[number % len(texts)]
    return Shown(f"【{number}】{typed[number]}【完】", value.raw)


def test_every_paper_prints_what_was_typed_as_it_was_typed():
    modules = load(ROOT / "plugins", strict=True)
    seen = 0
    for place, ((kind, _), built_in) in enumerate(modules.papers.items()):
        flow: Flow = modules.sides[kind].flow
        typed: dict[int, str] = {}
        sample = sample_values(flow, built_in.variables, NoRegisters(date(2026, 11, 25)), {})
        blocks = fill(built_in.text, marked(sample, count(), typed))
        texts = [joined("\n".join(plain(one) for one in blocks))]
        if place % 4 == 0:  # every paper takes the same way into its files
            document = Document("文书", "某某法院", datetime(2026, 11, 25, tzinfo=UTC), blocks)
            texts.append(joined(docx_text(write_file(Settings(), document, DOCX))))
            # In a PDF the cells of a table lose their order, and none of their characters; its head comes again on each page.
            pages = Counter(joined(pdf_text(write_file(Settings(), document, PDF))))
            assert not Counter(texts[-1]) - pages, kind
        for text in texts:
            printed = re.findall(r"【(\d+)】(.*?)【完】", text)
            seen += len(printed)
            assert [one for number, one in printed if one != joined(typed[int(number)])] == [], kind
    assert seen > 50
