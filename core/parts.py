"""Parts of a request type: the files that come with it, its lists, the words of its review."""

from collections.abc import Mapping
from typing import Any

import attrs
from attrs import field as attribute
from attrs import frozen

from core.fields.condition import Condition
from core.fields.label import Label, label
from core.transitions import codes_of


@frozen
class Attachment:
    """One category of files that come with a request."""

    category: str
    """Its code, which the outside platform sends with each file."""
    zh: str
    en: str
    required: bool = attribute(default=False, kw_only=True)
    """At least one must come."""
    required_when: Condition | None = attribute(default=None, kw_only=True)
    """At least one must come where this holds for the fields."""
    maximum: int = attribute(default=50, kw_only=True)
    """So many files at most."""

    @property
    def label(self) -> Label:
        """What the category is called."""
        return Label(self.zh, self.en)

    def needed(self, values: Mapping[str, Any]) -> bool:
        """Tell whether the JSON-like ``values`` call for it."""
        return self.required or (self.required_when is not None and self.required_when.holds(values))


attachment = Attachment


@frozen
class View:
    """One tab of a request type's queue: which states it shows. The menu has one entry for the whole queue."""

    code: str
    """Its name in the address: ``?view=<code>``."""
    label: Label = attribute(converter=label)
    """A short word: it stands on the tab."""
    states: tuple[str, ...] = attribute(converter=codes_of, default=())
    """Codes of the states it shows; empty shows all."""
    columns: tuple[str, ...] = attribute(converter=codes_of, default=())
    """Names of the field columns to show; empty shows all that are declared as columns."""
    order: str = attribute(
        default="newest", validator=attrs.validators.in_(("newest", "oldest", "due")), kw_only=True
    )
    """The order it begins with; ``due`` shows the nearest time limits first, then what has none."""


@frozen
class Answering:
    """That the review of a request is an answer in three steps: choose the result, write the text, send it.

    Whoever may review sends at once; others save what they drafted.
    """

    call: Label = attribute(converter=label)
    """What the whole is called."""
    choose: Label = attribute(converter=label)
    """The words of the first step."""
    write: Label = attribute(converter=label)
    """The words of the second."""
    send: Label = attribute(converter=label)
    """The words of the third."""
    about: str = ""
    """The field whose text is shown above: what is answered."""
