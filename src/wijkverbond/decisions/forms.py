"""The forms of a proposal: answering it, and what the proposer does."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.coalition.forms import SecretariatForm
from wijkverbond.coalition.models import LONGEST_REASON, Coalition, Party
from wijkverbond.decisions.models import (
    Decision,
    LegalLimit,
    LegalLimitText,
    Objection,
    Position,
    PositionText,
    Resolution,
    Stance,
    Via,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards, model_field

LINES = forms.Textarea(attrs={"rows": 4})
READ_BY_EVERYONE = _("Everyone reads this. Write no names of people.")


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a partner says; the argument goes with an objection or a concern."""

    stance = forms.ChoiceField(
        label=_("What do you say?"),
        choices=Stance,
        widget=ChoiceCards(
            hints={
                Stance.CONSENT: _("We can live with it and work with it."),
                Stance.CONCERN: _("We do not stop it. Our concern is read by everyone."),
                Stance.OBJECTION: _("It does harm. We say why, and what would help."),
                Stance.STAND_ASIDE: _("We leave this one to the others."),
            }
        ),
    )

    class Meta:
        model = Position
        fields = shared_fields.names(PositionText)
        widgets = {"argument": LINES}
        labels = {"argument": _("Why?")}
        help_texts = {"argument": _("Obliged with an objection. Write no names of people.")}


class EnteredPositionForm(PositionForm):
    """What a partner said on paper, by telephone or at a meeting; entered by the secretariat."""

    field_order = ("party", "via", "stance", "argument")

    party = forms.ModelChoiceField(
        Party.objects.none(),
        label=_("Which partner?"),
        empty_label=_("Choose"),
        help_text=_("Who decides for this partner gets a mail. It counts once they confirm it."),
    )
    via = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=[choice for choice in Via.choices if choice[0] != Via.PAGE],
    )

    def __init__(self, *args: object, parties: list[Party], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        chosen = Party.objects.filter(id__in=[party.id for party in parties])
        field.queryset = chosen.select_related("organisation")


class AnswerForm(forms.Form):
    """The proposer's answer to an objection."""

    answer = model_field(Objection, "answer", label=_("Your answer"), required=True, widget=LINES)


class LimitForm(forms.ModelForm):  # type: ignore[type-arg]
    """A limit of the law, and on what it rests."""

    class Meta:
        model = LegalLimit
        fields = shared_fields.names(LegalLimitText)
        widgets = {"limit": LINES}
        labels = {"limit": _("Which limit?"), "law": _("On which law or rule does it rest?")}
        help_texts = {
            "limit": _("Everyone reads it. It does not block the proposal."),
            "law": _("For example: Environment Act, section 5.1."),
        }


class ResolveForm(forms.Form):
    """How an objection ended, says the partner that made it."""

    how = forms.ChoiceField(label=_("What resolved it?"), choices=Resolution, widget=ChoiceCards)


class AdaptForm(forms.Form):
    """The adapted text of a proposal."""

    text = model_field(
        Decision,
        "proposal",
        label=_("The new text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Everyone who had answered is asked again."),
    )


class FreeProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """Anything that the coalition can agree on."""

    class Meta:
        model = Decision
        fields = ("title", "proposal")
        widgets = {"proposal": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "title": _("For example: We agree the yearly plan."),
            "proposal": _("What exactly do we agree? Write no names of people."),
        }


class PartyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A partner, with what is proposed about it."""

    def label_from_instance(self, party: Party) -> str:
        """Its name; when it is suspended, that this is to end."""
        return (
            _("%(party)s: end its suspension") % {"party": party}
            if party.suspended_at
            else str(party)
        )


class SuspensionForm(forms.Form):
    """Which partner, and why."""

    party = PartyChoice(Party.objects.none(), label=_("Which partner?"), empty_label=_("Choose"))
    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=LINES,
        help_text=_("Everyone reads this, also the partner. Write no names of people."),
    )

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["party"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = coalition.parties.present().select_related("organisation")


class AskSecretariatForm(SecretariatForm):
    """Whom to ask for the secretariat, and why."""

    reason = forms.CharField(
        label=_("Why?"), max_length=LONGEST_REASON, widget=LINES, help_text=READ_BY_EVERYONE
    )


class ReasonForm(forms.Form):
    """Why something is proposed."""

    reason = forms.CharField(
        label=_("Why?"), max_length=LONGEST_REASON, widget=LINES, help_text=READ_BY_EVERYONE
    )


class WakingForm(ReasonForm):
    """Who acts for a partner from now on, and why."""

    email = AddressField(label=_("E-mail address of this person"))

    field_order = ("email", "reason")
