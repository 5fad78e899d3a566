"""The forms of a measurement. A percentage of progress is never typed in, only what was measured."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.results import periods
from wijkverbond.results.models import Measurement
from wijkverbond.results.services import Measured
from wijkverbond.ui.forms import ChoiceCards, DateField, DecimalField, IntegerField

Source = Measurement.Source


class MeasureForm(forms.Form):
    """What was measured, over which period, when, and where everyone finds it."""

    value = DecimalField(label=_("What did you measure?"), max_digits=15, decimal_places=3)
    year = IntegerField(label=_("Over which year?"), min_value=1900, max_value=2100)
    part = forms.ChoiceField(label=_("Which part of that year?"), required=False)
    measured_on = DateField(label=_("Measured on"))
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[(Source.OWN, Source.OWN.label), (Source.DOCUMENT, Source.DOCUMENT.label)],
        widget=ChoiceCards,
    )
    source_text = forms.CharField(
        label=_("How can everyone find it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: who counted and when, or where the report is. No names of people."
        ),
    )

    def __init__(self, *args: object, unit: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = periods.parts()
        self.fields["value"].help_text = _("In %(unit)s.") % {"unit": unit} if unit else ""

    def measured(self) -> Measured:
        """What the service is told."""
        given = self.cleaned_data
        return Measured(
            edition=periods.code(given["year"], given["part"]),
            **{name: given[name] for name in ("value", "measured_on", "source", "source_text")},
        )


class CorrectForm(MeasureForm):
    """A measurement as it should have been, with the reason."""

    reason = forms.CharField(
        label=_("Why do you correct it?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
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
