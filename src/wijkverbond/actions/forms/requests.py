"""The forms of requests to government."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import FacilitationRequest, RequestText
from wijkverbond.coalition.models import Coalition, Kind
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards, IntegerField, ShortRadios, model_field

LINES = forms.Textarea(attrs={"rows": 4})


class AskForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked of which government partner."""

    asks = forms.ChoiceField(label=_("What do you need?"), choices=FacilitationRequest.Asks)

    class Meta:
        model = FacilitationRequest
        fields = ("addressee", *shared_fields.names(RequestText))
        widgets = {"body": LINES}
        labels = {
            "addressee": _("Whom do you ask?"),
            "title": _("Your request in one sentence"),
            "obstacle": _("What is stuck without it?"),
        }
        help_texts = {"body": _("Say what it is for. Write no names of people.")}

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
        addressee.empty_label = None
        obstacle.queryset = coalition.obstacles.unresolved()
        obstacle.empty_label = _("Nothing that is written down here")


class AnswerForm(forms.Form):
    """Government's answer."""

    verdict = forms.ChoiceField(
        label=_("Your answer"), choices=FacilitationRequest.Answer, widget=ChoiceCards
    )
    text = model_field(FacilitationRequest, "answer_text", required=True, widget=LINES)
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
