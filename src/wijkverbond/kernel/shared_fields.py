"""The fields that an abstract model shares out: the only list of what people write in a record.

A record, its earlier wordings and a proposed change of it inherit the same abstract model; the form
asks for its fields, and a service is handed any of its heirs, unsaved, and takes these fields only.
"""

from typing import Any

from django.db.models import Model


def names(part: type[Model]) -> list[str]:
    """The names of the fields of an abstract model, in their order."""
    return [field.name for field in part._meta.get_fields()]


def values(row: Model, part: type[Model]) -> dict[str, Any]:
    """What a row holds in the fields of `part`; a text without the spaces around it."""
    stored = {name: getattr(row, name) for name in names(part)}
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in stored.items()
    }


def says(row: Model, part: type[Model], wording: Model) -> bool:
    """Whether a row already holds in the fields of `part` what the wording holds."""
    return values(row, part) == values(wording, part)


def write(row: Model, part: type[Model], wording: Model) -> None:
    """Let a row hold in the fields of `part` what the wording holds."""
    for name, value in values(wording, part).items():
        setattr(row, name, value)
