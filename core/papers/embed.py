"""Fonts made small enough to travel inside a document: the glyphs that are used, and nothing of the others."""

import io
import uuid
from pathlib import Path

_RESTRICTED, _WHOLE_ONLY = 0x0002, 0x0100
_DROPPED = ["FFTM", "GPOS", "GSUB", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "VORG", "DSIG"]
"""What a plain line of text does without."""


class NotEmbeddable(Exception):
    """The font has no TrueType outlines, or its maker forbids that it is embedded."""


def embedded(path: Path, face: int, text: str) -> tuple[bytes, str]:
    """Return the obfuscated font for ``text``, and the key that Word reads it with (ECMA-376 part 1, 17.8).

    Raises:
        NotEmbeddable: the font may not, or cannot, be embedded.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=face, lazy=True, recalcTimestamp=False) as font:
        if "glyf" not in font:
            raise NotEmbeddable(f"{path.name} has no TrueType outlines")
        rights = font["OS/2"].fsType
        if rights & _RESTRICTED:
            raise NotEmbeddable(f"{path.name} does not allow embedding")
        if not rights & _WHOLE_ONLY:
            options = Options(drop_tables=_DROPPED, name_IDs=["*"], notdef_outline=True, hinting=False)
            cutter = Subsetter(options)
            cutter.populate(text=text)
            cutter.subset(font)
        held = io.BytesIO()
        font.flavor = None
        font.save(held, reorderTables=True)
    content = held.getvalue()
    key = uuid.uuid5(uuid.NAMESPACE_OID, content.hex())
    return obfuscated(content, key), f"{{{str(key).upper()}}}"


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """Return ``font`` with its first 32 bytes mixed with the key; doing it again undoes it (ECMA-376 part 1, 17.8.1)."""
    mixed = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(font[:32], mixed, strict=True)) + font[32:]
