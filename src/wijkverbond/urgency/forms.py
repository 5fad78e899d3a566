"""The forms of conversations and shared urgencies."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Involvement
from wijkverbond.kernel import clock
from wijkverbond.ui.forms import ChoiceCards, DateField, TimeInput, model_field
from wijkverbond.urgency.models import (
    MOST_PRIORITIES,
    ApartVoice,
    Conversation,
    EarlierWording,
    HidingReview,
    HostHiding,
    Participant,
    Reading,
    SharedUrgency,
    Statement,
)
from wijkverbond.urgency.presenters import ClusterCard

LONGEST_OPEN = dt.timedelta(days=366)
INVOLVEMENT = {
    Participant.Speaks.RESIDENTS: Involvement.LIVES,
    Participant.Speaks.ENTREPRENEURS: Involvement.WORKS,
    Participant.Speaks.CIVIL_SOCIETY: Involvement.WORKS,
    Participant.Speaks.GOVERNMENT: Involvement.RESPONSIBLE,
    Participant.Speaks.OTHER: Involvement.DISTANCE,
}


class ParticipantForm(forms.Form):
    """Who are you in this neighbourhood? Nothing else is asked."""

    kind = forms.ChoiceField(
        label=_("Who are you in this neighbourhood?"),
        choices=Participant.Speaks,
        widget=ChoiceCards(
            hints={
                Participant.Speaks.RESIDENTS: _("Resident"),
                Participant.Speaks.ENTREPRENEURS: _("Entrepreneur or landlord"),
                Participant.Speaks.CIVIL_SOCIETY: _("School, care, welfare, sport, housing"),
                Participant.Speaks.GOVERNMENT: _("Municipality, police, province, water board"),
                Participant.Speaks.OTHER: _("Your answer counts, but apart"),
            }
        ),
        help_text=_("So we see whether residents and others agree. We ask no names."),
    )

    def involvement(self) -> str:
        """How someone who speaks as this is involved."""
        return INVOLVEMENT[Participant.Speaks(self.cleaned_data["kind"])]


class StatementForm(forms.Form):
    """A sentence of one's own."""

    text = forms.CharField(
        label=_("Your sentence"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One idea in one sentence, at most 140 characters. Write no names of people."),
    )


class PriorityForm(forms.Form):
    """At most three sentences that must come first."""

    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label=_("What must come first? Choose at most three."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, participant: Participant, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["statements"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Statement.objects.published().filter(
            conversation=participant.conversation_id, answers__participant=participant
        )

    def clean_statements(self) -> list[Statement]:
        """At most three."""
        chosen = list(self.cleaned_data["statements"])
        if len(chosen) > MOST_PRIORITIES:
            raise forms.ValidationError(
                _("Choose at most three. Now there are %(many)s."), params={"many": len(chosen)}
            )
        return chosen


class CodeForm(forms.Form):
    """The code with which one erases one's answers."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("It stood on the last page: two times five letters and figures."),
    )


class ConversationForm(forms.Form):
    """A conversation with the neighbourhood with its first sentences."""

    question = model_field(
        Conversation,
        "question",
        label=_("Your question"),
        help_text=_("For example: what must get better first?"),
    )
    seeds = forms.CharField(
        label=_("The first sentences"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One on each line, at most 140 characters. Different views, plainly said."),
    )
    closes = DateField(label=_("Last day"))

    def clean_seeds(self) -> list[str]:
        """The sentences, one on each line."""
        return [line.strip() for line in self.cleaned_data["seeds"].splitlines() if line.strip()]

    def clean_closes(self) -> dt.date:
        """A day to come, within a year."""
        last: dt.date = self.cleaned_data["closes"]
        today = timezone.localdate(clock.now())
        if not today <= last <= today + LONGEST_OPEN:
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return last

    def closes_at(self) -> dt.datetime:
        """The end of the last day."""
        last = self.cleaned_data["closes"] + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(last, dt.time()))


class HallForm(forms.Form):
    """On which evening people answer together in a hall."""

    day = DateField(label=_("Which day?"))
    from_time = forms.TimeField(label=_("From"), widget=TimeInput)
    until_time = forms.TimeField(
        label=_("Until"),
        widget=TimeInput,
        help_text=_("At most twelve hours; an end before the beginning is the next day."),
    )

    def starts_at(self) -> dt.datetime:
        """When it begins."""
        return self._at("from_time", self.cleaned_data["day"])

    def ends_at(self) -> dt.datetime:
        """When it ends."""
        over_midnight = self.cleaned_data["until_time"] <= self.cleaned_data["from_time"]
        return self._at("until_time", self.cleaned_data["day"] + dt.timedelta(days=over_midnight))

    def _at(self, name: str, day: dt.date) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, self.cleaned_data[name]))


class ModerateForm(forms.Form):
    """Publish a sentence, or say why not."""

    publish = forms.ChoiceField(
        label=_("What happens with this sentence?"),
        choices=[("yes", _("Publish it")), ("no", _("Do not publish it"))],
        widget=ChoiceCards,
    )
    why = forms.ChoiceField(
        label=_("Why not?"),
        choices=[("", "—"), *Statement.Why.choices],
        required=False,
        help_text=_("Needed when you do not publish it."),
    )
    reason = model_field(Statement, "reason")


class UrgencyForm(forms.Form):
    """What must come first, in one sentence, and the sentences that it rests on."""

    sentence = model_field(SharedUrgency, "sentence")
    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label=_("On which sentences does this rest?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, reading: Reading | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["statements"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        if reading:
            field.help_text = reading.conversation.question
            field.queryset = reading.conversation.statements.published()


class RewordForm(forms.Form):
    """A new wording, with the reason."""

    sentence = model_field(SharedUrgency, "sentence")
    reason = model_field(EarlierWording, "reason", label=_("Why this change?"))


class HideForm(forms.Form):
    """On which ground the host hides a sentence."""

    ground = forms.ChoiceField(
        label=_("Why do you hide it?"), choices=HostHiding.Ground, widget=ChoiceCards
    )
    law = model_field(
        HostHiding,
        "law",
        label=_("Which law does it break, or what makes you doubt?"),
        help_text=_("Name the law and the article. Everyone reads this. Name no people."),
    )


class SetApartForm(forms.Form):
    """Which look-alike answers to set apart, and why."""

    cluster = forms.ChoiceField(label=_("Which answers?"), widget=ChoiceCards)
    reason = model_field(
        ApartVoice,
        "reason",
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone reads this. Write no names of people."),
    )

    def __init__(self, *args: object, clusters: Sequence[ClusterCard], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["cluster"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(cluster.key, str(cluster)) for cluster in clusters]


class ReasonForm(forms.Form):
    """Why a partner sets answers apart, or takes that back."""

    reason = model_field(
        ApartVoice, "reason", label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3})
    )


class ReviewForm(forms.Form):
    """What a partner says of what the host hid."""

    upholds = forms.ChoiceField(
        label=_("Must it stay hidden?"),
        choices=[
            ("yes", _("Yes, nobody may read it")),
            ("no", _("No, everyone may read it")),
        ],
        widget=ChoiceCards,
    )
    reason = model_field(
        HidingReview, "reason", label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3})
    )
