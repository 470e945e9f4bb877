"""Square codes (QR), as a drawing and as a picture."""

import io


def drawing(content: str) -> str:
    """Return the square code of ``content`` as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(content or " ", error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, scale=4)
    return out.getvalue().decode()


def picture(content: str) -> bytes:
    """Return the square code of ``content`` as PNG."""
    import segno

    out = io.BytesIO()
    segno.make(content or " ", error="m", micro=False).save(out, kind="png", border=2, scale=6)
    return out.getvalue()
