"""What two did at the same moment: where the database lets one of them succeed, the other hears so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ForeignKeyViolation, UniqueViolation


@contextmanager
def refused_races() -> Iterator[None]:
    """Raise ValidationError when somebody else did the same, or removed it, at this very moment.

    Around a transaction, never inside it: nothing of it was stored. Rules are checked before; this is
    for what became true between the check and the end of the transaction.
    """
    try:
        yield
    except (IntegrityError, OperationalError) as error:
        if message := _message(error.__cause__):
            raise ValidationError(message) from error
        raise


def _message(cause: BaseException | None) -> str:
    match cause:
        case UniqueViolation():
            return _("This was done a moment ago. Look at the page again.")
        case ForeignKeyViolation():
            return _("What this is about was erased a moment ago. Look at the page again.")
        case DeadlockDetected():
            return _("Somebody else changed this at the same moment. Try again.")
    return ""
