"""What every kind of field can do; the base kind is a line of text."""

import re
from typing import Any

from core.fields.label import Label
from core.fields.lookups import Lookups
from core.fields.spec import FieldSpec

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but line ends and tabs, and halves of characters (Unicode's Cc and Cs)."""


class Unfit(Exception):
    """A value that does not fit its field."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.message = Label(zh, en)
        super().__init__(en)


class Kind:
    """How one kind of value behaves. The base kind is a line of text."""

    name = "text"
    storage = "text"
    """The column: text, whole, money, day, moment, flag, list."""
    input = "text"
    """The input macro of the form."""
    identifies = False
    """Whether it is the number of a person or a telephone: personal data, whoever declares it."""
    tokens = "words"
    """How it is found: ``words`` (any part), ``exact`` (the whole), ``days`` (from a day to a day), ``""`` (not)."""

    def read(self, raw: Any, spec: FieldSpec, lookups: Lookups) -> Any:
        """Return the value of JSON-like ``raw``.

        Raises:
            Unfit: it does not fit, with the cure.
        """
        return read_text(raw, spec.max_length)

    def from_form(self, values: list[str], spec: FieldSpec) -> Any:
        """Return what a form sent as the JSON-like value ``read`` takes; nothing entered is None."""
        text = values[-1].strip() if values else ""
        return text or None

    def to_json(self, value: Any) -> Any:
        """Return ``value`` as JSON holds it."""
        return value

    def to_store(self, value: Any) -> Any:
        """Return ``value`` as its column takes it."""
        return value

    def from_store(self, stored: Any) -> Any:
        """Return the value of what a column held."""
        return stored

    def show(self, value: Any, spec: FieldSpec, language: str) -> str:
        """Return ``value`` as a person reads it."""
        return str(value)

    def schema(self, spec: FieldSpec) -> dict[str, Any]:
        """Return the JSON Schema of a value that is there."""
        schema: dict[str, Any] = {"type": "string", "minLength": 1, "pattern": r"\S"}
        if spec.max_length is not None:
            schema["maxLength"] = spec.max_length
        return schema

    def example(self, spec: FieldSpec, lookups: Lookups) -> Any:
        """Return a JSON-like value that is valid at the moment of asking."""
        return "示例"


def read_text(raw: Any, limit: int | None = None) -> str:
    """Return ``raw`` as trimmed text that any store and screen can hold, of at most ``limit`` characters before it was trimmed.

    Raises:
        Unfit: it is no text, empty, too long, or has control characters or broken Unicode.
    """
    if not isinstance(raw, str):
        raise Unfit("not_text", "应为文字。", "Text is expected here.")
    text = raw.strip()
    if not text:
        raise Unfit("empty", "不能为空白。", "It cannot be blank.")
    if not text.isprintable() and _UNFIT.search(text):
        raise Unfit(
            "control_character",
            "含有无法保存的控制字符，请删除后重试。",
            "It has control characters; please remove them.",
        )
    if limit is not None and len(raw) > limit:  # with the blanks around it, as the schema counts
        raise Unfit(
            "too_long",
            f"最多{limit}个字，现有{len(raw)}个字。",
            f"At most {limit} characters; it has {len(raw)}.",
        )
    return text


def within(value: Any, spec: FieldSpec) -> None:
    """Refuse a value outside the bounds of its field.

    Raises:
        Unfit: naming the bound.
    """
    if spec.minimum is not None and value < spec.minimum:
        raise Unfit("too_small", f"不能小于{spec.minimum}。", f"It cannot be less than {spec.minimum}.")
    if spec.maximum is not None and value > spec.maximum:
        raise Unfit("too_large", f"不能大于{spec.maximum}。", f"It cannot be more than {spec.maximum}.")
