"""The forms of signals and insights."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Involvement
from wijkverbond.insights import presenters, queries
from wijkverbond.insights.models import (
    EarlierInsight,
    Insight,
    InsightText,
    Outcome,
    PartyRecognition,
    PersonalRecognition,
    Signal,
    Source,
    SourceGiven,
    View,
)
from wijkverbond.kernel import shared_fields
from wijkverbond.places import queries as places
from wijkverbond.places.models import Place
from wijkverbond.places.presenters import CARDS
from wijkverbond.ui.forms import ChoiceCards, model_field

Speaks = PersonalRecognition.Speaks
INVOLVEMENT = {
    Speaks.RESIDENTS: Involvement.LIVES,
    Speaks.ENTREPRENEURS: Involvement.WORKS,
    Speaks.CIVIL_SOCIETY: Involvement.WORKS,
    Speaks.GOVERNMENT: Involvement.RESPONSIBLE,
    Speaks.OTHER: Involvement.DISTANCE,
}
MOST_SIGNALS = 30


class SignalForm(forms.ModelForm):  # type: ignore[type-arg]
    """What do you see, and where? Nothing else is asked."""

    place_code = forms.ChoiceField(label=_("Where is it?"), required=False)

    class Meta:
        model = Signal
        fields = ("category", "place_code", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": _("At most 500 characters. Write no names of people.")}

    def __init__(self, *args: object, buurten: Sequence[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["place_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("The whole neighbourhood")),
            *((buurt.code, buurt.name) for buurt in buurten),
        ]


class ModerateForm(forms.Form):
    """Publish a signal, or say why not."""

    publish = forms.ChoiceField(
        label=_("What happens with this signal?"),
        choices=[("yes", _("Publish it")), ("no", _("Do not publish it"))],
        widget=ChoiceCards,
    )
    why = forms.ChoiceField(
        label=_("Why not?"),
        choices=[("", "—"), *Signal.Why.choices],
        required=False,
        help_text=_("Needed when you do not publish it."),
    )
    reason = model_field(Signal, "moderation_reason")


class AnswerForm(forms.Form):
    """What came of a signal, and why."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome.choices, widget=ChoiceCards
    )
    reason = model_field(
        Signal,
        "outcome_reason",
        label=_("Why, or how?"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InsightForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one knows about the neighbourhood, with at least one source."""

    figure = forms.ChoiceField(
        label=_("Source: an official figure"),
        required=False,
        help_text=_("An insight has at least one source. Choose or write what you have."),
    )
    signals = forms.ModelMultipleChoiceField(
        Signal.objects.none(),
        label=_("Source: signals from the neighbourhood"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    document = model_field(Source, "description", label=_("Source: a document"))
    address = model_field(
        Source, "address", label=_("Where the document is on the web"), assume_scheme="https"
    )
    story = model_field(
        Source,
        "description",
        label=_("Source: a story"),
        help_text=_("Who told it and when. Write no names of people."),
    )

    class Meta:
        model = Insight
        fields = shared_fields.names(InsightText)
        widgets = {"explanation": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"statement": _("For example: children cycle a longer way to school.")}

    def __init__(
        self, *args: object, coalition: Coalition, insight: Insight | None = None, **kwargs: object
    ) -> None:
        if insight:
            kwargs["initial"] = _initial_values(insight)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        figure, signals = self.fields["figure"], self.fields["signals"]
        assert isinstance(figure, forms.ChoiceField)
        assert isinstance(signals, forms.ModelMultipleChoiceField)
        figure.choices = [("", "—"), *_figures(coalition)]
        newest = queries.published(coalition).values("id")[:MOST_SIGNALS]
        used = insight.sources.exclude(signal=None).values("signal_id") if insight else []
        signals.queryset = coalition.signals.filter(
            id__in=[*(row["id"] for row in newest), *(row["signal_id"] for row in used)]
        )

    def wording(self) -> InsightText:
        """What the insight says, without its sources."""
        wording: InsightText = self.instance
        return wording

    def sources(self) -> list[SourceGiven]:
        """The sources that were chosen or written; none is refused by the service."""
        cleaned, source_type = self.cleaned_data, Source.Type
        figures = [cleaned["figure"]] if cleaned["figure"] else []
        sources: list[SourceGiven] = [
            Source(sort=source_type.FIGURE, figure=figure) for figure in figures
        ]
        sources += [Source(sort=source_type.SIGNAL, signal=signal) for signal in cleaned["signals"]]
        if cleaned["document"] or cleaned["address"]:
            sources.append(
                Source(
                    sort=source_type.DOCUMENT,
                    description=cleaned["document"],
                    address=cleaned["address"],
                )
            )
        if cleaned["story"]:
            sources.append(Source(sort=source_type.STORY, description=cleaned["story"]))
        return sources


class RevisionForm(InsightForm):
    """An insight as it must be from now on, and why."""

    reason = model_field(EarlierInsight, "reason", label=_("Why this change?"))


class ReasonForm(forms.Form):
    """Why an insight is taken back."""

    reason = model_field(
        Insight, "withdrawn_because", label=_("Why do you take this insight back?"), required=True
    )


class ViewForm(forms.Form):
    """What a party says of an insight, by name."""

    view = forms.ChoiceField(
        label=_("Do you recognise this?"), choices=View.choices, widget=ChoiceCards
    )
    because = model_field(
        PartyRecognition,
        "because",
        label=_("How do you see it?"),
        help_text=_("Needed when you see it otherwise."),
    )


class PersonForm(forms.Form):
    """What somebody says of an insight for themselves; who they are is asked once."""

    view = forms.ChoiceField(
        label=_("Do you recognise this?"), choices=View.choices, widget=ChoiceCards
    )
    kind = forms.ChoiceField(
        label=_("Who are you in this neighbourhood?"),
        choices=Speaks,
        widget=ChoiceCards(
            hints={
                Speaks.RESIDENTS: _("Resident"),
                Speaks.ENTREPRENEURS: _("Entrepreneur or landlord"),
                Speaks.CIVIL_SOCIETY: _("School, care, welfare, sport, housing"),
                Speaks.GOVERNMENT: _("Municipality, police, province, water board"),
                Speaks.OTHER: _("Your view counts, but apart"),
            }
        ),
        help_text=_("We ask this once. We ask no names."),
    )

    def __init__(self, *args: object, kind: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if kind:
            del self.fields["kind"]
        self.known = kind

    @property
    def speaks(self) -> Speaks:
        """As what they speak: as they chose before, or now."""
        return Speaks(self.known or self.cleaned_data["kind"])


def _figures(coalition: Coalition) -> list[tuple[str, str]]:
    chosen = Place.objects.filter(code__in=coalition.place_codes, year=coalition.place_year)
    area = {place.id: place for place in chosen}
    written = [
        f"{area[place].code}/{max(series[indicator])}/{indicator}"
        for place, series in places.figures(chosen).items()
        for indicator in CARDS
        if indicator in series
    ]
    return [
        (reference, presenters.figure_text(reference, [*area.values()])) for reference in written
    ]


def _initial_values(insight: Insight) -> dict[str, object]:
    now = [source for source in insight.sources.all() if source.revision == insight.revision]
    by_sort = {source.sort: source for source in now}
    document, story = by_sort.get(Source.Type.DOCUMENT), by_sort.get(Source.Type.STORY)
    figure = by_sort.get(Source.Type.FIGURE)
    return {
        "statement": insight.statement,
        "explanation": insight.explanation,
        "figure": figure.figure if figure else "",
        "signals": [source.signal_id for source in now if source.signal_id],
        "document": document.description if document else "",
        "address": document.address if document else "",
        "story": story.description if story else "",
    }
