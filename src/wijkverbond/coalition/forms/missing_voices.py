"""The form that says who is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import sectors


class MissingVoiceForm(forms.Form):
    """Who is missing at the table, and why."""

    sector = forms.ChoiceField(label=_("Who is missing?"))
    what = forms.CharField(
        label=_("Why are they needed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", _("Choose")), *sectors.choices()[:-1]]  # type: ignore[attr-defined]
