"""The forms with which something stuck is written down, and comes loose."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import Obstacle, ObstacleText
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments import queries as commitments
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards, model_field


class RaiseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is stuck, what is in the way, and what it blocks."""

    sort = forms.ChoiceField(
        label=_("What is in the way?"), choices=Obstacle.Type, widget=ChoiceCards(columns=2)
    )

    class Meta:
        model = Obstacle
        fields = shared_fields.names(ObstacleText)
        widgets = {"what": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "what": _("What is stuck? In one sentence"),
            "initiative": _("Which initiative is stuck?"),
            "pledge": _("Which promise is stuck?"),
            "goal": _("Which goal is stuck?"),
        }
        help_texts = {
            "what": _("You need not know a solution. Write no names of people."),
            "goal": _("Choose at least one: an initiative, a promise or a goal."),
        }

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer("initiative", coalition.initiatives.filter(ended_on=None))
        self._offer("pledge", commitments.offered(coalition))
        self._offer("goal", coalition.goals.standing())

    def _offer(self, name: str, choices: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = choices, _("None")


class ResolveForm(forms.Form):
    """How it came loose, and thanks to whom."""

    how = model_field(
        Obstacle,
        "how",
        label=_("How did it come loose?"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Others can learn from it. Write no names of people."),
    )
    resolved_by = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Thanks to whom?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["resolved_by"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = coalition.parties.present().select_related("organisation")
