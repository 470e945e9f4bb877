"""The functions an author declares fields with. Each returns an attrs field that carries its FieldSpec."""

import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from core.fields.condition import Condition
from core.fields.kinds import KINDS, Kind
from core.fields.label import Label, Words, label, optional_label
from core.fields.spec import SPEC, Choice, FieldSpec, attach_specs, specs_of, with_defaults

T = TypeVar("T", bound=type)
Options = Mapping[str, Words]


def _field(kind: Kind, zh: str, en: str, common: dict[str, Any], **own: Any) -> Any:
    return attrs.field(metadata={SPEC: _spec(kind, zh, en, common, **own)})


def _spec(kind: Kind, zh: str, en: str, common: dict[str, Any], **own: Any) -> FieldSpec:
    help_ = optional_label(common.pop("help", None))
    unknown = set(common) - Common.__annotations__.keys()
    if unknown:
        raise TypeError(
            f"unknown option of a {kind.name} field: {', '.join(sorted(unknown))}; "
            f"besides its own there are: {', '.join(Common.__annotations__)}"
        )
    return FieldSpec(kind=kind, label=Label(zh, en), help=help_, **common, **own)


def _choices(options: Options) -> tuple[Choice, ...]:
    return tuple(Choice(value, label(words)) for value, words in options.items())


class Common(typing.TypedDict, total=False):
    """What every field may say besides its own limits."""

    required_when: Condition
    """Needed when the condition holds; the annotation then admits None."""
    help: Words
    """A sentence for whoever fills it in."""
    column: bool
    """A column of the queue and of the export."""
    search: bool
    """A search condition of the queue; of a day or a moment two: ``<name>_from`` and ``<name>_to``."""
    countdown: bool
    """Of a day or a moment: lists say beside it how many days are left."""
    personal: bool
    """Personal data: sealed in the database where it is text, masked on screens until somebody asks, found only whole."""
    secret: bool
    """Never shown again once entered (a token in settings)."""
    default: Any
    """What holds where nothing is given; forms begin with it."""
    tones: Mapping[str, str]
    """Of a choice: the colour family of a value's badge in lists (those of a state), where a value has one."""
    example: Any
    """The JSON-like value shown in examples."""


def text(zh: str, en: str, *, max_length: int = 200, **common: Any) -> Any:
    """Text; above 200 characters its input has several lines."""
    kind = KINDS.text if max_length <= 200 else KINDS.long_text
    return _field(kind, zh, en, common, max_length=max_length)


def choice(zh: str, en: str, options: Options, **common: Any) -> Any:
    """Exactly one of ``options``."""
    return _field(KINDS.choice, zh, en, common, choices=_choices(options))


def choices(zh: str, en: str, options: Options, **common: Any) -> Any:
    """One or more of ``options``; the value is a tuple."""
    return _field(KINDS.choices, zh, en, common, choices=_choices(options))


def yes_no(zh: str, en: str, **common: Any) -> Any:
    """True or false; unlike a tick box it must be answered."""
    return _field(KINDS.yes_no, zh, en, common)


def whole(zh: str, en: str, *, minimum: int = 0, maximum: int = 2**31 - 1, **common: Any) -> Any:
    """A whole number within its bounds, both included."""
    return _field(KINDS.whole, zh, en, common, minimum=minimum, maximum=maximum)


def money(zh: str, en: str, **common: Any) -> Any:
    """Yuan, a Decimal with two places; in JSON a string."""
    return _field(KINDS.money, zh, en, common)


def day(zh: str, en: str, *, past: bool = False, **common: Any) -> Any:
    """A date."""
    return _field(KINDS.day, zh, en, common, past=past)


def moment(zh: str, en: str, **common: Any) -> Any:
    """A point in time, aware; forms read it as Shanghai time."""
    return _field(KINDS.moment, zh, en, common)


def cause(zh: str = "案由", en: str = "Cause of action", **common: Any) -> Any:
    """A cause of action of the list in force (民事案件案由规定)."""
    return _field(KINDS.cause, zh, en, common)


def case_number(zh: str = "案号", en: str = "Case number", **common: Any) -> Any:
    """A case number in its canonical form (人民法院案件案号的若干规定)."""
    return _field(KINDS.case_number, zh, en, common, max_length=64)


def resident_id(zh: str = "公民身份号码", en: str = "Resident identity number", **common: Any) -> Any:
    """A citizen's identity number (GB 11643), personal data."""
    return _field(KINDS.resident_id, zh, en, {"personal": True} | common, max_length=32)


def credit_code(zh: str = "统一社会信用代码", en: str = "Unified social credit code", **common: Any) -> Any:
    """An organisation's unified social credit code (GB 32100)."""
    return _field(KINDS.credit_code, zh, en, common, max_length=32)


def licence(zh: str = "执业证号", en: str = "Practising licence number", **common: Any) -> Any:
    """A lawyer's practising licence number, 17 digits."""
    return _field(KINDS.licence, zh, en, common, max_length=32)


def mobile(zh: str = "手机", en: str = "Mobile phone", **common: Any) -> Any:
    """A mainland mobile number, personal data."""
    return _field(KINDS.mobile, zh, en, {"personal": True} | common, max_length=32)


def telephone(zh: str = "联系电话", en: str = "Telephone", **common: Any) -> Any:
    """A mobile or landline number, personal data."""
    return _field(KINDS.telephone, zh, en, {"personal": True} | common, max_length=32)


def postcode(zh: str = "邮编", en: str = "Postcode", **common: Any) -> Any:
    """A postcode, six digits."""
    return _field(KINDS.postcode, zh, en, common, max_length=16)


def colleague(zh: str = "承办法官", en: str = "Handling judge", **common: Any) -> Any:
    """A handling judge of the court; JSON holds the person's id, people read the name."""
    return _field(KINDS.colleague, zh, en, common)


def group(item: type, zh: str, en: str, *, minimum: int = 0, maximum: int = 100, **common: Any) -> Any:
    """Items of the ``@request_fields`` class ``item``, repeated; the value is a tuple of them."""
    specs_of(item)
    return _field(KINDS.group, zh, en, common, item=item, min_items=minimum, max_items=maximum)


def derived(of: Callable[[Any], str], zh: str, en: str, *, max_length: int = 200, **common: Any) -> Any:
    """Text the house computes from the other fields when they are accepted, for columns and search."""
    spec = _spec(KINDS.text, zh, en, common, derive=of, max_length=max_length)
    return attrs.field(default="", metadata={SPEC: spec})


def computed(of: Callable[[Any, Any], Any], declared: Any) -> Any:
    """A field the house works out: ``computed(expiry, day("届满日", "Expires on"))``.

    It is worked out on arrival and again after every step, so that lists and searches show what holds now. One that asks for a year
    whose rest days are not entered (``law.errors.YearUnknown``) is empty until that year is. Text that both languages read should hold what both read: names, numbers.

    Args:
        of: Given the typed fields and the context, returns the typed value, or None.
        declared: Any field function, for its kind, words and place.
    """
    spec = attrs.evolve(declared.metadata[SPEC], compute=of)
    return attrs.field(default=None, metadata={SPEC: spec})


@typing.dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        text,
        choice,
        choices,
        yes_no,
        whole,
        money,
        day,
        moment,
        cause,
        case_number,
        resident_id,
        credit_code,
        licence,
        mobile,
        telephone,
        postcode,
        group,
        colleague,
        derived,
        computed,
    ),
)
def request_fields(cls: T) -> T:
    """Turn a class of field declarations into a frozen attrs class, keyword-only and checked at once.

    A field is required unless its annotation admits None.
    """
    made = attrs.frozen(kw_only=True, field_transformer=with_defaults)(cls)
    attach_specs(made)
    return made
