"""Where axe-core is found: in the tools of a checkout, else in the package that the extra ``browser`` brings."""

from core.testing import chromium


def test_axe_comes_from_the_checkout_else_from_the_package(tmp_path, monkeypatch):
    assert chromium.axe_file() == chromium.TOOLS / "axe.min.js"
    monkeypatch.setattr(chromium, "TOOLS", tmp_path)
    assert chromium.axe_file() is None
    package = tmp_path / "installed" / "axe_playwright_python"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    assert chromium.axe_file() is None
    (package / "axe.min.js").touch()
    assert chromium.axe_file() == package / "axe.min.js"
