"""Start-up checks: what capabilities declare fits together, and the signing key is one."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import EmailField, Model
from django.utils import translation

from wijkverbond.kernel import entry_text, journal
from wijkverbond.kernel.events import DECLARED, Event
from wijkverbond.kernel.registry import PERSONAL_DATA

PERSONAL_FIELDS = {"person", "telephone", "created_by", "granted_by"}


@register()
def personal_data_is_declared(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Every model with a person in it is named by a declaration of personal data."""
    declared = {label for kind in PERSONAL_DATA for label in kind.models}
    present = {model._meta.label_lower for model in apps.get_models()}
    undeclared = {model._meta.label_lower for model in _models_with_a_person()} - declared
    return [
        *(
            Error(f"{label} holds a person and no personal data is declared for it")
            for label in sorted(undeclared)
        ),
        *(
            Error(f"personal data is declared for {label}, which does not exist")
            for label in sorted(declared - present)
        ),
    ]


@register()
def wordings_name_facts(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The wording of every event, in every language, names only facts that the event has."""
    return [
        Error(f"the wording of {name} ({language}) names {', '.join(sorted(unknown))}")
        for language, _label in settings.LANGUAGES
        for name, declared in sorted(DECLARED.items())
        if (unknown := _unknown_facts(declared, language))
    ]


@register()
def heads_can_be_signed(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The register's signing key has a name and a seed as they must be."""
    try:
        journal.signer()
    except ValueError as error:
        return [Error(f"WIJKVERBOND_REGISTER_NAME or WIJKVERBOND_REGISTER_SEED: {error}")]
    if settings.SECURE_SITE and settings.REGISTER_SEED == settings.REGISTER_SEED_OF_TESTS:
        return [
            Error("WIJKVERBOND_REGISTER_SEED is the one of the tests: everyone can sign with it")
        ]
    return []


def _unknown_facts(declared: type[Event], language: str) -> set[str]:
    """What a wording names that is no fact; all of it when it cannot be filled in."""
    keys = {field.name.removesuffix("_") for field in dataclasses.fields(declared)} | {"who"}
    with translation.override(language):
        named = entry_text.placeholders(declared)
        text = str(declared.wording)
    stray = {text} if "%" in entry_text.PLACEHOLDER.sub("", text.replace("%%", "")) else set()
    return stray | (named - (keys - {"rests_on", "occurred_at"}))


def _models_with_a_person() -> Iterator[type[Model]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            related = field.related_model
            to_user = isinstance(related, type) and related._meta.label == settings.AUTH_USER_MODEL
            if to_user or isinstance(field, EmailField) or field.name in PERSONAL_FIELDS:
                yield model
                break
