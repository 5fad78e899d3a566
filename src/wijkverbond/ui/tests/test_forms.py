"""Forms: label, hint, error above the field, a summary with links, and refusals of services."""

from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from wijkverbond.ui.forms import (
    ChoiceCards,
    DateField,
    DecimalField,
    IntegerField,
    ShortRadios,
    asks_days,
    model_field,
    refuse,
    status,
)


class ProposalForm(forms.Form):
    """One field of each layout."""

    text = forms.CharField(label="Zin", help_text="Eén idee.", max_length=10)
    why = forms.CharField(label="Waarom", required=False, widget=forms.Textarea)
    since = DateField(label="Sinds")
    people = forms.IntegerField(label="Mensen")
    mail = forms.EmailField(label="Mail")
    who = forms.ChoiceField(
        label="Wie",
        choices=[("residents", "Ik woon hier"), ("other", "Anders")],
        widget=ChoiceCards(hints={"residents": "Bewoner"}),
    )
    how = forms.ChoiceField(label="Hoe", choices=[("on", "Goed")], widget=ShortRadios)
    subject = forms.ChoiceField(label="Onderwerp", choices=[("", "–"), ("a", "A")])
    goals = forms.MultipleChoiceField(
        label="Doelen", choices=[("1", "Een")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="Akkoord")


GOOD = {
    "text": "kort",
    "since": "2026-03-01",
    "people": "3",
    "mail": "iemand@voorbeeld.nl",
    "who": "residents",
    "how": "on",
    "subject": "a",
    "agree": "on",
}


class Elements(HTMLParser):
    """The opening tags of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        """The attributes of the input element with this name."""
        return next(attrs for _, attrs in self.tags if attrs.get("name") == name)

    def ids(self) -> set[str | None]:
        """Every id."""
        return {attrs["id"] for _, attrs in self.tags if "id" in attrs}

    def targets(self) -> list[str]:
        """Where the links on the page itself lead."""
        return [str(attrs["href"])[1:] for tag, attrs in self.tags if tag == "a"]


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def test_every_input_has_a_label_of_its_own() -> None:
    elements = Elements(str(ProposalForm()))
    labelled = {attrs.get("for") for tag, attrs in elements.tags if tag == "label"}
    inputs = [
        attrs
        for tag, attrs in elements.tags
        if tag in {"input", "textarea", "select"} and attrs["id"]
    ]
    assert {attrs["id"] for attrs in inputs} <= labelled


def test_hint_and_error_are_announced_with_the_field() -> None:
    elements = Elements(str(ProposalForm({**GOOD, "text": "te lang voor dit"})))
    text = elements.named("text")
    assert text["aria-invalid"] == "true"
    assert text["aria-describedby"] == "id_text_helptext id_text_error"
    assert set(str(text["aria-describedby"]).split()) <= elements.ids()


def test_a_group_is_announced_with_its_legend_and_error() -> None:
    elements = Elements(str(ProposalForm({**GOOD, "who": ""})))
    group = next(attrs for tag, attrs in elements.tags if tag == "fieldset")
    assert group["aria-describedby"] == "id_who_error"
    assert "id_who_error" in elements.ids()


def test_the_error_stands_above_the_field() -> None:
    html = str(ProposalForm({**GOOD, "text": ""}))
    assert html.index('id="id_text_error"') < html.index('name="text"')


def test_a_label_that_is_a_question_is_followed_by_one_sign() -> None:
    form = ProposalForm({**GOOD, "text": ""})
    form.fields["text"].label = "Wat zeg je?"
    assert ">Wat zeg je: Vul dit in.<" in str(form)


def test_the_summary_links_to_every_wrong_field() -> None:
    form = ProposalForm({"text": "te lang voor dit"})
    elements = Elements(str(form))
    assert len(elements.targets()) == len(form.errors) == 8
    assert set(elements.targets()) <= elements.ids()


def test_the_summary_takes_the_focus_so_that_it_is_read_out() -> None:
    elements = Elements(str(ProposalForm({})))
    [summary] = [attrs for _, attrs in elements.tags if attrs.get("role") == "alert"]
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    assert "autofocus" not in str(ProposalForm(GOOD))


def test_a_refused_form_shows_what_was_typed() -> None:
    elements = Elements(str(ProposalForm({**GOOD, "text": "te lang voor dit", "people": "drie"})))
    assert elements.named("text")["value"] == "te lang voor dit"
    assert elements.named("people")["value"] == "drie"
    assert elements.named("since")["value"] == "2026-03-01"
    assert "checked" in elements.named("who")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text": "te lang voor dit"}, "Maak het 6 tekens korter."),
        ({"text": "elf tekens."}, "Maak het één teken korter."),
        ({"text": ""}, "Vul dit in."),
        ({"who": ""}, "Kies wat past."),
        ({"subject": ""}, "Kies wat past."),
        ({"agree": ""}, "Zet hier een vinkje"),
        ({"mail": "iemand"}, "Schrijf een heel e-mailadres"),
        ({"since": "31-2-2026"}, "Schrijf een datum die bestaat"),
        ({"people": "drie"}, "Schrijf een getal."),
    ],
)
def test_errors_are_in_plain_words(typed: dict[str, str], message: str) -> None:
    assert message in str(ProposalForm({**GOOD, **typed}))


def test_a_form_keeps_its_own_error_messages() -> None:
    class OwnWords(forms.Form):
        mail = forms.EmailField(error_messages={"required": "Zonder adres kan dit niet."})

        def clean_mail(self) -> str:
            raise ValidationError("Dit adres kennen we al.", code="invalid")

    assert "Zonder adres kan dit niet." in str(OwnWords({}))
    assert "Dit adres kennen we al." in str(OwnWords({"mail": "a@b.nl"}))


def test_a_refusal_of_a_service_is_shown_at_its_field() -> None:
    form = ProposalForm(GOOD)
    assert form.is_valid()
    refuse(form, ValidationError({"text": "Deze zin staat er al.", "party": "Kies een partner."}))
    assert form.errors["text"] == ["Deze zin staat er al."]
    assert form.non_field_errors() == ["Kies een partner."]


def test_a_refusal_without_a_field_is_shown_on_top() -> None:
    form = ProposalForm(GOOD)
    assert form.is_valid()
    refuse(form, ValidationError("De ronde is al gesloten."))
    assert form.non_field_errors() == ["De ronde is al gesloten."]
    assert "De ronde is al gesloten." in str(form)


def test_an_invalid_form_is_answered_with_422() -> None:
    assert status(ProposalForm()) == 200
    assert status(ProposalForm(GOOD)) == 200
    assert status(ProposalForm(), ProposalForm({})) == 422


def test_the_error_of_a_hidden_field_is_shown_on_top() -> None:
    class WithHidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert 'type="hidden"' in str(WithHidden())
    assert "version" in str(WithHidden({"version": "x"}))


def test_typed_text_is_escaped() -> None:
    html = str(ProposalForm({**GOOD, "text": '"><script>x</script>'}))
    assert "<script>" not in html


@pytest.mark.parametrize("day", ["0001-01-01", "0026-03-01", "9999-12-31"])
def test_an_implausible_year_is_refused(day: str) -> None:
    form = ProposalForm({**GOOD, "since": day})
    with translation.override("nl"):
        assert form["since"].messages() == ["Kijk naar het jaartal van deze datum."]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A form that asks for a number with decimals."""

    value = DecimalField(label="Hoeveel", max_digits=8, decimal_places=3)


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("nl", "0,1", "0.1"), ("nl", "0.1", "0.1"), ("nl", " -7,25 ", "-7.25"),
        ("nl", "1.234", "1234"), ("nl", "1.234,5", "1234.5"), ("nl", "0.125", "0.125"),
        ("nl", "1,234", "1.234"), ("nl", "10.000", "10000"),
        ("en", "0.1", "0.1"), ("en", "0,1", "0.1"), ("en", "1,234.5", "1234.5"),
        ("en", "1.234", "1.234"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(language: str, typed: str, expected: str) -> None:
    with translation.override(language):
        form = MeasureForm({"value": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["value"] == Decimal(expected)


@pytest.mark.parametrize(
    "typed", ["1e999", "NaN", "Infinity", "1,234.5", "1.2.3", "½", "5%", "1,2,3"]
)
def test_an_invalid_number_is_refused_and_shown_as_typed(typed: str) -> None:
    with translation.override("nl"):
        form = MeasureForm({"value": typed})
        assert not form.is_valid()
        assert f'value="{typed}"' in str(form["value"])


def test_a_stored_number_is_shown_the_same() -> None:
    with translation.override("nl"):
        field_html = str(MeasureForm(initial={"value": Decimal("1234.5")})["value"])
    assert 'value="1234,5"' in field_html
    assert 'inputmode="decimal"' in field_html


class FigureForm(forms.Form):
    """A figure and a whole number."""

    figure = DecimalField(label="Cijfer", max_digits=9, decimal_places=2)
    people = IntegerField(label="Mensen", min_value=1, max_value=100_000, required=False)


@pytest.mark.parametrize("written", ["veel", "1,2,3", "1.2.3,4", "NaN", "1e400", "--3"])
def test_an_invalid_figure_is_shown_as_typed(written: str) -> None:
    form = FigureForm({"figure": written, "people": "1,5"})
    assert not form.is_valid()
    elements = Elements(str(form))
    for name, typed in (("figure", written), ("people", "1,5")):
        assert elements.named(name)["value"] == typed
        assert elements.named(name)["type"] == "text"


def test_a_stored_figure_is_shown_without_trailing_zeros() -> None:
    assert (
        Elements(str(FigureForm(initial={"figure": Decimal("41.00")}))).named("figure")["value"]
        == "41"
    )
    assert (
        Elements(str(FigureForm(initial={"figure": Decimal("58.50")}))).named("figure")["value"]
        == "58,5"
    )


@pytest.mark.parametrize(
    ("people", "message"), [("0", "Schrijf 1 of meer."), ("100001", "Schrijf hoogstens 100.000.")]
)
def test_a_number_out_of_range_is_refused_in_plain_words(people: str, message: str) -> None:
    assert message in str(FigureForm({"figure": "1", "people": people}))


def test_the_browser_validates_a_form_with_days() -> None:
    with_day = Elements(str(ProposalForm())).named("since")
    assert "required" not in with_day
    assert with_day["aria-required"] == "true"
    assert "required" in Elements(str(FigureForm())).named("figure")
    assert [asks_days(form) for form in (ProposalForm(), FigureForm(), None)] == [
        True,
        False,
        False,
    ]


class StoppedText(models.Model):
    """Something with a reason, which may stay empty until it stops."""

    reason = models.CharField("waarom", max_length=300, blank=True)

    class Meta:
        abstract = True


def test_a_field_of_a_model_keeps_its_label_and_limit_and_differs_only_where_said() -> None:
    optional = model_field(StoppedText, "reason")
    obliged = model_field(StoppedText, "reason", required=True, label="Waarom stopt het?")

    assert isinstance(optional, forms.CharField)
    assert isinstance(obliged, forms.CharField)
    assert (optional.label, optional.max_length, optional.required) == ("Waarom", 300, False)
    assert (obliged.label, obliged.max_length) == ("Waarom stopt het?", 300)
    assert obliged.required
