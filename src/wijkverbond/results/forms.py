"""The forms of a measurement. A percentage of progress is never typed in, only what was measured."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel import shared_fields
from wijkverbond.results import periods
from wijkverbond.results.models import MeasuredValue, Measurement
from wijkverbond.ui.forms import ChoiceCards, DateField, DecimalField, IntegerField, model_field

Source = Measurement.Source


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was measured, over which period, when, and where everyone finds it."""

    year = IntegerField(label=_("Over which year?"), min_value=1900, max_value=2100)
    part = forms.ChoiceField(label=_("Which part of that year?"), required=False)
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[(Source.OWN, Source.OWN.label), (Source.DOCUMENT, Source.DOCUMENT.label)],
        widget=ChoiceCards,
    )

    class Meta:
        model = Measurement
        # The edition is put together from year and part; the reference line is official only.
        fields = [
            name
            for name in shared_fields.names(MeasuredValue)
            if name not in ("edition", "municipality", "country")
        ]
        field_classes = {"value": DecimalField, "measured_on": DateField}
        widgets = {"source_text": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "value": _("What did you measure?"),
            "measured_on": _("Measured on"),
            "source_text": _("How can everyone find it?"),
        }
        help_texts = {
            "source_text": _(
                "For example: who counted and when, or where the report is. No names of people."
            ),
        }

    field_order = ("value", "year", "part", "measured_on")

    def __init__(self, *args: object, unit: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = periods.parts()
        self.fields["value"].help_text = _("In %(unit)s.") % {"unit": unit} if unit else ""

    def measured(self) -> MeasuredValue:
        """What the service is told."""
        measured: MeasuredValue = self.instance
        measured.edition = periods.code(self.cleaned_data["year"], self.cleaned_data["part"])
        return measured


class CorrectForm(MeasureForm):
    """A measurement as it should have been, with the reason."""

    reason = model_field(
        Measurement,
        "reason",
        label=_("Why do you correct it?"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def as_typed(measurement: Measurement) -> dict[str, Any]:
    """A measurement as the form shows it."""
    year, part = periods.split(measurement.edition)
    own = measurement.source != Source.OFFICIAL
    return {
        "value": measurement.value.normalize() + Decimal(0),
        "year": year,
        "part": part,
        "measured_on": measurement.measured_on,
        "source": measurement.source if own else Source.DOCUMENT,
        "source_text": measurement.source_text,
    }


def this_year(today: dt.date) -> dict[str, Any]:
    """What most measurements begin with."""
    return {"year": today.year, "measured_on": today, "source": Source.OWN}
