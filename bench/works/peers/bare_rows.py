"""What the rows of a bare submission hold beyond what the body says itself: sealed numbers, search words, the texts told."""

import base64
import hmac
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_RUN = re.compile(r"[0-9a-z]+|[^\W\d_a-z]+|[^\W_]")
_SUBMITTER = ("role", "name", "phone", "id_type", "id_no", "licence_no")
_NUMBERS = ("resident_id", "other_id_no", "service_electronic", "e_service_email", "e_service_address")
_LINE = re.compile(r"\| \d+ \| .* \| (.*) \| .* \| .* \| .* \|")


class Seals:
    """The keys of the installation, used by hand."""

    def __init__(self, keys: Path) -> None:
        told = json.loads(keys.read_text())
        self._name = told["sealing"][-1]["id"]
        self._box = AESGCM(base64.b64decode(told["sealing"][-1]["key"]))
        self._index = base64.b64decode(told["index"][-1]["key"])

    def seal(self, place: str, text: str) -> str:
        """Return ``text`` as the column ``place`` keeps it."""
        nonce = os.urandom(_NONCE)
        made = nonce + self._box.encrypt(nonce, text.encode(), place.encode())
        return f"sealed:{self._name}:{base64.urlsafe_b64encode(made).decode()}"

    def opened(self, place: str, stored: str) -> str:
        """Return what ``seal`` was given."""
        made = base64.urlsafe_b64decode(stored.rpartition(":")[2])
        return self._box.decrypt(made[:_NONCE], made[_NONCE:], place.encode()).decode()

    def word(self, court: str, number: str) -> str:
        """Return the word under which a number is found."""
        return hmac.digest(self._index, f"{court}\n{number.upper()}".encode(), "sha256")[:10].hex()


class Fields:
    """The INSERT of one declaration's fields, its cells taken from a body."""

    def __init__(self, connection: sqlite3.Connection, table: str, seals: Seals) -> None:
        kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
        self._names = [name for name in kinds if name != "id" or table == "filing__filing"]
        marks = ", ".join("?" * len(self._names))
        self.text = f"INSERT INTO {table} ({', '.join(self._names)}) VALUES ({marks})"
        self._sealed = {
            name: f"{table}.{name}" for name in self._names if "phone" in name or name in _NUMBERS
        }
        self._fen = [name for name in self._names if name in ("claim_amount", "amount")]
        self._lists = [name for name in self._names if name == "special_powers"]
        self._seals = seals

    def row(self, given: dict[str, Any], numbers: list[str]) -> list[Any]:
        """Return the cells of one row; sealed numbers are added to ``numbers``."""
        cells = {**given}
        for name, place in self._sealed.items():
            if held := given.get(name):
                numbers.append(held)
                cells[name] = self._seals.seal(place, held)
        for name in self._fen:
            if held := given.get(name):
                yuan, _, cents = held.partition(".")
                cells[name] = int(yuan) * 100 + int(cents.ljust(2, "0"))
        for name in self._lists:
            if held := given.get(name):
                cells[name] = json.dumps(held)
        return [cells.get(name) for name in self._names]


def submitter(seals: Seals, given: dict[str, Any]) -> str:
    """Return the submitter's cell."""
    held = {name: given.get(name) for name in _SUBMITTER}
    held["phone"] = seals.seal("application.submitter.phone", given["phone"])
    if held["id_no"]:
        held["id_no"] = seals.seal("application.submitter.id_no", held["id_no"])
    return _json(held)


def named(fields: dict[str, Any]) -> dict[str, str]:
    """Return the names that lists show, by column."""
    parties = fields["parties"]
    return {
        "plaintiffs": "、".join(one["name"] for one in parties if one["role"] == "plaintiff"),
        "defendants": "、".join(one["name"] for one in parties if one["role"] == "defendant"),
        "party_names": "、".join(one["name"] for one in parties),
        "agent_names": "、".join(one["name"] for one in fields.get("agents", ())),
    }


def words(serial: str, court: str, names: dict[str, str], cause: str, body: dict[str, Any], numbers: Iterable[str]) -> str:  # fmt: skip
    """Return the search words of a filing; ``numbers`` are the words of its sealed numbers."""
    own = f"in:{court}/filing state:submitted handler:0 reviewer:0 serial_no:{serial.lower()} filing_type:{body['fields']['filing_type']}"
    made = [own]
    for name, text in (("cause", cause), *names.items()):
        made += [f"{name}:{piece}" for piece in _pieces(text)]
        made.append("--")
    made += [f"number:{word}" for word in numbers]
    submitted = body["submitter"]["name"]
    texts = (
        serial, serial[-6:], serial[-14:-6], serial[-14:], names["plaintiffs"], submitted, cause, names["defendants"], names["party_names"]
    )  # fmt: skip
    for text in dict.fromkeys(texts):
        made += _pieces(text)
        made.append("--")
    return " ".join(made)


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii():
            yield run
        else:
            yield from (run[place : place + 2] for place in range(len(run)))


class Telling:
    """The notice and the receipt, put together around what differs; the rest is as in the example."""

    def __init__(self, seals: Seals, notice: str, paper: str, serial: str) -> None:
        self._seals = seals
        self._notice = json.loads(seals.opened("delivery.payload", notice))
        self._paper = json.loads(seals.opened("paper.content", paper))
        self._serial, self._named = serial, self._notice["to_name"]
        lines = self._paper["text"].split("\n")
        listed = [one for one in lines if _LINE.fullmatch(one)]
        first = lines.index(listed[0])
        self._headed = "\n".join(lines[:first])
        self._ended = "\n".join(lines[first + len(listed) :])
        self._categories = [found[1] for one in listed if (found := _LINE.fullmatch(one))]

    def notice(self, serial: str, given: dict[str, Any]) -> str:
        """Return the cell of a delivery's payload."""
        told = self._notice | {
            "serial_no": serial, "to_name": given["name"], "to_phone": given["phone"],
            "text": self._notice["text"].replace(self._serial, serial).replace(self._named, given["name"]),
        }  # fmt: skip
        return _json(self._seals.seal("delivery.payload", _json(told)))

    def paper(self, serial: str, given: dict[str, Any], files: list[dict[str, Any]]) -> str:
        """Return the cell of a paper's content."""
        lines = [
            f"| {place} | {one['name']} | {category} | {one.get('pages') or '—'} | {one.get('copies') or 1} | {'原件' if one.get('is_original') else '复印件'} |"
            for place, (one, category) in enumerate(zip(files, self._categories, strict=True), 1)
        ]
        head = self._headed.replace(self._serial, serial).replace(self._named, given["name"])
        text = "\n".join([head, *lines, self._ended])
        return _json(self._seals.seal("paper.content", _json(self._paper | {"text": text})))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
