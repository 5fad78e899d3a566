"""How forms look, and how a refusal of a service comes back to the field it is about.

Every Django form is drawn in the style of the design language: `{{ form }}` gives the error
summary and all fields, `{{ form.name.as_field_group }}` one field. Widgets beside Django's own:
`ChoiceCards` (who are you), `ShortRadios` (check-in), `DateInput`, `TimeInput`. Fields: `DateField`, `DecimalField`,
`IntegerField`; `model_field` for one that a model has already.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db.models import Field, Model
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wijkverbond.kernel.policy import Refused
from wijkverbond.kernel.races import refused_races
from wijkverbond.kernel.reading_direction import isolated
from wijkverbond.kernel.shown import Changed
from wijkverbond.ui import pdf

Text = str | Promise
Options = ParamSpec("Options")
FormT = TypeVar("FormT", bound=forms.BaseForm)

# What Django says by itself, to tell it from a message that a form or service wrote.
REQUIRED = forms.Field.default_error_messages["required"]
NO_DATE = forms.DateField.default_error_messages["invalid"]
NO_INTEGER = forms.IntegerField.default_error_messages["invalid"]
MOST_SIGNS = 8
NO_DECIMAL = forms.DecimalField.default_error_messages["invalid"]


class ChoiceCards(forms.RadioSelect):
    """Radio buttons as cards: façade (for the four kinds of party), text and a small hint."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[str, Text] | None = None,
        columns: int = 1,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.columns = columns


class ShortRadios(forms.RadioSelect):
    """Radio buttons next to each other, for a few short words."""


class DateInput(forms.DateInput):
    """A day, with the browser's own calendar; sent and shown as the browser expects it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of the day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateField(forms.DateField):
    """A day that people here can mean: no slip of the keyboard such as the year 26 or 20262."""

    widget = DateInput
    default_validators = [
        MinValueValidator(dt.date(1900, 1, 1), gettext_lazy("Check the year of this date.")),
        MaxValueValidator(dt.date(2199, 12, 31), gettext_lazy("Check the year of this date.")),
    ]


class DecimalField(forms.DecimalField):
    """A number as people write it: 0,1 and 0.1 alike; 1.234,5 where the comma has the decimals."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(localize=True, **options)

    def to_python(self, value: Any) -> Any:
        """The number, whichever of comma and point was typed before the decimals."""
        return super().to_python(_plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """A known figure without zeros that say nothing; what was typed stays as it was typed."""
        if isinstance(value, Decimal):
            return formats.number_format(value.normalize(), use_l10n=True)
        return value


class IntegerField(forms.IntegerField):
    """A whole number; what is none comes back as it was typed."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Telephones show figures first."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


def model_field(model: type[Model], name: str, **differing: Any) -> forms.Field | None:
    """A field of a model as a form asks for it, in a form that is not about the rest of the model.

    Its kind, limit, label and whether it may stay empty are the model's, except what is differing.
    """
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field.formfield(**differing)


def _plain_number(typed: str) -> str:
    typed = typed.strip()
    decimal, other = (",", ".") if formats.get_format("DECIMAL_SEPARATOR") == "," else (".", ",")
    thousands = rf"-?[1-9][0-9]{{0,2}}(?:\{other}[0-9]{{3}})+(?:\{decimal}[0-9]+)?"
    if re.fullmatch(thousands, typed):
        return typed.replace(other, "").replace(decimal, ".")
    if decimal not in typed and typed.count(other) == 1:
        return typed.replace(other, ".")
    return typed


def asks_days(form: forms.BaseForm | None) -> bool:
    """Whether a form asks for a day.

    Only the browser can say that a half typed or impossible day is none: it sends nothing then. Such
    a form is checked by the browser too; what is missing is said by us, as everywhere.
    """
    fields = form.fields.values() if form else ()
    return any(isinstance(field.widget, DateInput) for field in fields)


class BoundField(forms.BoundField):
    """A field of a form as the templates draw it."""

    @property
    def layout(self) -> str:
        """Which part of `ui/field.html` draws it: input, check, checks, cards or short."""
        match self.field.widget:
            case ShortRadios():
                return "short"
            case forms.CheckboxSelectMultiple():
                return "checks"
            case forms.RadioSelect():
                return "cards"
            case forms.CheckboxInput():
                return "check"
        return "input"

    @property
    def has_legend(self) -> bool:
        """Whether it is a group of inputs (fieldset and legend) instead of one with a label."""
        return self.layout in {"short", "checks", "cards"}

    @property
    def short_label(self) -> str:
        """The label as it stands before a message in the error summary."""
        return str(self.label).rstrip(".?:")

    @property
    def target(self) -> str:
        """The id to jump to from the error summary."""
        return f"{self.auto_id}_0" if self.has_legend else self.id_for_label

    @property
    def columns(self) -> int:
        """How many cards stand next to each other on a wide screen."""
        return getattr(self.field.widget, "columns", 1)

    def options(self) -> Iterator[dict[str, Any]]:
        """The choices of a group: label, hint, and what the input element needs."""
        hints = getattr(self.field.widget, "hints", {})
        for option in self.subwidgets:
            value = str(option.data["value"])
            yield {
                "label": option.choice_label,
                "hint": hints.get(value, ""),
                "value": value,
                "id": option.id_for_label,
                "name": option.data["name"],
                "type": option.data["type"],
                "checked": option.data["selected"],
                "required": option.data["attrs"].get("required", False),
            }

    def messages(self) -> list[str]:
        """What is wrong, in plain words; a message of our own is shown as it was written."""
        return [self._in_plain_words(error) for error in self.errors.as_data()]

    def _in_plain_words(self, error: ValidationError) -> str:
        message = " ".join(error.messages)
        params = error.params or {}
        if error.code == "max_length" and "show_value" in params:
            too_many = params["show_value"] - params["limit_value"]
            return ngettext(
                "Make it one character shorter.",
                "Make it %(number)s characters shorter.",
                too_many,
            ) % {"number": too_many}
        if error.code == "required" and self.field.error_messages["required"] == REQUIRED:
            return self._required_message()
        if error.code in ("min_value", "max_value") and isinstance(self.field, forms.IntegerField):
            return self._limit_message(error.code, params["limit_value"])
        if error.code == "invalid":
            return self._how_to_write(message)
        return message

    def _required_message(self) -> str:
        if self.has_legend or isinstance(self.field.widget, forms.Select):
            return _("Choose what fits.")
        if self.layout == "check":
            return _("Tick this to go on.")
        return _("Fill this in.")

    def _limit_message(self, code: str, limit: Any) -> str:
        limit_text = formats.number_format(limit, use_l10n=True, force_grouping=True)
        least = code == "min_value"
        message = _("Write %(limit)s or more.") if least else _("Write at most %(limit)s.")
        return message % {"limit": limit_text}

    def _how_to_write(self, message: str) -> str:
        match self.field:
            case forms.EmailField() if message == str(validate_email.message):
                return _("Write a whole e-mail address, for example name@example.nl.")
            case forms.DateField() if message == str(NO_DATE):
                return _("Write a date that exists, for example 31-3-2027.")
            case forms.IntegerField() if message in (str(NO_INTEGER), str(NO_DECIMAL)):
                return _("Write a number.")
        return message

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Give inputs the class of the stylesheet."""
        built = super().build_widget_attrs(attrs, widget)
        if self.layout == "input":
            own = self.field.widget.attrs.get("class", "")
            built["class"] = f"wv-input {own}".strip()
        if built.get("required") and asks_days(self.form):
            del built["required"]
            built["aria-required"] = "true"
        return built


class Renderer(TemplatesSetting):
    """Draws every form of the site (FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = BoundField


def bound(
    form: Callable[Concatenate[QueryDict | None, Options], FormT],
    request: HttpRequest,
    *args: Options.args,
    **options: Options.kwargs,
) -> FormT:
    """The form with what was sent; empty, so without errors, when the page is only asked for.

    A form names in `printed` the fields that end up in a PDF: of signs that it cannot show the
    visitor hears, and goes on.
    """
    made = form(posted(request), *args, **options)
    if made.is_bound:
        _tell_what_is_not_printed(request, made)
    return made


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, so that no text turns the reading direction of what it will stand beside.

    Nothing when the page is only asked for.
    """
    if request.method != "POST":
        return None
    texts = [text for name in request.POST for text in request.POST.getlist(name)]
    if all(text == isolated(text) for text in texts):
        return request.POST
    apart = request.POST.copy()
    for name, values in request.POST.lists():
        apart.setlist(name, [isolated(str(value)) for value in values])
    return apart


def _tell_what_is_not_printed(request: HttpRequest, form: forms.BaseForm) -> None:
    texts = [str(form[name].data or "") for name in getattr(form, "printed", ())]
    signs = pdf.not_shown(texts)
    if not signs:
        return
    few = " ".join(sorted(sign for sign in signs if sign.isprintable())[:MOST_SIGNS])
    messages.info(
        request,
        _(
            "The PDF of a covenant cannot show some of your signs and shows � there, with a note: "
            "%(signs)s. On the site everyone sees them."
        )
        % {"signs": few or "?"},
    )


@contextmanager
def try_service(*page_forms: forms.BaseForm) -> Iterator[None]:
    """Call a service; what it refuses comes back at the field that it is about.

    In the block stand the service and what follows when it succeeds; when it refuses, or somebody
    else did the same at this moment, the page goes on after the block. Of several forms the first
    that has such a field shows the refusal. When what the form is about changed meanwhile, the first
    shows both texts and asks again. Who may not do this, as follows from what they typed, reads why
    above it: it is not lost.
    """
    try:
        with refused_races():
            yield
    except Refused as refusal:
        page_forms[0].__dict__["forbidden"] = True
        page_forms[0].add_error(None, str(refusal.reason))
    except Changed as changed:
        page_forms[0].__dict__["changed"] = changed
    except ValidationError as error:
        refused = set(getattr(error, "error_dict", {}))
        refuse(
            next((form for form in page_forms if refused & set(form.fields)), page_forms[0]), error
        )


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused onto the fields of the form, and the rest on top of it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        has_field = field in form.fields and field != NON_FIELD_ERRORS
        form.add_error(field if has_field else None, errors)


def status(*page_forms: forms.BaseForm) -> int:
    """The status of the page that shows these forms.

    403 for who may not do this, 409 when what they are about changed meanwhile, 422 when something
    must be corrected.
    """
    if any("forbidden" in form.__dict__ for form in page_forms):
        return 403
    if any("changed" in form.__dict__ for form in page_forms):
        return 409
    return 422 if any(form.errors for form in page_forms) else 200
