"""The forms with which something stuck is written down, and comes loose."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import Initiative, Obstacle
from wijkverbond.actions.services.obstacles import Blocked
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments import queries as commitments
from wijkverbond.commitments.models import Pledge
from wijkverbond.ui.forms import ChoiceCards
from wijkverbond.vision.models import Goal

BLOCKED = ("initiative", "pledge", "goal")


class RaiseForm(forms.Form):
    """What is stuck, what is in the way, and what it blocks."""

    what = forms.CharField(
        label=_("What is stuck? In one sentence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("You need not know a solution. Write no names of people."),
    )
    sort = forms.ChoiceField(
        label=_("What is in the way?"), choices=Obstacle.Type, widget=ChoiceCards(columns=2)
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=_("Which initiative is stuck?"),
        required=False,
        empty_label=_("None"),
    )
    pledge = forms.ModelChoiceField(
        Pledge.objects.none(),
        label=_("Which promise is stuck?"),
        required=False,
        empty_label=_("None"),
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Which goal is stuck?"),
        required=False,
        empty_label=_("None"),
        help_text=_("Choose at least one: an initiative, a promise or a goal."),
    )

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer("initiative", coalition.initiatives.filter(ended_on=None))
        self._offer("pledge", commitments.offered(coalition))
        self._offer("goal", coalition.goals.standing())

    def _offer(self, name: str, choices: models.QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def raised(self) -> dict[str, Any]:
        """What the service is told."""
        blocked = Blocked(**{name: self.cleaned_data[name] for name in BLOCKED})
        fields = {name: self.cleaned_data[name] for name in ("what", "sort")}
        return {**fields, "blocked": blocked}


class ResolveForm(forms.Form):
    """How it came loose, and thanks to whom."""

    how = forms.CharField(
        label=_("How did it come loose?"),
        max_length=300,
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
