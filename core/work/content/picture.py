"""Pictures: whole, and of a size that a screen can unpack."""

from pathlib import Path

from core.fields.problem import Reason, Refused

PIXELS = 100_000_000
"""A sheet of A3 at 600 dpi has 70 million."""


def check_picture(path: Path) -> None:
    """Look inside a picture.

    Raises:
        Refused: ``picture_broken`` or ``picture_too_large``.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the bound is ours: the library's own only warns at first
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused(
                    Reason.INVALID,
                    "picture_too_large",
                    (
                        f"图片超过{PIXELS // 10_000}万像素；请缩小后重传。",
                        f"The picture has over {PIXELS // 1_000_000} million pixels; make it smaller.",
                    ),
                )
            if picture.format == "PNG":
                picture.verify()  # its check sums, without unpacking it
            else:
                picture.draft("L", (1, 1))  # a JPEG unpacked at an eighth
                picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError):
        # What the library's readers raise on broken content.
        raise Refused(
            Reason.INVALID,
            "picture_broken",
            (
                "图片已损坏或不完整，不能打开；请重新拍摄或导出后重传。",
                "The picture is broken or cut off and does not open; take or export it again.",
            ),
        ) from None
