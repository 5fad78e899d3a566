"""The form with which somebody is invited."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.coalition.models import PartyRole, name_normalisation
from wijkverbond.ui.forms import ChoiceCards


class InviteForm(forms.Form):
    """Whom to invite, and how the link reaches them."""

    addressee = forms.CharField(label=_("Whom do you invite?"), max_length=120)
    email = AddressField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty to get a link that you pass on yourself."),
    )
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role.value, role.label) for role in PartyRole if role != PartyRole.INITIATOR],
        initial=PartyRole.PARTNER,
        widget=ChoiceCards,
    )

    def clean_addressee(self) -> str:
        """The name as it is kept."""
        return name_normalisation.normalised_name(self.cleaned_data["addressee"])
