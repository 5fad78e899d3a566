"""Forms about taking part: a new coalition, an organisation, and how it takes part."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import (
    Coalition,
    Involvement,
    Organisation,
    OrganisationDetails,
    ParticipationLevel,
    Party,
    TakingPart,
    name_normalisation,
    sectors,
)
from wijkverbond.coalition.queries import area
from wijkverbond.coalition.queries.mandates import represented_organisations
from wijkverbond.kernel import clock, shared_fields
from wijkverbond.ui.forms import ChoiceCards, IntegerField, ShortRadios


class PlacesField(forms.CharField):
    """Places of the official division, as names or codes; their codes."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Which neighbourhoods?"),
            help_text=_("Their names or official codes, one on each line."),
            **more,
        )

    def clean(self, value: Any) -> Any:
        """The codes, each once, in order."""
        return area.codes_of(re.split(r"[,;\n]", super().clean(value)), area.division_year())


class PlacesForm(forms.Form):
    """Which places a coalition is about that named its area in words."""

    place_codes = PlacesField()


class CoalitionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a new coalition is called, what it is about, and where it works."""

    place_codes = PlacesField(required=False)

    class Meta:
        model = Coalition
        fields = ("name", "purpose", "place_codes", "area", "access")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3}), "access": ChoiceCards}
        labels = {
            "name": _("Name of the coalition"),
            "purpose": _("What is it about?"),
            "area": _("Or: the area in words"),
            "access": _("Who can see it?"),
        }
        help_texts = {
            "area": _(
                "When this site has no figures of it yet, or the borders are others. You can name the "
                "neighbourhoods later."
            ),
            "name": _("For example the name of the neighbourhood."),
            "purpose": _("One or two sentences that everyone in the street understands."),
        }

    def clean_name(self) -> str:
        """The name as it is kept."""
        return name_normalisation.normalised_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Codes, or an area in words."""
        cleaned = super().clean() or self.cleaned_data
        is_wrong = self.errors.keys() & {"place_codes", "area"}
        if not is_wrong and not cleaned["place_codes"] and not cleaned["area"]:
            self.add_error(
                "place_codes", _("Name a neighbourhood, or say the area in words below.")
            )
        return cleaned

    def coalition(self) -> Coalition:
        """The coalition that was described, not stored yet."""
        coalition: Coalition = self.instance
        coalition.place_year = area.division_year()
        return coalition


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an organisation can change of itself."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    # Asked without a default: volunteers who overlook it would be named as late.
    paid = forms.TypedChoiceField(
        label=_("Are its people paid for this work?"),
        choices=[("yes", _("Yes, they are paid")), ("no", _("No, they are volunteers"))],
        coerce=lambda answer: answer == "yes",
        widget=ShortRadios,
        help_text=_("Groups of volunteers are never named as late."),
    )

    class Meta:
        model = Organisation
        fields = shared_fields.names(OrganisationDetails)
        labels = {
            "place": _("Town or village"),
            "registration_number": _("Registration number"),
            "constituency": _("For whom does it speak?"),
        }


class OrganisationForm(DetailsForm):
    """For which organisation: one the person acts for already, or a new one."""

    printed = ("name",)

    existing = forms.ModelChoiceField(
        label=_("For which organisation?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another organisation"),
        help_text=_("One for which you act already, or a new one that you describe here."),
    )
    sector = forms.ChoiceField(
        label=_("What sort of organisation is it?"),
        help_text=format_lazy("{} {}", *sectors.EXPLANATIONS.values()),
    )
    legal_form = forms.ChoiceField(label=_("Legal form"))

    class Meta(DetailsForm.Meta):
        fields = ["name", "sector", "legal_form", *DetailsForm.Meta.fields]
        labels = DetailsForm.Meta.labels | {"name": _("Name of the organisation")}
        help_texts = {
            "name": _("One resident or one shop is fine too."),
            "place": _("So that two organisations with one name can be told apart."),
            "registration_number": _("The number at the Chamber of Commerce, if there is one."),
            "constituency": _("For example: 86 members, all living here."),
        }

    def __init__(self, *args: Any, person: uuid.UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        represented = represented_organisations(person, clock.now())
        choosable = Organisation.objects.filter(
            id__in=[organisation.id for organisation in represented]
        )
        self.fields["existing"].queryset = choosable  # type: ignore[attr-defined]
        if not represented:
            del self.fields["existing"]
        self.fields["sector"].choices = [("", _("Choose")), *sectors.choices()]  # type: ignore[attr-defined]
        legal_forms = Organisation._meta.get_field("legal_form").choices or []
        self.fields["legal_form"].choices = [("", _("Choose")), *legal_forms]  # type: ignore[attr-defined]
        if represented and self.data.get(self.add_prefix("existing")):
            for field in self.fields.values():
                field.required = False
        self.order_fields(["existing"])

    def clean_name(self) -> str:
        """The name as it is kept; empty for an organisation that is known already."""
        written: str = self.cleaned_data["name"]
        return name_normalisation.normalised_name(written) if written else written

    def _post_clean(self) -> None:
        if not self.cleaned_data.get("existing"):
            super()._post_clean()  # type: ignore[misc]

    def organisation(self) -> Organisation:
        """The organisation that was chosen, or a new one that is not stored yet."""
        existing = self.cleaned_data.get("existing")
        return existing if isinstance(existing, Organisation) else self.instance


class TakingPartForm(forms.ModelForm):  # type: ignore[type-arg]
    """How an organisation takes part."""

    involvement = forms.ChoiceField(
        label=_("How are you involved in the neighbourhood?"),
        choices=Involvement,
        widget=ChoiceCards,
        help_text=_("Whoever has no tie to the neighbourhood gives advice and takes no position."),
    )
    levels = forms.MultipleChoiceField(
        label=_("On which level do you take part?"),
        choices=ParticipationLevel,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Governing: choose the vision and sign. Conditions: money, people and rules. "
            "Operation: the work in the street."
        ),
    )
    answer_term_days = IntegerField(
        label=_("Government: in how many working days do you answer a request?"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("15 unless you fill in something else. Others leave this empty."),
    )

    class Meta:
        model = Party
        fields = shared_fields.names(TakingPart)
        labels = {"ground": _("Why this neighbourhood?")}
        help_texts = {"ground": _("For example: we own 780 homes here.")}

    field_order = ("involvement", "ground", "levels")

    def taking_part(self) -> TakingPart:
        """What was filled in."""
        taking_part: TakingPart = self.instance
        return taking_part


class DescribeForm(TakingPartForm):
    """How a party takes part, and the details of its organisation that can change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= DetailsForm().fields

    @classmethod
    def of(cls, party: Party, data: Any = None) -> "DescribeForm":
        """The form filled with what the party says now."""
        now = shared_fields.values(party, TakingPart)
        details = shared_fields.values(party.organisation, OrganisationDetails)
        details["paid"] = "yes" if party.organisation.paid else "no"
        return cls(data, initial=now | details)

    def details(self) -> OrganisationDetails:
        """The organisation's details from now on."""
        names = shared_fields.names(OrganisationDetails)
        return Organisation(**{name: self.cleaned_data[name] for name in names})
