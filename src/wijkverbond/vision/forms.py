"""The forms of the vision, goals and benefits."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import shared_fields
from wijkverbond.places.figure_text import unit_sign
from wijkverbond.places.indicators import DEFINITIONS
from wijkverbond.ui.forms import ChoiceCards, DateField, DecimalField, model_field
from wijkverbond.urgency.models import SharedUrgency
from wijkverbond.vision.models import (
    Amendment,
    Benefit,
    BenefitText,
    Goal,
    GoalChange,
    GoalText,
    VisionVersion,
)

LINES = forms.Textarea(attrs={"rows": 3})
Choices = list[tuple[str, str | Promise]]


def _urgencies(field: forms.Field, coalition: Coalition) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = coalition.shared_urgencies.standing()


class VersionForm(forms.Form):
    """The text of a version, what it answers and how far it looks ahead."""

    printed = ("body",)

    body = model_field(
        VisionVersion,
        "body",
        label=_("Our vision"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "How is it here later, when it went well? Short sentences, no names of people."
        ),
    )
    horizon = DateField(
        label=_("Looks ahead to"),
        help_text=_("A vision often looks fifteen to twenty-five years ahead."),
    )
    urgencies = forms.ModelMultipleChoiceField(
        SharedUrgency.objects.none(),
        label=_("Which shared urgencies does it answer?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = model_field(
        VisionVersion,
        "reason",
        label=_("Why a new version?"),
        help_text=_("Needed when there is a vision already."),
    )

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _urgencies(self.fields["urgencies"], coalition)
        self.fields["reason"].required = coalition.vision_versions.adopted().exists()


class AmendmentForm(forms.Form):
    """A proposed change to a version."""

    change = model_field(
        Amendment,
        "change",
        label=_("What should change?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Within 30 days the writer says what came of it, and why."),
    )


class SettleForm(forms.Form):
    """What came of a proposed change, and why."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Amendment.Outcome, widget=ChoiceCards
    )
    reason = model_field(Amendment, "reason", label=_("Why?"), required=True, widget=LINES)


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A goal. What is not known yet stays empty and is shown as a gap."""

    printed = ("sentence", "indicator_name", "unit")

    figure = forms.ChoiceField(
        label=_("An official figure?"),
        required=False,
        help_text=_("It brings its own name and unit, and stands beside municipality and country."),
    )

    class Meta:
        model = Goal
        fields = shared_fields.names(GoalText)
        widgets = {"direction": ChoiceCards}
        field_classes = {
            "baseline": DecimalField,
            "baseline_on": DateField,
            "target": DecimalField,
            "due": DateField,
        }
        labels = {
            "indicator_name": _("How do we measure it?"),
            "direction": _("What is better?"),
            "unit": _("Counted in (%, euro, homes)"),
            "baseline": _("Where did we start?"),
            "target": _("How far do we want to come?"),
            "due": _("By when?"),
        }
        help_texts = {"indicator_name": _("For example: children who walk to school")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        own: Choices = [("", _("No, we measure it ourselves"))]
        field.choices = [
            *own,
            *((definition.code, definition.name) for definition in DEFINITIONS.values()),
        ]

    def clean(self) -> dict[str, Any]:
        """An official figure brings its name, when none was typed, and its unit."""
        cleaned = super().clean() or self.cleaned_data
        official = DEFINITIONS.get(cleaned.get("figure", ""))
        if official:
            cleaned["indicator_name"] = cleaned.get("indicator_name") or str(official.name)
            cleaned["unit"] = unit_sign(official)
        return cleaned

    def wording(self) -> GoalText:
        """What the goal says."""
        wording: GoalText = self.instance
        return wording


class SetGoalForm(GoalForm):
    """A new goal, with the urgency that it answers."""

    urgency = forms.ModelChoiceField(
        SharedUrgency.objects.none(),
        label=_("Which shared urgency does it answer?"),
        empty_label=_("None yet"),
        required=False,
    )

    field_order = ("sentence", "urgency")

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _urgencies(self.fields["urgency"], coalition)


class ReasonForm(forms.Form):
    """Why a goal is dropped."""

    reason = model_field(GoalChange, "reason", label=_("Why?"), widget=LINES)


class ChangeGoalForm(GoalForm):
    """A goal as it should become, with the reason."""

    reason = model_field(GoalChange, "reason", label=_("Why this change?"), widget=LINES)


class BenefitForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a partner gains by a goal."""

    sort = forms.ChoiceField(
        label=_("What sort of benefit is it for this partner?"),
        choices=Benefit.Type,
        widget=ChoiceCards,
    )

    class Meta:
        model = Benefit
        fields = shared_fields.names(BenefitText)
        widgets = {"own": LINES, "shared": LINES}
        labels = {
            "own": _("What does this partner gain itself?"),
            "shared": _("What do we all gain?"),
        }
        help_texts = {
            "own": _("Concrete: fewer repairs, children who are on time, customers who come back.")
        }
