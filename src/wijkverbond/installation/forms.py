"""Forms with which the site is set up."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.forms import AddressField
from wijkverbond.installation import colours
from wijkverbond.installation.models import TEXTS, Step
from wijkverbond.kernel import site
from wijkverbond.kernel.models import SiteDetails
from wijkverbond.places import official_sources
from wijkverbond.ui.forms import IntegerField, model_field

LARGEST_LOGO = 200 * 2**10
LARGEST_FILE = 20 * 2**20
FIRST_DIVISION, LAST_DIVISION = 1995, 2100
PUBLIC = _("Everyone sees it.")


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


class FounderForm(forms.Form):
    """Whom the host asks to begin the first coalition."""

    to = AddressField(
        label=_("Their e-mail address"),
        help_text=_("They get a mail with the way to begin. You are no part of the coalition."),
    )


class PlacesForm(forms.Form):
    """Of which municipality the figures and boundaries are fetched."""

    municipality = forms.ChoiceField(label=_("Which municipality?"))
    year = forms.TypedChoiceField(
        label=_("Of which year?"),
        help_text=_("The newest that is known, unless you need an older division."),
        coerce=int,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = official_sources.municipalities()
        years = sorted(official_sources.FIGURE_TABLES, reverse=True)
        self.fields["municipality"].choices = [("", _("Choose")), *names.items()]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A file with figures or boundaries, by hand."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A table (CSV) with key figures first; then boundaries (GeoJSON). 20 MB at most."
        ),
    )
    year = IntegerField(
        label=_("Of which year is the division?"), min_value=FIRST_DIVISION, max_value=LAST_DIVISION
    )

    def clean_file(self) -> Any:
        """A file that is not too large for a page."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("This file is too large here. Use the command: ./wijkverbond places import.")
            )
        return file


class LookForm(DetailsForm):
    """The colour and the logo of the host."""

    colour = model_field(
        SiteDetails,
        "colour",
        form_class=forms.RegexField,
        regex=r"^#[0-9a-fA-F]{6}$",
        label=_("Your colour"),
        help_text=_("Of buttons, links and the foot of the page, such as #0b5a45. Or nothing."),
        error_messages={"invalid": _("Write a # and six signs, for instance #0b5a45.")},
    )
    picture = forms.FileField(
        label=_("Your logo"),
        help_text=_("A PNG of 200 kB at most. Or nothing: then it stays as it is."),
        required=False,
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def clean_colour(self) -> str:
        """A colour with which everyone can read."""
        colour: str = self.cleaned_data["colour"].lower()
        if colour and (ratio := colours.weakest(colour)) < colours.NEEDED:
            too_weak = _(
                "Not everyone can read with this colour: its contrast is %(ratio)s : 1, and 4,5 : 1 is "
                "needed. Choose a darker one."
            )
            shown = formats.number_format(int(ratio * 10) / 10, 1)
            raise ValidationError(too_weak % {"ratio": shown})
        return colour

    def clean_picture(self) -> Any:
        """A logo that is not too large for the top of every page."""
        logo = self.cleaned_data["picture"]
        if logo and logo.size > LARGEST_LOGO:
            raise ValidationError(_("Make it smaller: 200 kB at most."))
        return logo


def _text_field(name: str, label: str | Promise, help_text: str | Promise = "") -> Any:
    """A gap of a text."""
    is_needed = any(name in fields for fields in TEXTS.values())
    return model_field(SiteDetails, name, label=label, help_text=help_text, required=is_needed)


def _mailbox_field(name: str, label: str | Promise, help_text: str | Promise = PUBLIC) -> Any:
    """A gap with an e-mail address."""
    return model_field(
        SiteDetails, name, form_class=AddressField, label=label, help_text=help_text, required=True
    )


class ContactForm(DetailsForm):
    """How people reach who hosts the site."""

    address = _text_field(
        "address", _("Postal address"), _("For instance: Markt 1, 9401 GS Assen.")
    )
    email = _mailbox_field("email", _("E-mail address for questions"))
    phone = _text_field("phone", _("Telephone number"), _("May stay empty."))


class PrivacyForm(DetailsForm):
    """Who answers for the data about people."""

    privacy_email = _mailbox_field(
        "privacy_email",
        _("E-mail address for questions about privacy"),
        _("Of your data protection officer, if you have one. Everyone sees it."),
    )
    privacy_ground = _text_field("privacy_ground", _("On which ground do you keep the data?"))
    data_place = _text_field(
        "data_place",
        _("Where is the data?"),
        _(
            "Who runs the server, and in which country. For instance: with a data centre in Groningen."
        ),
    )


class AccessibilityForm(DetailsForm):
    """How far everyone can use the site."""

    accessible = _text_field("accessible", _("How accessible is your site?"))
    examined = _text_field(
        "examined",
        _("When was it examined, and how?"),
        _(
            "For instance: in October 2026, by an independent agency. Or: not yet, we do so this year."
        ),
    )


class NoticeForm(DetailsForm):
    """Where people report what is against the law."""

    notice_email = _mailbox_field(
        "notice_email",
        _("E-mail address for reports"),
        _("Somebody reads it every working day. Everyone sees it."),
    )


TEXT_FORMS: dict[Step, type[DetailsForm]] = {
    Step.CONTACT: ContactForm,
    Step.PRIVACY: PrivacyForm,
    Step.ACCESSIBILITY: AccessibilityForm,
    Step.NOTICE: NoticeForm,
}
