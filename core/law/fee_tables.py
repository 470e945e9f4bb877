"""The scales and fixed rates of litigation fees, in yuan.

《诉讼费用交纳办法》(国务院令第481号) 第13、14条; within the national ranges a province sets its own rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import attrs


@attrs.frozen(slots=True)
class Band:
    """A part of a scale: above ``lower`` and up to ``upper`` (None: no end) ``rate`` percent is due."""

    lower: Decimal
    upper: Decimal | None
    rate: Decimal

    def portion(self, amount: Decimal) -> Decimal:
        """Return how much of ``amount`` falls into this band."""
        top = amount if self.upper is None else min(amount, self.upper)
        return max(top - self.lower, Decimal(0))


@attrs.frozen(slots=True)
class Scale:
    """A fixed ``base`` fee, then bands that add up (分段累计), at most ``cap``."""

    base: Decimal
    bands: tuple[Band, ...]
    cap: Decimal | None = None


@attrs.frozen(slots=True)
class Region:
    """The rates per case of a province within the national ranges, by kind (keys of NATIONAL_RANGES)."""

    name: str
    name_en: str
    source: str
    rates: Mapping[str, Decimal]


def scale(base: int, *steps: tuple[int, str], cap: int | None = None) -> Scale:
    """Return a scale from (lower limit, percent) steps in rising order."""
    limits = [Decimal(lower) for lower, _ in steps]
    uppers: list[Decimal | None] = [upper for _, upper in pairwise(limits)]
    bands = tuple(
        Band(lower, upper, Decimal(rate))
        for lower, upper, (_, rate) in zip(limits, [*uppers, None], steps, strict=True)
    )
    return Scale(Decimal(base), bands, None if cap is None else Decimal(cap))


PROPERTY = scale(
    50,
    (10_000, "2.5"),
    (100_000, "2"),
    (200_000, "1.5"),
    (500_000, "1"),
    (1_000_000, "0.9"),
    (2_000_000, "0.8"),
    (5_000_000, "0.7"),
    (10_000_000, "0.6"),
    (20_000_000, "0.5"),
)
"""第13条第(一)项: property cases."""

PRESERVATION = scale(30, (1_000, "1"), (100_000, "0.5"), cap=5_000)
"""第14条第(二)项: preservation."""

ENFORCEMENT = scale(50, (10_000, "1.5"), (500_000, "1"), (5_000_000, "0.5"), (10_000_000, "0.1"))
"""第14条第(一)项: enforcement."""

DIVORCE = scale(0, (200_000, "0.5"))
"""第13条第(二)项1: beside the rate per case, on the divided property."""

PERSONALITY = scale(0, (50_000, "1"), (100_000, "0.5"))
"""第13条第(二)项2: beside the rate per case, on the damages."""

BANKRUPTCY_CAP = Decimal(300_000)
"""第14条第(六)项."""

NATIONAL_RANGES: dict[str, tuple[int, int]] = {
    "divorce": (50, 300),
    "personality": (100, 500),
    "other": (50, 100),
    "ip": (500, 1000),
    "jurisdiction": (50, 100),
    "enforcement": (50, 500),
}
"""What a province may choose from, by kind."""

GUANGDONG = Region(
    name="广东省",
    name_en="Guangdong",
    source="粤价函〔2008〕45号",
    rates={
        "divorce": Decimal(300),
        "personality": Decimal(500),
        "other": Decimal(100),
        "ip": Decimal(1000),
        "jurisdiction": Decimal(100),
    },
)
"""The default rates; the source sets none for enforcement without an amount."""
