"""The few tags that components need beside Django's own."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from django import template
from django.db.models import Choices
from django.forms import BaseForm
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wijkverbond.kernel.shown import Changed, Shown
from wijkverbond.ui import forms, labels, shown
from wijkverbond.ui.differences import TextPart

register = template.Library()


@register.simple_tag
@cache
def sprite() -> str:
    """The address of the drawing with marks, façades, states and icons."""
    return static("ui/sprite.svg")


@register.filter
def kind_css(code: str) -> str:
    """A kind of party as the part of a class name: residents → bewoners."""
    return labels.kind(code).css


@register.filter
def kind_name(code: str) -> str | Promise:
    """A kind of party in full: civil_society → Maatschappelijke organisaties."""
    return labels.kind(code).name


@register.filter
def kind_short(code: str) -> str | Promise:
    """A kind of party in short: civil_society → Maatschappelijk."""
    return labels.kind(code).short


@register.filter
def kinds_short(codes: Iterable[str]) -> str:
    """Kinds of party in short, one after another: Bewoners, Overheid."""
    return ", ".join(str(labels.kind(code).short) for code in codes)


@register.filter
def of(values: Mapping[object, object], key: object) -> object:
    """What stands for one of them in a mapping; nothing when nothing does."""
    return values.get(key)


@register.filter
def kinds_in_words(codes: Iterable[str]) -> str:
    """Kinds of party inside a sentence: bewoners, maatschappelijke organisaties."""
    return ", ".join(str(labels.kind(code).name).lower() for code in codes)


@register.filter
def choice_labels(choices: Iterable[Choices]) -> str:
    """The labels of choices, one after another."""
    return ", ".join(str(choice.label) for choice in choices)


@register.filter
def ins_and_del(parts: Iterable[TextPart]) -> SafeString:
    """What changed in a text, marked; without white space of its own, which a text keeps."""
    return format_html_join("", "{}", ((_marked(part),) for part in parts))


def _marked(part: TextPart) -> str:
    match part.change:
        case "added":
            return format_html("<ins>{}</ins>", part.text)
        case "removed":
            return format_html("<del>{}</del>", part.text)
        case _:
            return part.text


@register.simple_tag(takes_context=True)
def shown_field(context: Context, record: Shown, changed: Changed | None = None) -> SafeString:
    """The hidden field with what this page shows of a record, in a form with which people agree to it."""
    value = shown.to_send(context["request"], record, changed or None)
    return format_html('<input type="hidden" name="{}" value="{}">', shown.FIELD, value)


@register.filter
def both_texts(changed: Changed) -> shown.BothTexts:
    """What somebody was shown of a record, and what it says now."""
    return shown.both_texts(changed)


@register.filter
def asks_days(form: BaseForm | None) -> bool:
    """Whether the browser looks too at what is sent: only it knows of a day that is none."""
    return forms.asks_days(form or None)


@register.filter
def kind_counted(code: str) -> str | Promise:
    """A kind of party after a number: 9 organisaties."""
    return labels.kind(code).counted


@register.filter
def level_css(code: str) -> str:
    """A level as the part of a class name: strong → sterk."""
    return labels.level(code).css


@register.filter
def level_name(code: str) -> str | Promise:
    """A level in words: not_enough_data → Nog te weinig gegevens."""
    return labels.level(code).name


@register.filter
def amount(value: Decimal | float | int | None, unit: str = "") -> str:
    """A figure as people write it: 41%, € 3.200, 4,1 per 1.000; a dash for nothing known."""
    if value is None:
        return "–"
    number = number_format(_plain(value), use_l10n=True, force_grouping=True)
    if unit == "%":
        return f"{number}%"
    if unit == "€":
        return f"€ {number}"
    return f"{number} {unit}".strip()


def _plain(value: Decimal | float | int) -> Decimal:
    """Without zeros that say nothing: 4.10 → 4.1, 400 stays 400."""
    exact = Decimal(str(value)).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact


@register.filter
def in_fours(value: str) -> str:
    """A digest in groups of four characters, so that people can compare it."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


@register.filter
def steps(done: int, total: int) -> list[str]:
    """The bricks of a progress bar: done, now, and nothing for what comes."""
    return ["done" if place < done else "now" if place == done else "" for place in range(total)]


@register.filter
def before(number: int) -> int:
    """How many come before this one."""
    return int(number) - 1


@register.filter
def street_columns(facades: Sequence[object]) -> int:
    """How many houses stand in a row on a phone: at most eight, the rows about as long."""
    rows = -(-len(facades) // 8) or 1
    return max(4, -(-len(facades) // rows))


@register.filter
def times(number: int) -> range:
    """Something to repeat so many times."""
    return range(int(number))


@register.filter(is_safe=True)
@stringfilter
def stripped(slot: str) -> str:
    """What was given to a component without the white space around it: nothing when it is only that."""
    return slot.strip()
