"""Forms of the account pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses
from wijkverbond.accounts.models import User
from wijkverbond.ui.forms import model_field


class AddressField(forms.EmailField):
    """An e-mail address, in the form in which it is kept."""

    def clean(self, value: Any) -> str:
        """The address that was typed, if any."""
        address: str = super().clean(value)
        try:
            return addresses.canonical(address) if address else address
        except ValidationError as error:
            message = self.error_messages.get("invalid", error.message)
            raise ValidationError(message, code="invalid") from error


class AddressForm(forms.Form):
    """An e-mail address, to sign in with."""

    email = model_field(
        User,
        "email",
        form_class=AddressField,
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("This is no e-mail address. Does it have an @ and a dot?"),
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        help_text=_("Eight figures. The space does not matter."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the code from the mail.")},
    )


class DetailsForm(forms.Form):
    """One's own name and language."""

    name = model_field(
        User,
        "name",
        label=_("Your name"),
        help_text=_("For the people you work with. Public pages name the partner, not you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Your language"),
        help_text=_("Of the mails that you get, and of the site when you sign in."),
        choices=settings.LANGUAGES,
    )


class EraseForm(forms.Form):
    """One's own address, typed to confirm that one wants to be erased."""

    typed = model_field(
        User,
        "email",
        form_class=forms.CharField,
        label=_("Type your e-mail address to confirm"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Type your e-mail address to confirm.")},
    )
