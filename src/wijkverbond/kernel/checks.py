"""Start-up checks: every place that holds a person has an answer to "what about me?"."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from wijkverbond.kernel.registry import PERSONAL_DATA

PERSONAL_FIELDS = {"person", "email", "telephone", "created_by", "granted_by"}
ELSEWHERE = {"auth", "account", "sessions", "procrastinate", "contenttypes"}


@register()
def personal_data_is_declared(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Every model with a person in it is named by a declaration of personal data."""
    declared = {label for kind in PERSONAL_DATA for label in kind.models}
    return [
        Error(f"{model._meta.label_lower} holds a person and no personal data is declared for it")
        for model in _models_with_a_person()
        if model._meta.label_lower not in declared
    ]


def _models_with_a_person() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model._meta.app_label in ELSEWHERE:
            continue
        for field in model._meta.concrete_fields:
            related = field.related_model
            to_user = isinstance(related, type) and related._meta.label == settings.AUTH_USER_MODEL
            if to_user or field.name in PERSONAL_FIELDS:
                yield model
                break
