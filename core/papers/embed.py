"""Fonts made small enough to travel inside a document: the glyphs that are used, and nothing of the others.

A reader for what DOCX needs (ECMA-376 part 1, 17.8) and no general font library: TrueType outlines, one face.
"""

import struct
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

_KEPT = (
    "OS/2",
    "cmap",
    "cvt ",
    "fpgm",
    "glyf",
    "head",
    "hhea",
    "hmtx",
    "loca",
    "maxp",
    "name",
    "post",
    "prep",
)
_RESTRICTED, _WHOLE_ONLY = 0x0002, 0x0100
_WORDS, _SCALE, _MORE, _XY, _TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class NotEmbeddable(Exception):
    """The font has no TrueType outlines, or its maker forbids that it is embedded."""


def embedded(path: Path, face: int, text: str) -> tuple[bytes, str]:
    """Return the obfuscated font for ``text``, and the key that Word reads it with.

    Raises:
        NotEmbeddable: the font may not, or cannot, be embedded.
    """
    tables = _tables(path, face)
    if "glyf" not in tables:
        raise NotEmbeddable(f"{path.name} has no TrueType outlines")
    rights = struct.unpack_from(">H", tables["OS/2"], 8)[0]
    if rights & _RESTRICTED:
        raise NotEmbeddable(f"{path.name} does not allow embedding")
    font = written(tables if rights & _WHOLE_ONLY else subset(tables, text))
    key = uuid.uuid5(uuid.NAMESPACE_OID, font.hex())
    return obfuscated(font, key), f"{{{str(key).upper()}}}"


@lru_cache(maxsize=4)
def _tables(path: Path, face: int) -> Mapping[str, bytes]:
    return read_tables(path.read_bytes(), face)


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Return ``font`` with its first 32 bytes mixed with the key; doing it again undoes it (ECMA-376 part 1, 17.8.1)."""
    mixed = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(font[:32], mixed, strict=True)) + font[32:]


def read_tables(raw: bytes, face: int) -> dict[str, bytes]:
    """Return the tables of one face of a font file or collection."""
    start = struct.unpack_from(">I", raw, 12 + 4 * face)[0] if raw[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", raw, start + 4)[0]
    found = {}
    for place in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", raw, start + 12 + 16 * place)
        found[tag.decode("latin-1")] = raw[offset : offset + length]
    return found


def subset(tables: Mapping[str, bytes], text: str) -> dict[str, bytes]:
    """Return the tables with the glyphs of ``text`` only; glyphs keep their numbers, the others are empty."""
    long = struct.unpack_from(">h", tables["head"], 50)[0] == 1
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    places = _places(tables["loca"], count, long=long)
    used = {char: glyph for char, glyph in _glyphs(tables["cmap"], set(text)).items() if 0 < glyph < count}
    wanted = _with_parts(tables["glyf"], places, {0, *used.values()})
    glyf, loca = bytearray(), [0]
    for glyph in range(count):
        if glyph in wanted:
            outline = tables["glyf"][places[glyph] : places[glyph + 1]]
            glyf += outline + bytes(-len(outline) % 4)
        loca.append(len(glyf))
    made = {name: tables[name] for name in _KEPT if name in tables}
    packed = (
        struct.pack(f">{count + 1}I", *loca)
        if long
        else struct.pack(f">{count + 1}H", *(one // 2 for one in loca))
    )
    names = struct.pack(">I", 0x00030000) + tables["post"][4:32]  # version 3: without a name for every glyph
    return made | {"glyf": bytes(glyf), "loca": packed, "cmap": _map_of(used), "post": names}


def written(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of ``tables``, with its checksums."""
    power = len(tables).bit_length() - 1
    head = struct.pack(
        ">IHHHH", 0x00010000, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power))
    )
    offset = 12 + 16 * len(tables)
    entries, body, at = b"", b"", 0
    for name in sorted(tables):
        content = tables[name]
        if name == "head":
            content = content[:8] + bytes(4) + content[12:]
            at = offset + len(body) + 8
        entries += struct.pack(
            ">4sIII", name.encode("latin-1"), _sum(content), offset + len(body), len(content)
        )
        body += content + bytes(-len(content) % 4)
    made = head + entries + body
    return made[:at] + struct.pack(">I", (0xB1B0AFBA - _sum(made)) & 0xFFFFFFFF) + made[at + 4 :]


def _sum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def _places(loca: bytes, count: int, *, long: bool) -> tuple[int, ...]:
    if long:
        return struct.unpack_from(f">{count + 1}I", loca)
    return tuple(2 * one for one in struct.unpack_from(f">{count + 1}H", loca))


def _with_parts(glyf: bytes, places: tuple[int, ...], wanted: set[int]) -> set[int]:
    """Return ``wanted`` with the glyphs that they are composed of."""
    found, waiting = set(wanted), list(wanted)
    while waiting:
        glyph = waiting.pop()
        outline = glyf[places[glyph] : places[glyph + 1]]
        if not outline or struct.unpack_from(">h", outline)[0] >= 0:
            continue
        at, flags = 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", outline, at)
            at += (
                4
                + (4 if flags & _WORDS else 2)
                + (2 if flags & _SCALE else 4 if flags & _XY else 8 if flags & _TWO else 0)
            )
            if part not in found:
                found.add(part)
                waiting.append(part)
    return found


def _glyphs(cmap: bytes, chars: Iterable[str]) -> dict[int, int]:
    """Return character → glyph of a font's Unicode map of the basic plane (format 4)."""
    offsets = [
        offset
        for platform, coding, offset in struct.iter_unpack(
            ">HHI", cmap[4 : 4 + 8 * struct.unpack_from(">H", cmap, 2)[0]]
        )
        if (platform, coding) in ((3, 1), (0, 3)) and struct.unpack_from(">H", cmap, offset)[0] == 4
    ]
    if not offsets:
        raise NotEmbeddable("the font has no Unicode map of format 4")
    base = offsets[0]
    twice = struct.unpack_from(">H", cmap, base + 6)[0]
    ends, starts = base + 14, base + 16 + twice
    deltas, ranges = starts + twice, starts + 2 * twice
    found: dict[int, int] = {}
    segments = [
        (
            place,
            *(struct.unpack_from(">H", cmap, table + place)[0] for table in (starts, ends, deltas, ranges)),
        )
        for place in range(0, twice, 2)
    ]
    for code in sorted(ord(char) for char in chars if ord(char) < 0xFFFF):
        place, start, _, delta, way = next(one for one in segments if one[2] >= code)
        if start > code:
            continue
        glyph = code
        if way:
            glyph = struct.unpack_from(">H", cmap, ranges + place + way + 2 * (code - start))[0]
        found[code] = (glyph + delta) & 0xFFFF if glyph or not way else 0
    return found


def _map_of(used: Mapping[int, int]) -> bytes:
    """Return a Unicode map (format 4) of these characters, so that all others come from another font."""
    codes = [*sorted(used), 0xFFFF]
    deltas = [(used[code] - code) & 0xFFFF for code in codes[:-1]] + [1]
    twice = 2 * len(codes)
    power = len(codes).bit_length() - 1
    ends = starts = struct.pack(f">{len(codes)}H", *codes)
    table = struct.pack(">HHHH", twice, 2 << power, power, twice - (2 << power)) + ends + bytes(2) + starts
    table += struct.pack(f">{len(codes)}H", *deltas) + bytes(twice)
    table = struct.pack(">HHH", 4, 6 + len(table), 0) + table
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
