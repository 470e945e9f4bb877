"""What may stand in a text message: signed, no personal numbers, no foreign links, and where to ask."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_RESIDENT_ID = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx](?![0-9])"
)
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])")
ASK = "咨询12368。"


def compose(text: str, sign: str, link_hosts: Collection[str]) -> str:
    """Return ``text`` as it goes out: after 【sign】, personal numbers masked, links only to ``link_hosts``."""
    clean = _LINK.sub(
        lambda found: found[0] if _allowed(found[0], link_hosts) else "（链接略，请登录平台查看）",
        text.strip(),
    )
    clean = _RESIDENT_ID.sub(lambda found: f"{found[0][:4]}**********{found[0][-4:]}", clean)
    clean = _MOBILE.sub(r"\1****\2", clean)
    if not clean.startswith("【"):
        clean = f"【{sign}】{clean}"
    return clean if "12368" in clean else clean + ASK


def _allowed(link: str, hosts: Collection[str]) -> bool:
    try:
        return urlsplit(link).hostname in {host.lower() for host in hosts}
    except ValueError:
        return False
