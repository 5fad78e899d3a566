"""The forms of pledges and covenants."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.commitments import queries, terms
from wijkverbond.commitments.models import (
    Covenant,
    Decline,
    EarlierPledge,
    Pledge,
    PledgeText,
    YearlyCheck,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import ChoiceCards, DateField, DateInput, DecimalField, model_field


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form with a first and a last day; what is wrong with them stands at the last day."""

    days_at_least = 0

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and (ends - starts).days < self.days_at_least:
            self.add_error("ends", _("Choose an end after the start."))
        return cleaned


class PledgeForm(TermForm):
    """What a partner promises: what, how one sees it, how firm, when, and for which goal."""

    printed = ("what", "measure", "subject_to_approval", "unit")

    class Meta:
        model = Pledge
        fields = (*shared_fields.names(PledgeText), "goals", "with_parties")
        widgets = {
            "goals": forms.CheckboxSelectMultiple,
            "with_parties": forms.CheckboxSelectMultiple,
            "effect": ChoiceCards(
                hints={
                    Pledge.Effect.BINDING: _("Others may hold us to it."),
                    Pledge.Effect.INTENTION: _("We try, and say so when it does not work out."),
                    Pledge.Effect.ENDORSEMENT: _("We support it, others do it."),
                }
            ),
            "starts": DateInput,
            "ends": DateInput,
        }
        field_classes = {"quantity": DecimalField}
        labels = {"with_parties": _("With whom?")}
        help_texts = {
            "what": _("One promise in one sentence. Write no names of people."),
            "measure": _("For example: the roster hangs at the school."),
            "with_parties": _("Partners with whom you do this. With money: who receives it."),
            "subject_to_approval": _("For example the council. Leave empty when nobody else."),
            "unit": _("For example hours, evenings, homes."),
        }

    field_order = ("what", "measure", "goals", "with_parties")

    def __init__(self, *args: Any, coalition: Coalition, own: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = self.fields["with_parties"]
        assert isinstance(others, forms.ModelMultipleChoiceField)
        others.queryset = coalition.parties.present().exclude(id=own).select_related("organisation")
        goals = self.fields["goals"]
        assert isinstance(goals, forms.ModelMultipleChoiceField)
        goals.queryset = coalition.goals.standing()
        effect = self.fields["effect"]
        assert isinstance(effect, forms.TypedChoiceField)
        effect.choices = Pledge.Effect.choices

    def wording(self) -> PledgeText:
        """What was written, without the goals and the partners."""
        wording: PledgeText = self.instance
        return wording

    def rests(self) -> dict[str, Any]:
        """For which goals, and with which partners."""
        return {name: list(self.cleaned_data[name]) for name in ("goals", "with_parties")}


class ChangedPledgeForm(PledgeForm):
    """A change of a pledge that everyone could read: with the reason."""

    reason = model_field(
        EarlierPledge,
        "reason",
        label=_("Why this change?"),
        help_text=_("The earlier wording stays readable, with this reason."),
    )


class WithdrawForm(forms.Form):
    """Why a pledge is taken back."""

    reason = model_field(
        Pledge,
        "withdrawal_reason",
        label=_("Why do you take it back?"),
        required=True,
        widget=forms.Textarea({"rows": 3}),
    )


class PledgesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Pledges to choose from, with the name of their partner."""

    def label_from_instance(self, obj: Pledge) -> str:
        """The partner and what it promises."""
        return f"{obj.party}: {obj.what}"


class CovenantForm(TermForm):
    """A draft of the covenant. The adopted vision and the goals come into it by themselves."""

    printed = ("title", "preamble", "rules")

    days_at_least = 1

    class Meta:
        model = Covenant
        fields = ("title", "preamble", "starts", "ends", "pledges", "rules")
        field_classes = {"pledges": PledgesField}
        widgets = {
            "preamble": forms.Textarea({"rows": 5}),
            "rules": forms.Textarea({"rows": 6}),
            "starts": DateInput,
            "ends": DateInput,
            "pledges": forms.CheckboxSelectMultiple,
        }
        labels = {"pledges": _("Which promises?")}
        help_texts = {
            "ends": _("Two years or longer: a covenant is for a long time."),
            "pledges": _("Only promises that partners offered can be chosen."),
            "rules": _("How does one join, how does one leave, how is something changed?"),
        }

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pledges = self.fields["pledges"]
        assert isinstance(pledges, forms.ModelMultipleChoiceField)
        pledges.queryset = queries.offered(coalition)


class OpenForm(forms.Form):
    """Until when partners are asked to sign; six weeks unless another day is chosen."""

    sign_until = DateField(
        label=_("Last day to sign"),
        help_text=_("Who did not sign by then is not waited for, and can still sign later."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["sign_until"] = today + terms.TIME_TO_SIGN


class SendCodeForm(forms.Form):
    """A tick that one has read what one signs; then the code is mailed."""

    read = forms.BooleanField(
        label=_("I have read this covenant and sign it for my organisation."),
        error_messages={"required": _("First read the covenant, then tick this.")},
    )


class DeclineForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why a partner does not sign."""

    class Meta:
        model = Decline
        fields = ("reason",)
        widgets = {"reason": forms.Textarea({"rows": 3})}
        help_texts = {"reason": _("You can still sign while it is open or once it holds.")}


class YearlyCheckForm(forms.ModelForm):  # type: ignore[type-arg]
    """The conclusion of a yearly check."""

    due = forms.TypedChoiceField(label=_("Which look back?"), coerce=dt.date.fromisoformat)

    class Meta:
        model = YearlyCheck
        fields = ("due", "conclusion")
        widgets = {"conclusion": forms.Textarea({"rows": 5})}
        help_texts = {"conclusion": _("What went well, what did not, and what do we change?")}

    def __init__(self, *args: Any, days: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["due"]
        assert isinstance(due, forms.TypedChoiceField)
        due.choices = list(days)
