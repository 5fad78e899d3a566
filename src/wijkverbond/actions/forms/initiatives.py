"""The forms of initiatives and their actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.actions.models import Action, Initiative, InitiativeText
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import shared_fields
from wijkverbond.ui.forms import DateField, IntegerField, model_field
from wijkverbond.vision.models import Goal

LINES = forms.Textarea(attrs={"rows": 4})
MOST_PEOPLE = 100_000


class ProposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An idea for something to do together."""

    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=_("Which goals does it help?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Initiative
        fields = shared_fields.names(InitiativeText)
        widgets = {"description": LINES}
        labels = {
            "title": _("What do you want to do? In a few words"),
            "description": _("What is it, and for whom?"),
        }
        help_texts = {
            "title": _("For example: walking to school together."),
            "description": _("Write no names of people."),
        }

    def __init__(self, *args: object, coalition: Coalition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        goals = self.fields["goals"]
        assert isinstance(goals, forms.ModelMultipleChoiceField)
        goals.queryset = coalition.goals.standing()
        if not goals.queryset.exists():
            del self.fields["goals"]

    def wording(self) -> InitiativeText:
        """What the initiative says, without its goals."""
        wording: InitiativeText = self.instance
        return wording


class PlanForm(forms.Form):
    """What one's own partner will do, and by when."""

    what = model_field(
        Action, "what", label=_("What will you do?"), help_text=_("Write no names of people.")
    )
    due = DateField(label=_("By when is it done?"))


class ActionDoneForm(forms.Form):
    """How many people were active in an action, if that is known."""

    people = IntegerField(
        label=_("How many people were active in it?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )


class StopForm(forms.Form):
    """Why something stops or is dropped."""

    reason = model_field(
        Initiative,
        "stop_reason",
        label=_("Why?"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Others can learn from it. Write no names of people."),
    )
