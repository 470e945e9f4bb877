"""Every page of the administration: for its role, refused to the others; no form without its token."""

import re

import pytest

from core.web.pages.further import further_routes
from tests.support.houses import STAFF

ALLOWED = {
    "/admin/modules": {"sysadmin"}, "/admin/people": {"secadmin"}, "/admin/clients": {"sysadmin"},
    "/admin/audit": {"auditadmin"}, "/admin/settings": {"sysadmin"}, "/admin/deliveries": {"sysadmin", "supervisor"},
}  # fmt: skip
EVERYBODY = ("sysadmin", "secadmin", "auditadmin", "supervisor", "judge", "reviewer")


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_page_opens_for_its_role_only(court, ask, name):
    browser = ask(name)
    for path, names in ALLOWED.items():
        assert browser.get(path).status == (200 if name in names else 403), path
        sent = browser.post(path, {"action": "x"}).status
        assert (sent != 403) == (name in names and path != "/admin/audit") or sent == 405


def test_no_form_is_taken_without_its_token(court, ask):
    for name in ("sysadmin", "secadmin"):
        browser = ask(name)
        for route in further_routes():
            if "POST" in route.methods and not (route.roles and not _may(route, name)):
                for token in ("", "0" * 64):
                    assert (
                        browser.post(route.path, {"action": "add", "name": "x"}, token=token).status == 403
                    ), route.path


def _may(route, name):
    roles = next(roles for username, roles, _ in STAFF if username == name)
    return bool(route.roles & set(roles))


def test_every_form_carries_the_token_and_no_page_has_script_or_style_in_it(court, ask):
    number = court.case(1)
    court.file("mediation", number), court.file("wish")
    pages = {
        "sysadmin": ("/admin/modules", "/admin/clients", "/admin/settings", "/admin/deliveries"), "secadmin": ("/admin/people",),
        "auditadmin": ("/admin/audit",), "judge": ("/cases/", f"/cases/{number}", "/search?q=甲某某", "/reminders/"),
    }  # fmt: skip
    for name, paths in pages.items():
        browser = ask(name)
        for path in paths:
            page = browser.get(path)
            assert page.status == 200, (path, page.text)
            forms = re.findall(r'<form[^>]*method="post".*?</form>', page.text, re.DOTALL)
            assert all('name="csrf"' in form for form in forms), path
            assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page.text), path
            ids = re.findall(r'\sid="([^"]+)"', page.text)
            assert len(ids) == len(set(ids)), (path, sorted(one for one in ids if ids.count(one) > 1))
            for target in re.findall(r'<label[^>]* for="([^"]+)"', page.text):
                assert target in ids, (path, target)
            assert page.text.count("<h1") == 1, path
