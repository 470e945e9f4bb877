"""demo.json: how to get into the demo; only its owner may read it."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, frozen


@frozen
class CourtTold:
    """A court of the demo."""

    code: str
    name: str


@frozen
class AccountTold:
    """An account with its password, which stands nowhere else."""

    username: str
    password: str
    role: str
    court: str
    name: str


@frozen
class ClientTold:
    """A client of the API with its token, which stands nowhere else."""

    name: str
    token: str
    courts: tuple[str, ...]


def write_demo_json(
    path: Path, base_url: str, courts: Iterable[CourtTold], accounts: Iterable[AccountTold], clients: Iterable[ClientTold]
) -> None:  # fmt: skip
    """Write ``path`` whole or not at all."""
    _put(
        path,
        {
            "base_url": base_url,
            "courts": [asdict(one) for one in courts],
            "accounts": [asdict(one) for one in accounts],
            "clients": [asdict(one) for one in clients],
        },
    )


def refresh(path: Path, base_url: str) -> None:
    """Write the address at which the demo is now reached; the rest stays."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if told["base_url"] != base_url:
        _put(path, told | {"base_url": base_url})


def _put(path: Path, content: Mapping[str, Any]) -> None:
    write_private(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, readable by its owner alone, whole or not at all."""
    side = path.with_name(path.name + ".new")
    side.unlink(missing_ok=True)
    handle = os.open(side, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    side.replace(path)
