"""Why something of a file was not taken over: in English for commands, and as the reader speaks."""

from django.utils.translation import gettext


class Reason(str):
    """A sentence in English that knows how it was made, so that it can be said in another language."""

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]


def because(template: str, **values: object) -> Reason:
    """The reason with these values; its template is marked with `gettext_noop`."""
    reason = Reason(template % values)
    reason.template, reason.values = template, values
    return reason


def in_words(reason: object) -> object:
    """A reason in the language of who reads it; anything else stays what it is."""
    if not isinstance(reason, Reason):
        return reason
    values = {name: in_words(value) for name, value in reason.values.items()}
    return gettext(reason.template) % values
