"""The forms with which an owner says how a pledge goes, and others judge it."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.forms.initiatives import MOST_PEOPLE
from wijkverbond.actions.models import CheckIn, Fulfilment, Judgement
from wijkverbond.commitments.models import Pledge
from wijkverbond.ui.forms import DecimalField, IntegerField, ShortRadios, model_field

LINES = forms.Textarea(attrs={"rows": 3})
MOST_DUES = 6


class CheckInForm(forms.Form):
    """How it went, how much was done, and what held it up."""

    verdict = forms.ChoiceField(label=_("How does it go?"), choices=Fulfilment, widget=ShortRadios)
    due = forms.TypedChoiceField(
        label=_("Which day is this about?"),
        coerce=dt.date.fromisoformat,
        empty_value=None,
        required=False,
    )
    delivered = model_field(
        CheckIn,
        "delivered",
        form_class=DecimalField,
        label=_("How much is done?"),
        min_value=0,
    )
    people = IntegerField(
        label=_("How many people took part?"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    remark = model_field(
        CheckIn,
        "remark",
        label=_("What happened? What held you up?"),
        widget=LINES,
        help_text=_("Needed when it is not done as promised. Write no names of people."),
    )

    def __init__(
        self, *args: object, pledge: Pledge, dues: Sequence[dt.date], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if pledge.quantity:
            self.fields["delivered"].help_text = _("Promised: %(much)s %(unit)s.") % {
                "much": formats.number_format(pledge.quantity.normalize(), use_l10n=True),
                "unit": pledge.unit,
            }
        due = self.fields["due"]
        assert isinstance(due, forms.TypedChoiceField)
        due.choices = [
            *((day.isoformat(), formats.date_format(day, "j F Y")) for day in dues[:MOST_DUES]),
            ("", _("A moment in between")),
        ]
        if not dues:
            del self.fields["due"]


class JudgeForm(forms.Form):
    """What another partner sees of it."""

    verdict = forms.ChoiceField(
        label=_("What do you see?"),
        choices=Fulfilment,
        widget=ShortRadios,
        help_text=_(
            "Not done? Then the partner reads it first and has two weeks to respond. After that you "
            "say it here once more, and everyone sees it."
        ),
    )
    remark = model_field(
        Judgement,
        "remark",
        label=_("What do you notice of it?"),
        widget=LINES,
        help_text=_("Needed when it is not done as promised. Write no names of people."),
    )
