"""How a database goes about a statement: what no page may have it do."""

import re

PREFIX = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
NARROW = 10_000
"""Rows that PostgreSQL may sort where an index has already left no more: it then weighs the sort against a walk."""


def faults(
    brand: str, lines: list[str], tables: str = "application|filing", narrow: int = NARROW
) -> list[str]:
    """Return the steps of a plan that no queue page may take: reading one of ``tables`` from end to end, sorting it (on
    PostgreSQL: more than ``narrow`` rows of it).
    """
    if brand == "sqlite":
        # A few rows that were found before may be put in order: json_each gives their keys.
        # "keys" are the rows of the page, found before; the search index is a virtual table and always "scanned".
        scans = [line for line in lines if line.startswith("SCAN ") and line not in ("SCAN keys", "SCAN walked", "SCAN CONSTANT ROW") and "VIRTUAL TABLE INDEX" not in line]  # fmt: skip
        few = any("json_each" in line for line in lines)
        return scans + [line for line in lines if "TEMP B-TREE" in line and not few]
    scans = [line for line in lines if re.search(rf"Seq Scan on ({tables})", line)]
    sorts = [line for line in lines if re.search(r"\bSort\b  \(", line)]
    return scans + [
        line for line in sorts if int(re.search(r"rows=(\d+)", line)[1]) > narrow and not searched(lines)  # type: ignore[index]  # every step has an estimate
    ]  # fmt: skip


def searched(lines: list[str]) -> bool:
    """Tell whether the rows come from the search index: it answers in no order, so their head is picked by a sort."""
    return any("Bitmap Index Scan on ix_application_terms_terms" in line for line in lines)
