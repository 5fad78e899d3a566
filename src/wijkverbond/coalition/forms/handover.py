"""The form for the coalition's own chair and rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import ChairAndRules, Coalition, Handover, Party
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards


class HandoverForm(forms.ModelForm):  # type: ignore[type-arg]
    """The coalition's own chair and rules."""

    chair = forms.ModelChoiceField(
        label=_("Which partner takes the chair?"),
        queryset=Party.objects.none(),
        empty_label=_("Choose"),
    )

    class Meta:
        model = Handover
        fields = shared_fields.names(ChairAndRules)
        widgets = {"rules": forms.Textarea(attrs={"rows": 8}), "fallback": ChoiceCards}
        labels = {
            "rules": _("Our rules"),
            "fallback": _("After two rounds of objections, what then?"),
        }
        help_texts = {"rules": _("How often you meet, who prepares, how you decide.")}

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        society = coalition.parties.present().society().select_related("organisation")
        self.fields["chair"].queryset = society  # type: ignore[attr-defined]
