"""The form that says who is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import MissingVoice, MissingVoiceText, sectors
from wijkverbond.kernel import shared_fields


class MissingVoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who is missing at the table, and why."""

    sector = forms.ChoiceField(label=_("Who is missing?"))

    class Meta:
        model = MissingVoice
        fields = shared_fields.names(MissingVoiceText)
        widgets = {"what": forms.Textarea(attrs={"rows": 3})}
        labels = {"what": _("Why are they needed?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", _("Choose")), *sectors.choices()[:-1]]  # type: ignore[attr-defined]
