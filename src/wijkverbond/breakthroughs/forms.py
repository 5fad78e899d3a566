"""The forms of a breakthrough."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.actions.models import Obstacle
from wijkverbond.breakthroughs.models import Breakthrough, BreakthroughText, Confirmation
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.commitments.models import Pledge
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui.forms import DateField, model_field

LINES = forms.Textarea(attrs={"rows": 3})
CHECKS = forms.CheckboxSelectMultiple
CHOICES = ("named", "pledges", "obstacles")


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was stuck, what is possible now, and who made that so."""

    evidence = forms.MultipleChoiceField(
        label=_("What shows it?"), choices=Breakthrough.Evidence, widget=CHECKS
    )
    named = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Who else worked on it?"),
        widget=CHECKS,
        required=False,
        help_text=_(
            "Your own organisation is named already. They say themselves whether they worked on it. Who "
            "says so does not confirm it."
        ),
    )
    obstacles = forms.ModelMultipleChoiceField(
        Obstacle.objects.none(),
        label=_("What was stuck and came loose?"),
        widget=CHECKS,
        required=False,
    )
    pledges = forms.ModelMultipleChoiceField(
        Pledge.objects.none(),
        label=_("Which promises helped?"),
        widget=CHECKS,
        required=False,
    )

    class Meta:
        model = Breakthrough
        fields = shared_fields.names(BreakthroughText)
        widgets = {"before": LINES, "after": LINES, "evidence_text": LINES}
        field_classes = {"happened_on": DateField}
        labels = {
            "title": _("What is possible now? In one sentence"),
            "before": _("How was it before?"),
            "after": _("How is it now?"),
            "happened_on": _("Since when?"),
            "evidence_text": _("How can everyone see it?"),
        }
        help_texts = {
            "title": _("Write no names of people."),
            "evidence_text": _(
                "For example: the figure with its source, or where the document is."
            ),
        }

    def __init__(
        self, *args: object, coalition: Coalition, claimant: Actor, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        parties = coalition.parties.present().select_related("organisation")
        self._offer("named", parties.exclude(id__in=[claimant.party]))
        self._offer("obstacles", coalition.obstacles.all())
        self._offer("pledges", coalition.pledges.standing())

    def _offer(self, name: str, choices: models.QuerySet[Any]) -> None:
        """What there is to choose from; a question without choices is not asked."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = choices
        if not choices.exists():
            del self.fields[name]

    def claim(self) -> dict[str, Any]:
        """What the service is told: the story, and who and what belongs to it."""
        chosen = {name: list(self.cleaned_data.get(name, ())) for name in CHOICES}
        return {"story": self.instance, **chosen}


class ConfirmForm(forms.Form):
    """A partner says that it is so."""

    remark = model_field(
        Confirmation,
        "remark",
        label=pgettext_lazy("breakthrough", "What do you notice of it?"),
        widget=LINES,
        help_text=_("Write no names of people."),
    )


class DisputeForm(forms.Form):
    """A partner says how it sees it."""

    remark = model_field(
        Confirmation,
        "remark",
        label=pgettext_lazy("breakthrough", "How do you see it?"),
        required=True,
        widget=LINES,
        help_text=_("Say what you notice yourselves. Write no names of people."),
    )


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = model_field(
        Breakthrough,
        "withdrawal_reason",
        label=_("Why do you take it back?"),
        required=True,
        widget=LINES,
    )
