"""The templates that a module brings along: found, read and checked when it is loaded."""

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from core.fields.spec import DeclarationError
from core.module import Flow, Module
from core.paper import Paper
from core.papers.fill import check_template
from core.papers.shapes import Record
from core.papers.variables import invented_in, variables_of

FOLDER = "papers"


@frozen
class BuiltIn:
    """One paper as its module brings it: the template, and what it may name."""

    text: str
    variables: Record


def read_templates(module: Module, folder: Path) -> Mapping[tuple[str, str], BuiltIn]:
    """Return (kind, code) → template of every paper that ``module`` declares; ``folder`` is the module's own.

    Raises:
        DeclarationError: a file is missing, or a template is wrong (with its line).
    """
    found: dict[tuple[str, str], BuiltIn] = {}
    for flow in module.requests:
        texts = {paper: _read(folder, paper.template) for paper in flow.papers}
        for paper, text in texts.items():
            found[flow.kind, paper.code] = _checked(flow, module, paper, text, list(texts.values()))
    return found


def _read(folder: Path, name: str) -> str:
    path = folder / FOLDER / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(f"the template {FOLDER}/{name} cannot be read: {error}") from error


def _checked(flow: Flow, module: Module, paper: Paper, text: str, texts: list[str]) -> BuiltIn:
    # The syntax first: a text that does not parse names nothing.
    troubles = check_template(text, None)
    if not troubles:
        variables = variables_of(flow, module, paper.code, invented=invented_in(texts))
        troubles = check_template(text, variables)
        if not troubles:
            return BuiltIn(text, variables)
    said = "; ".join(one.said().en for one in troubles)
    raise DeclarationError(f"the template {FOLDER}/{paper.template}: {said}")
