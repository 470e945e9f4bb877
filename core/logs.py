"""Logs: lines for machines (JSON) or for a terminal, from our own code and from the libraries, through one chain.

What people typed, and who they are, is not logged: addresses appear as route patterns, exceptions without local values,
their messages with everything masked that may come from data. A line is one line, whatever is in it.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import msgspec

from core.request import CURRENT


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Have ``package`` not found within, unless it is there already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # so it is not found
    try:
        yield
    finally:
        del sys.modules[package]


# structlog takes rich where it finds it: 6 MB, for tracebacks in colours that we print nowhere.
with _without("rich"):
    import structlog

Event = MutableMapping[str, Any]
FORMATS = ("auto", "json", "console")
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029"  # what ends a line, or moves a terminal's cursor
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"  # what turns the writing round, or is not seen
)
_DETAIL = re.compile(r"\n(?:DETAIL|CONTEXT|LINE \d+|HINT|QUERY):.*?(?=\n\[|\Z)", re.DOTALL)
"""What PostgreSQL adds to an error: the row that did not fit, with its values."""
_DATA = re.compile(
    r"'[^'\n]*'|\"[^\"\n]*\"|‘[^’\n]*’|“[^”\n]*”"  # what is quoted
    r"|[\u3400-\u9fff\uf900-\ufaff·]+"  # names, addresses, search words
    r"|[\w.+-]+@[\w.-]+|\b(?=\w*\d)[\w-]{6,}\b|\b[\w-]{24,}\b"  # mail, numbers, tokens
)
_MASK = "…"


def configure(form: str = "auto", level: str = "info") -> None:
    """Send everything that is logged to standard error, as ``form`` says; the last call counts."""
    json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    render: list[Any] = [_rendered] if json else [_one_line, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]  # fmt: skip
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _of_request,
        _exception,
    ]
    structlog.configure(
        processors=[*shared, *render],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=_Lines,
        cache_logger_on_first_use=False,
    )
    handler = _Handler()
    chain = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render]
    foreign = [_logger_name, *shared]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=chain, foreign_pre_chain=foreign))
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    # Libraries tell at length how they are; from them we want to hear of trouble.
    root.setLevel(max(LEVELS[level], logging.WARNING))
    logging.getLogger("benchside").setLevel(LEVELS[level])


class _Lines:
    """Where structlog's lines go: one write to the descriptor, so that those of several workers do not mix."""

    def __init__(self, *_: Any) -> None:
        pass

    def msg(self, line: str) -> None:
        _write(line)

    debug = info = warning = error = exception = critical = msg


class _Handler(logging.Handler):
    """Where the lines of the standard library's loggers go: to the same place."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; what cannot be told is told as that."""
        try:
            line = self.format(record)
        except Exception as error:  # noqa: BLE001 - a line that cannot be made must not stop the work it tells of
            line = f'{{"level":"error","event":"a log line of {record.name} failed: {type(error).__name__}"}}'
        _write(line)


def _write(line: str) -> None:
    left = line.encode("utf-8", "backslashreplace") + b"\n"
    try:
        while left:
            left = left[os.write(2, left) :]
    except OSError:
        return  # nobody reads any more; the work goes on


def _rendered(logger: Any, name: str, event: Event) -> str:
    line = msgspec.json.encode(event, enc_hook=str).decode()
    if "\\" in line or _CONTROL.search(line):  # seldom: something in it had to be escaped, or should be
        line = msgspec.json.encode(_one_line(logger, name, event), enc_hook=str).decode()
    return line


def _of_request(_logger: Any, _name: str, event: Event) -> Event:
    request = CURRENT.get()
    if request is not None:
        event.setdefault("request_id", request.id)
        event.setdefault("route", request.route)
    return event


def _logger_name(_logger: Any, _name: str, event: Event) -> Event:
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    if not record.name.startswith("benchside"):
        event["event"] = masked(str(event["event"]))
    return event


def _exception(_logger: Any, _name: str, event: Event) -> Event:
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = told(error)
    return event


def _one_line(_logger: Any, _name: str, event: Event) -> Event:
    for name, value in event.items():
        if isinstance(value, str) and name != "exception" and _CONTROL.search(value):
            event[name] = _plain(value)
    return event


def _plain(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def masked(text: str) -> str:
    """Return a message without what may be somebody's data."""
    return _DATA.sub(_MASK, _DETAIL.sub("", text))


def told(error: BaseException) -> str:
    """Return an exception with its traceback and what led to it: code and types, without values."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [told(before), "which led to"] if before is not None else []
    parts += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    parts.append(f"{type(error).__module__}.{type(error).__qualname__}: {_plain(masked(_message(error)))}")
    if isinstance(error, BaseExceptionGroup):
        parts += [told(one) for one in error.exceptions]
    return "\n".join(parts)


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - an exception that cannot even say its message
        return ""
