"""Forms of the account pages."""

from typing import Any

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses, second_step
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


NO_PASSKEY = _("Your browser gave no passkey. Try again; JavaScript must be on.")


class CodeOfAppField(forms.CharField):
    """A code as an app shows it."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    default_error_messages = {"required": _("Type the code.")}


class CredentialField(forms.JSONField):
    """What the browser says with a passkey: the page's script fills it in."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}


class WithCredential(forms.Form):
    """A form with what the browser says: what is wrong with that is said of the whole, for nobody sees the field."""

    credential = CredentialField()

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django does, but never of the field."""
        super().add_error(None if field == "credential" else field, error)


class StepForm(ReauthenticateForm):  # type: ignore[misc]
    """The second step: a code of an app, or an emergency code. It is not asked again at once."""

    code = CodeOfAppField(
        label=_("Code"),
        help_text=_("Six figures from your app, or one of your emergency codes."),
        max_length=20,
    )

    def clean_code(self) -> str:
        """A code that is right and was not used before; tries are counted."""
        second_step.count_try(self.user)
        code: str = super().clean_code()
        second_step.use_once(self.authenticator, code)
        return code


class PasskeyForm(WithCredential, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step with a passkey. It is not asked again at once."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app, which shows that it works."""

    code = CodeOfAppField(
        label=_("The code in your app"), help_text=_("Six figures."), max_length=20
    )

    def clean_code(self) -> str:
        """A code that is right; tries are counted."""
        second_step.count_try(self.user)
        code: str = super().clean_code()
        return code


class NewPasskeyForm(WithCredential, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and what it is called."""

    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("For instance: my telephone."),
        max_length=100,
        required=False,
    )


class PasskeyNameForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=100,
        error_messages={"required": _("Give it a name.")},
    )
