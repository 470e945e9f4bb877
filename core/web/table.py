"""The table of addresses: the host's own, and those that modules add below their name."""

import logging
from collections.abc import Iterable
from typing import Any

from attrs import evolve, frozen

from core.fields.label import Label
from core.roles import Permission
from core.values import Page
from core.web.answer import Answer
from core.web.menu import own_flows
from core.web.pages.appointment import AppointmentPage
from core.web.pages.assign import AssignPage
from core.web.pages.batch import BatchPage
from core.web.pages.comment import CommentPage
from core.web.pages.desk import DeskPage
from core.web.pages.detail import DetailPage, ShowPage
from core.web.pages.files import FilePage, PicturePage, ViewerPage
from core.web.pages.further import further_routes
from core.web.pages.login import LanguagePage, LoginPage, LogoutPage
from core.web.pages.papers import PaperPage, PaperViewPage, PreviewPage
from core.web.pages.queue import QueuePage
from core.web.pages.review import DecidePage, ReviewPage, TakeOverPage
from core.web.pages.verify import VerifyPage
from core.web.routes import Route
from core.web.visit import Visit
from core.work.access import any_see, needs
from core.work.house import House
from core.work.refusals import not_found

log = logging.getLogger("benchside.web")
ITEM = "/m/{module}/{serial_no}"


def host_routes() -> list[Route]:
    """Return the host's own addresses."""
    return [
        Route("/login", LoginPage(), public=True),
        Route("/language", LanguagePage(), public=True),
        Route("/logout", LogoutPage()),
        Route("/", DeskPage()),
        Route("/m/{module}/", QueuePage()),
        Route("/m/{module}/batch", BatchPage()),
        *further_routes(),
        Route(ITEM, DetailPage()),
        Route(f"{ITEM}/show", ShowPage()),
        Route(f"{ITEM}/review", ReviewPage()),
        Route(f"{ITEM}/take-over", TakeOverPage()),
        Route(f"{ITEM}/decide", DecidePage()),
        Route(f"{ITEM}/assign", AssignPage()),
        Route(f"{ITEM}/appointment.ics", AppointmentPage()),
        Route(f"{ITEM}/comment", CommentPage()),
        Route(f"{ITEM}/papers/preview", PreviewPage()),
        Route(f"{ITEM}/papers/{{paper}}", PaperPage()),
        Route(f"{ITEM}/papers/{{paper}}/view", PaperViewPage()),
        Route("/verify/{code}", VerifyPage(), public=True),
        Route(f"{ITEM}/files/{{file}}", FilePage()),
        Route(f"{ITEM}/files/{{file}}/show", PicturePage()),
        Route(f"{ITEM}/files/{{file}}/view", ViewerPage()),
    ]


@frozen(eq=False)
class ModulePage:
    """A page of a module's own, for those who see one of its queues. It answers every method it is asked by and says
    which by ``visit.method``.
    """

    module: str
    title: Label
    answer: Any
    permission: Permission | None = None

    def get(self, visit: Visit) -> Answer:
        """Show it."""
        return self._answer(visit)

    def post(self, visit: Visit) -> Answer:
        """Take what its form sent."""
        return self._answer(visit)

    def _answer(self, visit: Visit) -> Answer:
        flows = own_flows(visit.house, self.module)
        if flows and not any_see(flows, visit.actor):
            raise not_found()
        if self.permission is not None:
            needs(visit.actor.holds(self.permission), *_words(self.permission))
        answer = visit.house.hooks.ask("pages", self.module, self.answer, evolve(visit, title=self.title))
        if isinstance(answer, Answer):
            return answer
        body = answer if isinstance(answer, Label) else str(answer)
        return visit.render("module_page.html", title=self.title, body=body)


def module_routes(house: House) -> list[Route]:
    """Return the addresses of the modules' own pages; one module's failure leaves the others standing."""
    routes: list[Route] = []
    for name in house.modules.ready:
        answers = house.hooks.pages(name)
        for module in answers.failed:
            log.error("module %s failed to give its pages", module)
        for given in answers.good.values():
            routes += _pages(name, given)
    return routes


def _pages(name: str, pages: Iterable[Any]) -> list[Route]:
    return [
        Route(
            f"/m/{name}/{page.path.strip('/')}",
            ModulePage(name, page.title, page.answer, page.permission),
            module=name,
        )
        for page in pages
        if isinstance(page, Page)
    ]


def _words(permission: Permission) -> tuple[str, str]:
    return permission.title.zh, permission.title.en
