"""The pages in a real browser: accessible, within the security policy, and working without scripts."""

import contextlib
import re
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from tests.support.houses import PASSWORD


class Silent(WSGIRequestHandler):
    def log_message(self, *words):
        pass


@contextlib.contextmanager
def served(application):
    with make_server("127.0.0.1", 0, application, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def log_in(page, username):
    page.goto("/login")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url(re.compile(r"/$"))


@pytest.mark.browser
def test_no_page_shuts_anybody_out(court, new_page, axe):
    number = court.case(1)
    court.file("mediation", number), court.file("wish", number, name="=1+1")
    pages = {
        "sysadmin": ("/admin/modules", "/admin/clients", "/admin/settings", "/admin/deliveries"), "secadmin": ("/admin/people",),
        "auditadmin": ("/admin/audit",), "judge": ("/cases/", f"/cases/{number}", "/search?q=甲某某", "/search", "/reminders/"),
    }  # fmt: skip
    with served(court.application) as base:
        for name, paths in pages.items():
            page = new_page(base_url=base)
            log_in(page, name)
            for path in paths:
                page.goto(path)
                assert axe(page) == [], path


@pytest.mark.browser
def test_the_work_is_done_without_scripts(court, new_page):
    with served(court.application) as base:
        page = new_page(base_url=base, java_script_enabled=False)
        log_in(page, "sysadmin")
        page.goto("/admin/modules")
        page.click('tr[data-module="wish"] button[value="disable"]')
        assert page.get_attribute('tr[data-module="wish"]', "data-enabled") == "no"
        page.goto("/admin/clients")
        page.fill("#new-name", "无脚本平台")
        page.click('button[value="add"]')
        assert len(page.inner_text("[data-client-token]")) > 30
        page.goto("/admin/settings")
        page.fill("#core-lock_minutes", "20")
        page.click('[data-settings="core"] button')
        assert page.input_value("#core-lock_minutes") == "20"
