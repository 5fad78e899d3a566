"""The form that says how two parties work together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Party, Tie
from wijkverbond.ui.forms import ChoiceCards


class TieForm(forms.Form):
    """How a party works with another one."""

    other = forms.ModelChoiceField(
        label=_("With whom?"), queryset=Party.objects.none(), empty_label=_("Choose")
    )
    strength = forms.ChoiceField(
        label=_("How do you work together this year?"), choices=Tie.Strength, widget=ChoiceCards
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Party.objects.present().filter(coalition=party.coalition_id).exclude(id=party.id)
        self.fields["other"].queryset = others.select_related("organisation")  # type: ignore[attr-defined]
