"""Forms about who acts for a party, and who organises for the coalition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.coalition.models import Coalition, Party, Side, SigningGround
from wijkverbond.kernel.actor import MandateType
from wijkverbond.ui.forms import ChoiceCards


class MandateForm(forms.Form):
    """Who may act for a party, and for what."""

    email = AddressField(label=_("E-mail address of this person"))
    may = forms.MultipleChoiceField(
        label=_("What may this person do?"),
        choices=MandateType,
        initial=[MandateType.TAKE_PART],
        widget=forms.CheckboxSelectMultiple,
    )
    may_grant = forms.BooleanField(
        label=_("This person may also give mandates to others"), required=False
    )
    ground = forms.ChoiceField(
        label=_("On which ground may this person sign?"),
        choices=[("", _("Does not sign")), *SigningGround.choices],
        required=False,
        help_text=_("A power of attorney is something else than an administrative mandate."),
    )
    jointly = forms.BooleanField(label=_("Signs only together with another"), required=False)


class SecretariatForm(forms.Form):
    """Who organises for the coalition, and which party lends this person."""

    email = AddressField(label=_("E-mail address of this person"))
    lent_by = forms.ModelChoiceField(
        label=_("Which partner lends this person?"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("Nobody: this person is independent"),
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = coalition.parties.present().select_related("organisation")
        self.fields["lent_by"].queryset = present  # type: ignore[attr-defined]


class ActingForm(forms.Form):
    """For whom somebody acts: one of the partners, the secretariat or themselves."""

    act_as = forms.ChoiceField(label=_("I act for"), widget=ChoiceCards)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], hints: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act_as"].choices = choices  # type: ignore[attr-defined]
        self.fields["act_as"].widget.hints = hints


class SuccessorForm(forms.Form):
    """Who is asked to take over."""

    email = AddressField(label=_("E-mail address of whom you ask to take over"))


class SideForm(forms.Form):
    """For which side somebody goes on who acted for both, and who takes over what they leave."""

    side = forms.ChoiceField(
        label=_("For whom do you go on?"),
        choices=Side,
        widget=ChoiceCards(
            hints={
                Side.GOVERNMENT: _("What you do for the other partner here ends today."),
                Side.SOCIETY: _(
                    "What you do for government here ends today. After 90 days you act for your "
                    "partner again. Were you given that mandate without being asked, and did you never "
                    "use it? Then you go on at once."
                ),
            }
        ),
    )
    successor = AddressField(
        label=_("E-mail address of whom you ask to take over"),
        required=False,
        help_text=_(
            "Needed when nobody else acts for this partner. It sleeps until this person says yes."
        ),
    )
