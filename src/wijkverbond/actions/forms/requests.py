"""The forms of requests to government."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import FacilitationRequest, Obstacle
from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.ui.forms import ChoiceCards, IntegerField, ShortRadios

LINES = forms.Textarea(attrs={"rows": 4})


class AskForm(forms.Form):
    """What is asked of which government partner."""

    addressee = forms.ModelChoiceField(
        Party.objects.none(), label=_("Whom do you ask?"), empty_label=None
    )
    asks = forms.ChoiceField(label=_("What do you need?"), choices=FacilitationRequest.Asks)
    title = forms.CharField(label=_("Your request in one sentence"), max_length=140)
    body = forms.CharField(
        label=_("Explanation"),
        max_length=2000,
        required=False,
        widget=LINES,
        help_text=_("Say what it is for. Write no names of people."),
    )
    obstacle = forms.ModelChoiceField(
        Obstacle.objects.none(),
        label=_("What is stuck without it?"),
        required=False,
        empty_label=_("Nothing that is written down here"),
    )

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        addressee, obstacle = self.fields["addressee"], self.fields["obstacle"]
        assert isinstance(addressee, forms.ModelChoiceField)
        assert isinstance(obstacle, forms.ModelChoiceField)
        addressee.queryset = (
            coalition.parties.present()
            .filter(organisation__kind=Kind.GOVERNMENT)
            .select_related("organisation")
        )
        obstacle.queryset = coalition.obstacles.unresolved()


class AnswerForm(forms.Form):
    """Government's answer."""

    verdict = forms.ChoiceField(
        label=_("Your answer"), choices=FacilitationRequest.Answer, widget=ChoiceCards
    )
    text = forms.CharField(label=_("Explanation"), max_length=2000, widget=LINES)
    role = forms.ChoiceField(
        label=_("Which role does government take here?"),
        choices=FacilitationRequest.GovernmentRole,
        widget=ChoiceCards,
    )


class ExtendForm(forms.Form):
    """More time, once."""

    extra_days = IntegerField(label=_("How many working days more?"), min_value=1)
    reason = forms.CharField(label=_("Why?"), max_length=500)


class AcceptForm(forms.Form):
    """Whether the answer helped, says the asker."""

    helpful = forms.ChoiceField(
        label=_("Did the answer help you?"),
        choices=FacilitationRequest.Helpful,
        widget=ShortRadios,
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why?"), max_length=500, widget=LINES)
