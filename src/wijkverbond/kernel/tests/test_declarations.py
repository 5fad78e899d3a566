"""What is declared twice, wrongly or not at all shows at start-up."""

import base64

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.test.utils import isolate_apps
from pytest_django import Settings

from wijkverbond.kernel import signing
from wijkverbond.kernel.checks import (
    heads_can_be_signed,
    personal_data_is_declared,
    wordings_name_facts,
)
from wijkverbond.kernel.events import DECLARED, Event, event
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.personal_fields import PERSONAL_DATA, PersonalData, PersonalRows
from wijkverbond.kernel.registry import Registry


def personal_data_of(*models: type[Model]) -> PersonalData:
    return PersonalData(
        name="sample", title="", why="", kept="", export=lambda person: None,
        rows=tuple(PersonalRows(model=model, of=model._default_manager.filter) for model in models),
    )  # fmt: skip


def test_a_declaration_is_found_by_its_name() -> None:
    registry: Registry[PersonalData] = Registry("sample")
    personal_data = registry.declare(personal_data_of())
    assert (registry["sample"], list(registry), len(registry)) == (
        personal_data,
        [personal_data],
        1,
    )
    assert "sample" in registry


def test_declaring_twice_or_asking_for_the_unknown_fails() -> None:
    registry: Registry[PersonalData] = Registry("sample")
    registry.declare(personal_data_of())
    with pytest.raises(ImproperlyConfigured, match="sample 'sample' is declared twice"):
        registry.declare(personal_data_of())
    with pytest.raises(ImproperlyConfigured, match="no sample 'other' is declared"):
        registry["other"]


def test_the_project_itself_passes_its_checks() -> None:
    assert checks.run_checks() == []


@isolate_apps()
def test_a_model_with_a_person_without_personal_data_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Vanished(Model):  # noqa: DJ008 - of this test only
        class Meta:
            app_label = "kernel"

    only = Registry[PersonalData]("sample")
    only.declare(personal_data_of(Entry, Vanished))
    monkeypatch.setattr("wijkverbond.kernel.checks.PERSONAL_DATA", only)
    messages = [error.msg for error in personal_data_is_declared(None)]
    assert "accounts.user holds a person and no personal data is declared for it" in messages
    assert "personal data is declared for kernel.vanished, which does not exist" in messages
    assert not [message for message in messages if "kernel.entry " in message]


@pytest.mark.parametrize("wording", ["%(absent)s", "%(who)s %(rests_on)s", "100 % sure", "%(who)d"])
def test_a_wording_that_cannot_be_filled_in_is_an_error(wording: str) -> None:
    event("sample.misworded", wording)(type("Misworded", (Event,), {"__annotations__": {}}))
    try:
        messages = [error.msg for error in wordings_name_facts(None)]
    finally:
        del DECLARED["sample.misworded"]
    assert len(messages) == 2  # one for each language
    assert all("sample.misworded" in message for message in messages)


@pytest.mark.parametrize(
    ("name", "seed"),
    [("two words", b"x" * 32), ("a+b", b"x" * 32), ("", b"x" * 32), ("fine", b"short")],
)
def test_a_key_that_cannot_sign_is_an_error(settings: Settings, name: str, seed: bytes) -> None:
    settings.REGISTER_NAME = name
    settings.REGISTER_SEED = base64.b64encode(seed).decode()
    assert len(heads_can_be_signed(None)) == 1


@pytest.mark.parametrize("seed", [*signing.KNOWN_SEEDS])
def test_nobody_signs_with_a_seed_that_stands_in_the_source(
    settings: Settings, seed: bytes
) -> None:
    settings.REGISTER_SEED = base64.b64encode(seed).decode()
    (error,) = heads_can_be_signed(None)
    assert "everyone can sign with it" in error.msg
    with pytest.raises(signing.CannotSign, match="everyone can sign with it"):
        signing.signer()


def test_what_only_reads_needs_no_seed_and_what_signs_names_it(settings: Settings) -> None:
    settings.REGISTER_SEED = ""
    assert heads_can_be_signed(None) == []
    with pytest.raises(signing.CannotSign, match="WIJKVERBOND_REGISTER_SEED is not set"):
        signing.signer()


def test_every_declaration_of_personal_data_says_what_why_and_how_long() -> None:
    assert all(kind.title and kind.why and kind.kept and kind.models for kind in PERSONAL_DATA)
