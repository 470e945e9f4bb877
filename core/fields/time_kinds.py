"""Days and moments: how they are read, checked, described, stored and shown."""

import re
from datetime import date, datetime
from typing import Any

from core.fields.kind import Kind, Unfit, within
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec
from core.law.dates import SHANGHAI


class Day(Kind):
    name = "day"
    storage = "day"
    input = "day"
    tokens = "days"

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
                raise ValueError
            value = date.fromisoformat(raw)
        except (TypeError, ValueError):
            raise Unfit(
                "not_a_date", "日期应写成 2026-03-05 的形式。", "Write the date as 2026-03-05."
            ) from None
        within(value, spec)
        if spec.past and value > lookups.today:
            raise Unfit("in_future", "不能晚于今天。", "It cannot lie after today.")
        return value

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return str(value.isoformat())

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return lookups.today.isoformat()


class Moment(Kind):
    name = "moment"
    storage = "moment"
    input = "moment"
    tokens = "days"
    pattern = re.compile(r"[0-9-]{10}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        try:
            if not self.pattern.fullmatch(raw):
                raise ValueError
            value = datetime.fromisoformat(raw)
        except (TypeError, ValueError):
            raise Unfit(
                "not_a_moment",
                "时间应带时区，写成 2026-03-05T09:30:00+08:00 的形式。",
                "Write the time with its zone, as 2026-03-05T09:30:00+08:00.",
            ) from None
        # Zones, and whatever is reckoned from it, need room at the ends of time.
        if not 1 < value.year < 9999:
            raise Unfit("out_of_range", "没有这样的年份，请核对。", "There is no such year; please check.")
        return value

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        text = super().from_form(values, spec)
        # The browser's input has no zone: what a person types in a court is Shanghai time.
        return f"{text}:00+08:00" if text and re.fullmatch(r"[0-9-]{10}T[0-9:]{5}", text) else text

    def to_json(self, value: Any) -> Any:
        return value.isoformat()

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        return str(value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        return datetime.combine(lookups.today, datetime.min.time(), SHANGHAI).isoformat()
