"""What the author of a module tests with: fixtures, and a suite that drives any module from outside.

Installing Benchside installs a plugin of pytest. It adds the fixtures ``court``, ``as_judge``, ``as_clerk``,
``as_reviewer``, ``as_operator``, ``outside`` and ``clock`` (``core.testing.plugin``), and the conformance suite::

    pytest --benchside-module mediation            an installed module, by its name
    pytest --benchside-module path/to/mediation    a folder that holds the module

or, once for all, in the project's ``pyproject.toml``::

    [tool.pytest.ini_options]
    benchside_modules = ["mediation"]

Every check of ``core.testing.conformance`` is then a test of its own, beside those of the author, with nothing to write.
"""
