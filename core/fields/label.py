"""Words in both languages, as declarations carry them."""

from attrs import frozen


@frozen
class Label:
    """One term in Chinese (the court's word) and in English.

    ``str(label)`` is the Chinese word, so that a forgotten switch still shows the court's term.
    """

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Return the word in ``language`` (``"zh"`` or ``"en"``; anything else counts as ``"zh"``)."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.zh


Words = Label | tuple[str, str] | str


def label(words: Words) -> Label:
    """Return ``words`` as a Label; a single string serves both languages."""
    if isinstance(words, Label):
        return words
    if isinstance(words, str):
        return Label(words, words)
    zh, en = words
    return Label(zh, en)


def optional_label(words: Words | None) -> Label | None:
    """Return ``words`` as a Label, or None as it is."""
    return None if words is None else label(words)
