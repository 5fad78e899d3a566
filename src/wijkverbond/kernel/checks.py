"""Start-up checks: what capabilities declare fits together, and the signing key is one."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import EmailField, Field, Model, UUIDField
from django.utils import translation

from wijkverbond.kernel import entry_text, signing
from wijkverbond.kernel.events import DECLARED, Event
from wijkverbond.kernel.personal_fields import (
    PERSONAL_DATA,
    Fields,
    fields_of,
    leads_to_account,
    to_classify,
)


@register()
def personal_data_is_declared(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Of every field with words it is said what it holds; what is personal is handed over or erased."""
    models = sorted(apps.get_models(), key=lambda model: model._meta.label_lower)
    answered = {rows.model for kind in PERSONAL_DATA for rows in kind.rows}
    absent = sorted(model._meta.label_lower for model in answered.difference(models))
    return [
        *(Error(mistake) for model in models for mistake in classification_mistakes(model)),
        *(
            Error(f"personal data is declared for {label}, which does not exist")
            for label in absent
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
    """The register's signing key, when there is one, has a name and a seed as they must be."""
    try:
        if settings.REGISTER_SEED:
            signing.signer()
    except signing.CannotSign as error:
        return [Error(str(error))]
    return []


def _unknown_facts(declared: type[Event], language: str) -> set[str]:
    """What a wording names that is no fact; all of it when it cannot be filled in."""
    keys = {field.name.removesuffix("_") for field in dataclasses.fields(declared)} | {"who"}
    with translation.override(language):
        placeholders = entry_text.placeholders(declared)
        text = str(declared.wording)
    stray = {text} if "%" in entry_text.PLACEHOLDER.sub("", text.replace("%%", "")) else set()
    return stray | (placeholders - (keys - {"rests_on", "occurred_at"}))


def classification_mistakes(model: type[Model]) -> Iterator[str]:
    """What does not fit in what was said of a model's fields, each with the name of the field."""
    label, classified = model._meta.label_lower, fields_of(model)
    where = f"{model._meta.app_label}/personal_data.py"
    for name in sorted(to_classify(model) - {*classified.names}):
        yield (
            f"{label}.{name} is not classified: say in {where}, in classify({_written_in(model, name)}, …), "
            "whether it is people, personal, free_text or plain"
        )
    existing = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for name in sorted({*classified.names} - existing):
        yield f"{label}.{name} is classified in {where}, and does not exist"
    for name in sorted({name for name in classified.names if classified.names.count(name) > 1}):
        yield f"{label}.{name} is classified twice in {where}"
    yield from _contradictions(model, classified)
    yield from _not_covered(model, classified)


def _written_in(model: type[Model], name: str) -> str:
    """The class in which a field was written: the model, or an abstract one that it inherits."""
    classes = [part for part in model.__mro__ if issubclass(part, Model) and part is not Model]
    have_it = [
        part for part in classes if name in {field.name for field in part._meta.get_fields()}
    ]
    return have_it[-1].__name__


def _contradictions(model: type[Model], classified: Fields) -> Iterator[str]:
    """What is said of a field that its kind does not allow."""
    label = model._meta.label_lower
    for field in model._meta.get_fields():
        if not isinstance(field, Field) or field.name not in classified.names:
            continue
        if leads_to_account(field) and field.name not in classified.people:
            yield f"{label}.{field.name} leads to an account, and is not classified as people"
        if field.name in classified.people and not (
            leads_to_account(field) or isinstance(field, UUIDField)
        ):
            yield f"{label}.{field.name} is classified as people, and leads to no account"
        if isinstance(field, EmailField) and field.name not in classified.personal:
            yield f"{label}.{field.name} is an e-mail address, and is not classified as personal"


def _not_covered(model: type[Model], classified: Fields) -> Iterator[str]:
    """What is personal and neither handed over nor erased; what is excepted and not personal."""
    label = model._meta.label_lower
    declared = [rows for kind in PERSONAL_DATA for rows in kind.rows if rows.model is model]
    if (classified.people or classified.personal) and not declared:
        yield f"{label} holds a person and no personal data is declared for it"
    for rows in declared:
        if not (classified.people or classified.of_someone):
            yield f"{label} has rows of a person, and no field that holds anything of one"
        for name in {*rows.not_exported, *rows.not_emptied} - {*classified.of_someone}:
            yield f"{label}.{name} is an exception, and neither personal nor free_text"
        for name in {*rows.not_exported} & {*rows.not_emptied}:
            yield f"{label}.{name} is neither handed over nor erased"
        for name in classified.people:
            if not (rows.deletes or model._meta.get_field(name).null):
                yield f"{label}.{name} cannot be emptied when a person is erased"
