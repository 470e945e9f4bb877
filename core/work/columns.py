"""The columns of lists."""

from functools import lru_cache

from core.fields.kinds import KINDS
from core.fields.spec import FieldSpec, specs_of
from core.module import Flow


@lru_cache(maxsize=1024)
def columns_of(flow: Flow) -> tuple[FieldSpec, ...]:
    """Return the fields of ``flow`` that are columns of its queue."""
    specs = specs_of(flow.fields).values()
    return tuple(spec for spec in specs if spec.column and spec.kind is not KINDS.group)
