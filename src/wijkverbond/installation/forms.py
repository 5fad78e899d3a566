"""Forms with which the site is set up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.kernel import site
from wijkverbond.kernel.models import SiteDetails
from wijkverbond.ui.forms import model_field


class DetailsForm(forms.Form):
    """A part of what the host says of the site, filled with what it says now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site.forget()  # it shows what is there now
        for name in self.fields.keys() & {field.name for field in SiteDetails._meta.fields}:
            self.fields[name].initial = site.said(name)
            if site.setting(name):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("A setting on the server says this.")


class NameForm(DetailsForm):
    """What the site is called, and whose it is."""

    name = model_field(
        SiteDetails,
        "name",
        label=_("What is the site called?"),
        help_text=_("It stands above every page and every mail."),
        required=True,
    )
    organisation = model_field(
        SiteDetails,
        "organisation",
        label=_("Which organisation hosts it?"),
        help_text=_("For instance the municipality, or a federation of neighbourhoods."),
        required=True,
    )


class MailForm(DetailsForm):
    """From which address the site mails, and where a mail to try goes."""

    sender = model_field(
        SiteDetails,
        "sender",
        form_class=AddressField,
        label=_("From which address does the site mail?"),
        help_text=_(
            "A mailbox that a person reads: mails that cannot be delivered come back there."
        ),
        required=True,
    )
    to = forms.EmailField(
        label=_("Your own e-mail address"),
        help_text=_("You get a mail there now, to try."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
