"""The form with which somebody is invited."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.coalition.models import Invitation, InvitationText, PartyRole, name_normalisation
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards


class InviteForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, and how the link reaches them."""

    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role.value, role.label) for role in PartyRole if role != PartyRole.INITIATOR],
        initial=PartyRole.PARTNER,
        widget=ChoiceCards,
    )

    class Meta:
        model = Invitation
        fields = shared_fields.names(InvitationText)
        field_classes = {"email": AddressField}
        labels = {"addressee": _("Whom do you invite?")}
        help_texts = {"email": _("Leave it empty to get a link that you pass on yourself.")}

    def clean_addressee(self) -> str:
        """The name as it is kept."""
        return name_normalisation.normalised_name(self.cleaned_data["addressee"])
