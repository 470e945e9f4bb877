"""Values as a browser or a platform would send them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.fields.kinds import KINDS
from core.fields.spec import specs_of
from core.law.dates import SHANGHAI
from core.testing.acting import DIGEST


def file_of(one: Any) -> dict[str, Any]:
    """Return a file under the category ``one``."""
    return {"sha256": DIGEST, "name": f"{one.category}.pdf", "category": one.category}


def form_of(cls: type, values: Mapping[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """Return values as a browser would send them."""
    form: dict[str, list[str]] = {}
    for name, spec in specs_of(cls).items():
        held = values.get(name)
        if held is None:
            continue
        if spec.kind is KINDS.group:
            assert spec.item is not None
            for place, item in enumerate(held):
                form |= form_of(spec.item, item, f"{prefix}{name}.{place}.")
        elif isinstance(held, bool):
            form[prefix + name] = ["true" if held else "false"]
        else:
            form[prefix + name] = (
                [str(one) for one in held] if isinstance(held, list | tuple) else [str(held)]
            )
    return form


def moments_after(now: datetime, data: Mapping[str, Any]) -> list[str]:
    """Return the moments after ``now`` that ``data`` holds, as the clock of the court shows them."""
    found = []
    for held in data.values():
        try:
            moment = datetime.fromisoformat(held)
        except (TypeError, ValueError):
            continue
        if moment.tzinfo and moment > now:
            found.append(f"{moment.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}")
    return found
