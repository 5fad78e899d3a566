"""Every field with text is classified, and a field that is not is reported."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test.utils import isolate_apps

from wijkverbond.kernel import personal_fields
from wijkverbond.kernel.checks import classification_mistakes
from wijkverbond.kernel.models import Stream
from wijkverbond.kernel.personal_fields import PersonalData, PersonalRows, classify, emptied
from wijkverbond.kernel.registry import Registry

User = get_user_model()


class SampleText(models.Model):
    """What two models share."""

    what = models.CharField(max_length=10)
    rhythm = models.CharField(max_length=10, choices=[("once", "Once")])
    ends = models.DateField()

    class Meta:
        abstract = True
        app_label = "kernel"


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Registry[PersonalData]:
    """Nothing is classified but the words of `SampleText`, and nothing declared."""
    own: Registry[PersonalData] = Registry("sample")
    monkeypatch.setattr("wijkverbond.kernel.checks.PERSONAL_DATA", own)
    monkeypatch.setattr(personal_fields, "CLASSIFIED", {})
    classify(SampleText, free_text=["what"])
    return own


@pytest.fixture(autouse=True)
def own_apps() -> Iterator[None]:
    """The models of a test exist in that test only."""
    with isolate_apps():
        yield


def sample(**fields: Any) -> type[models.Model]:
    """A model with the words of `SampleText`, and these fields."""
    meta = type("Meta", (), {"app_label": "kernel"})
    return type("Sample", (SampleText,), {"__module__": __name__, "Meta": meta, **fields})


def answer_for(declared: Registry[PersonalData], model: type[models.Model], **options: Any) -> None:
    """Declare that rows of the model belong to a person."""
    rows = PersonalRows(model=model, of=model._default_manager.filter, **options)
    declared.declare(
        PersonalData(name="sample", title="", why="", kept="", rows=(rows,), export=rows.export)
    )


@pytest.mark.parametrize(
    "field",
    [
        models.CharField(max_length=20, blank=True),
        models.TextField(),
        models.EmailField(),
        models.URLField(),
        models.SlugField(),
        models.GenericIPAddressField(),
        models.JSONField(),
        models.BinaryField(),
        models.FileField(),
        models.UUIDField(),
        ArrayField(models.CharField(max_length=20)),
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="+"),
        models.ManyToManyField(User, related_name="+"),
    ],
    ids=lambda field: type(field).__name__,
)
def test_an_unclassified_field_is_reported(
    field: "models.Field[Any, Any]",
) -> None:
    [mistake] = classification_mistakes(sample(contact_phone=field))
    assert mistake == (
        "kernel.sample.contact_phone is not classified: say in kernel/personal_data.py, in "
        "classify(Sample, …), whether it is people, personal, free_text or plain"
    )


def test_an_inherited_field_is_reported_with_its_defining_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(personal_fields, "CLASSIFIED", {})
    [mistake] = classification_mistakes(sample())
    assert mistake.startswith("kernel.sample.what is not classified")
    assert "in classify(SampleText, …)" in mistake


@pytest.mark.parametrize(
    "field",
    [
        models.BooleanField(),
        models.DecimalField(max_digits=5, decimal_places=2),
        models.FloatField(),
        models.PositiveSmallIntegerField(),
        models.DateField(),
        models.DateTimeField(),
        models.CharField(max_length=20, choices=[("a", "A")]),
        ArrayField(models.DateField()),
        ArrayField(models.CharField(max_length=20, choices=[("a", "A")])),
        models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+"),
    ],
    ids=lambda field: type(field).__name__,
)
def test_numbers_days_choices_and_relations_need_no_classification(
    field: "models.Field[Any, Any]",
) -> None:
    assert list(classification_mistakes(sample(other=field))) == []


def test_a_classification_of_an_abstract_model_is_inherited() -> None:
    model = sample()
    assert list(classification_mistakes(model)) == []
    assert emptied(model) == {"what": ""}


def test_a_classified_field_that_does_not_exist_is_reported() -> None:
    model = sample()
    classify(model, plain=["vanished"])
    assert list(classification_mistakes(model)) == [
        "kernel.sample.vanished is classified in kernel/personal_data.py, and does not exist"
    ]


def test_classifying_twice_fails() -> None:
    model = sample()
    classify(model, plain=["what"])
    assert list(classification_mistakes(model)) == [
        "kernel.sample.what is classified twice in kernel/personal_data.py"
    ]
    with pytest.raises(ImproperlyConfigured, match=r"kernel\.Sample are classified twice"):
        classify(model, plain=["what"])


def test_a_personal_field_that_nothing_covers_is_an_error() -> None:
    model = sample(contact_phone=models.CharField(max_length=20))
    classify(model, personal=["contact_phone"])
    assert list(classification_mistakes(model)) == [
        "kernel.sample holds a person and no personal data is declared for it"
    ]


def test_a_covered_personal_field_is_exported_and_emptied(
    declared: Registry[PersonalData],
) -> None:
    model = sample(contact_phone=models.CharField(max_length=20), more=models.JSONField(null=True))
    classify(model, personal=["contact_phone", "more"])
    answer_for(declared, model, shows={"until": "ends"})
    assert list(classification_mistakes(model)) == []
    rows = declared["sample"].rows[0]
    record = model(what="Help", contact_phone="0612", ends="2027-01-01")
    assert rows.row(record) == {
        "until": "2027-01-01", "contact_phone": "0612", "more": None, "what": "Help",
    }  # fmt: skip
    assert emptied(model) == {"contact_phone": "", "more": None, "what": ""}


def test_a_field_that_neither_export_nor_erasure_covers_is_an_error(
    declared: Registry[PersonalData],
) -> None:
    model = sample(contact_phone=models.CharField(max_length=20))
    classify(model, personal=["contact_phone"])
    answer_for(
        declared, model, not_exported=("contact_phone", "ends"), not_emptied=("contact_phone",)
    )
    assert set(classification_mistakes(model)) == {
        "kernel.sample.contact_phone is neither handed over nor erased",
        "kernel.sample.ends is an exception, and neither personal nor free_text",
    }


def test_rows_of_a_person_need_a_personal_field(declared: Registry[PersonalData]) -> None:
    model = type(
        "Empty",
        (models.Model,),
        {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "kernel"})},
    )
    answer_for(declared, model)
    assert list(classification_mistakes(model)) == [
        "kernel.empty has rows of a person, and no field that holds anything of one"
    ]


def test_a_classification_fits_its_field(declared: Registry[PersonalData]) -> None:
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    model = sample(
        by=account,
        mail=models.EmailField(),
        code=models.CharField(max_length=9),
        token=models.UUIDField(null=True),
    )
    classify(model, plain=["by", "mail"], people=["code", "token"])
    answer_for(declared, model)
    assert set(classification_mistakes(model)) == {
        "kernel.sample.by leads to an account, and is not classified as people",
        "kernel.sample.mail is an e-mail address, and is not classified as personal",
        "kernel.sample.code is classified as people, and leads to no account",
        "kernel.sample.code cannot be emptied when a person is erased",
    }


def test_a_row_with_a_required_link_to_the_person_is_deleted(
    declared: Registry[PersonalData],
) -> None:
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    model = sample(by=account)
    classify(model, people=["by"])
    answer_for(declared, model, deletes=True)
    assert list(classification_mistakes(model)) == []
