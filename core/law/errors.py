"""The refusals of the law room: plain sentences that name what is wrong and the cure."""

from __future__ import annotations


class LawError(ValueError):
    """A value that the law does not allow, or a result that cannot be known.

    ``code`` is stable for programs; ``message_zh`` and ``message_en`` are whole sentences for people.
    """

    def __init__(self, code: str, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en

    def __reduce__(self) -> tuple[type[LawError], tuple[str, str, str]]:
        return LawError, (self.code, self.message_zh, self.message_en)

    def message(self, language: str = "zh") -> str:
        """Return the sentence in ``zh`` (the default) or ``en``."""
        return self.message_en if language.startswith("en") else self.message_zh


class YearUnknown(LawError):
    """The rest days of ``year`` have not been entered, so no date in it can be judged."""

    def __init__(self, year: int) -> None:
        super().__init__(
            "year_unknown",
            f"{year}年的节假日安排尚未录入，无法确定该年的休假日；请管理员在工作日历中录入后再计算。",
            f"The rest days of {year} have not been entered, so no date in that year can be judged; "
            "ask an administrator to enter them in the court calendar.",
        )
        self.year = year

    def __reduce__(self) -> tuple[type[LawError], tuple[int]]:  # type: ignore[override]
        return YearUnknown, (self.year,)
