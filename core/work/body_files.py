"""The files that a body names: their names and categories, and whether what they hold has come."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from core.fields.bind import UNKNOWN
from core.fields.kinds import Unfit, read_text
from core.fields.label import Label
from core.fields.problem import Problem
from core.parts import Attachment
from core.records import Blob, FileUpload
from core.store.prepared import PreparedRead
from core.work.opened import FileGiven
from core.work.sniff import SUFFIXES, name_fits
from core.work.transaction import Transaction

_FILE_FIELDS = frozenset({"sha256", "name", "category", "pages", "copies", "is_original"})
_COUNTED = frozenset({"pages", "copies"})
_AT_ONCE = 256
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Marks that turn the direction of writing, breaks, blanks of no width: they make one name look like another."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_NAME = re.compile(r'[<>:"|?*]')
_PLAIN_NAME = re.compile(r'[^./\\<>:"|?*][^/\\<>:"|?*]{,199}')
"""What most names are, if they can be printed whole as well: nothing is wrong with them."""


@cache
def _uploads(count: int) -> PreparedRead:
    """Return what asks after ``count`` files, a power of two: their digests are bound as ``digest_0`` and so on."""
    digests = [sa.bindparam(f"digest_{place}", type_=sa.String()) for place in range(count)]
    return PreparedRead(
        sa.select(FileUpload.sha256, Blob.mime)
        .join(Blob, Blob.sha256 == FileUpload.sha256)
        .where(
            FileUpload.court_code == sa.bindparam("court"),
            FileUpload.client_id == sa.bindparam("client"),
            FileUpload.sha256.in_(digests),
        )
    )


def read_attachments(
    tx: Transaction, offered: Sequence[Attachment], raw: Any, values: Mapping[str, Any], client: int
) -> tuple[tuple[FileGiven, ...], list[Problem]]:
    """Return the files named in ``raw`` under the categories ``offered``, and what is wrong with them."""
    if not isinstance(raw, list):
        return (), [Problem("attachments", "not_a_list", Label("应为列表。", "A list is expected here."))]
    categories = {one.category: one for one in offered}
    digests = {one["sha256"] for one in raw if isinstance(one, dict) and _is_digest(one.get("sha256"))}
    known = _types(tx, client, sorted(digests))
    files: list[FileGiven] = []
    problems: list[Problem] = []
    unfit: list[Problem] = []
    for place, one in enumerate(raw):
        file, found = _file(one, categories, digests)
        if file is not None:
            files.append(file)
            mime = known.get(file.sha256)
            if mime is not None and name_fits(file.name, mime):
                continue
        problems += [problem.under(f"attachments[{place}]") for problem in found]
        unfit += [problem.under(f"attachments[{place}]") for problem in _unfit_content(one, digests, known)]
    problems += unfit
    named = [one.get("category") for one in raw if isinstance(one, dict)]
    for category in offered:
        count = named.count(category.category)
        if count == 0 and category.needed(values):
            problems.append(Problem("attachments", "missing_attachment", Label(f"缺少附件：{category.zh}（{category.category}）。", f"Missing attachment: {category.en} ({category.category}).")))  # fmt: skip
        if count > category.maximum:
            problems.append(Problem("attachments", "too_many", Label(f"附件“{category.zh}”最多{category.maximum}个。", f"At most {category.maximum} files of {category.en}.")))  # fmt: skip
    return tuple(files), problems


def _file(
    raw: Any, categories: Mapping[str, Attachment], digests: Collection[str]
) -> tuple[FileGiven | None, list[Problem]]:
    if not isinstance(raw, dict):
        return None, [Problem("", "not_an_object", Label("应为对象。", "An object is expected here."))]
    problems = [] if raw.keys() <= _FILE_FIELDS else unknown_in(raw, _FILE_FIELDS)
    digest = raw.get("sha256")
    if not isinstance(digest, str) or digest not in digests:
        problems.append(Problem("sha256", "not_a_digest", Label("应为64位小写十六进制的SHA-256摘要。", "Give the SHA-256 digest as 64 lower-case hex digits.")))  # fmt: skip
    category = raw.get("category")
    if not isinstance(category, str) or category not in categories:
        offered = "、".join(categories)
        problems.append(Problem("category", "not_a_choice", Label(f"附件类别只能取：{offered}。", f"The category must be one of: {offered}.")))  # fmt: skip
    try:
        name = safe_name(read_text(raw.get("name")))
    except Unfit as unfit:
        name = ""
        problems.append(Problem("name", unfit.code, unfit.message))
    for key in () if _COUNTED.isdisjoint(raw) else ("pages", "copies"):
        held = raw.get(key)
        if held is not None and (type(held) is not int or not 1 <= held <= 100_000):
            problems.append(Problem(key, "not_whole", Label("应为1至100000的整数。", "Give a whole number from 1 to 100000.")))  # fmt: skip
    if not isinstance(raw.get("is_original", False), bool):
        problems.append(
            Problem("is_original", "not_yes_no", Label("应为 true 或 false。", "It must be true or false."))
        )
    if problems:
        return None, problems
    return FileGiven(
        str(digest),
        name,
        str(raw["category"]),
        raw.get("pages"),
        raw.get("copies") or 1,
        raw.get("is_original", False),
    ), []


def safe_name(name: str) -> str:
    """Return a file's own name as it may be shown and offered for saving.

    Raises:
        Unfit: it names a path, or has characters no file name has.
    """
    if name.isprintable() and _PLAIN_NAME.fullmatch(name):
        return name
    if "/" in name or "\\" in name or name in (".", "..") or name.startswith("."):
        raise Unfit("path_in_name", "文件名不能包含路径。", "A file name must not name a path.")
    # What can be printed whole, as most is, has nothing that is not seen.
    unseen = not name.isprintable() and any(unicodedata.category(char) in _UNSEEN for char in name)
    if unseen or _NO_NAME.search(name):
        raise Unfit(
            "bad_name",
            '文件名含有不允许的字符（<>:"|?* 或看不见的字符）。',
            'A file name must not have any of <>:"|?*, nor characters that are not seen.',
        )
    if len(name) > 200:
        raise Unfit("too_long", "文件名最多200个字。", "A file name has at most 200 characters.")
    return name


def _is_digest(given: Any) -> bool:
    return type(given) is str and _DIGEST.fullmatch(given) is not None


def _unfit_content(raw: Any, digests: Collection[str], known: Mapping[str, str]) -> list[Problem]:
    """Say that the content of an attachment has not arrived, or is not what the file's name says."""
    if not isinstance(raw, dict) or not isinstance(raw.get("sha256"), str) or raw["sha256"] not in digests:
        return []
    mime, name = known.get(raw["sha256"]), raw.get("name")
    if mime is None:
        return [Problem("sha256", "unknown_file", Label("没有收到此摘要的文件，请先上传。", "No file with this digest has arrived; upload it first."))]  # fmt: skip
    if not isinstance(name, str) or not name.strip() or name_fits(name.strip(), mime):
        return []
    endings = "、".join(SUFFIXES[mime])
    return [Problem("name", "type_differs", Label(f"文件实际类型与名称不符，应以{endings}结尾。", f"The file is not what its name says; it should end in {endings}."))]  # fmt: skip


def _types(tx: Transaction, client: int, digests: Sequence[str]) -> dict[str, str]:
    """Return the media types of those files that the client brought to the court, by digest."""
    known: dict[str, str] = {}
    for begin in range(0, len(digests), _AT_ONCE):
        asked = digests[begin : begin + _AT_ONCE]
        # Filled up to a power of two with the last one, so that there are few statements.
        count = 1 << (len(asked) - 1).bit_length()
        bound = {f"digest_{place}": asked[min(place, len(asked) - 1)] for place in range(count)}
        rows = _uploads(count).all(tx.connection, {"court": tx.court, "client": client, **bound})
        known |= {row.sha256: row.mime for row in rows}
    return known


def unknown_in(raw: Mapping[str, Any], allowed: Collection[str]) -> list[Problem]:
    """Return a problem for each name in ``raw`` that is not ``allowed``."""
    return [Problem(str(name), "unknown_field", UNKNOWN) for name in raw if name not in allowed]
