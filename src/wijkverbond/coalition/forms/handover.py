"""The form for the coalition's own chair and rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Fallback, Party
from wijkverbond.ui.forms import ChoiceCards


class HandoverForm(forms.Form):
    """The coalition's own chair and rules."""

    chair = forms.ModelChoiceField(
        label=_("Which partner takes the chair?"),
        queryset=Party.objects.none(),
        empty_label=_("Choose"),
    )
    rules = forms.CharField(
        label=_("Our rules"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("How often you meet, who prepares, how you decide."),
    )
    fallback = forms.ChoiceField(
        label=_("After two rounds of objections, what then?"),
        choices=Fallback,
        initial=Fallback.WITHDRAW,
        widget=ChoiceCards,
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        society = coalition.parties.present().society().select_related("organisation")
        self.fields["chair"].queryset = society  # type: ignore[attr-defined]
