"""What the log says of an error: its type, where it happened, and nothing that people filled in.

The message of an error may hold whatever the program was working on: "Key (email)=(…) already exists",
"invalid literal for int(): …". So a message is told only where it cannot: of errors about the code itself,
and of what the database, the system and the mail server say in words and codes of their own. A traceback
has lines of code, and no values.
"""

import re
import smtplib
import traceback
from collections.abc import Iterator

import psycopg
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

ABOUT_CODE = (
    AttributeError,
    FieldError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
# How the database's driver says that it cannot be reached, is starting, has no room or no time.
AWAY = (OperationalError, InterfaceError)
VALUE_IN_MESSAGE = "22"  # the class of SQLSTATE whose messages name the value that does not fit
RAISED_BY_TRIGGER = "P0001"
ADDRESS = re.compile(r"\S+@\S+")
ENHANCED_STATUS = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


def cause(error: BaseException) -> str:
    """The type of an error, with what can be told of its message, on one line."""
    message = ADDRESS.sub("(address)", " ".join(_message(error).split()))
    name = type(error).__qualname__
    return f"{name}: {message}" if message else name


def told(error: BaseException) -> str:
    """The traceback of an error and of those that led to it, each with its `cause`."""
    return "\n".join(_parts(error, set()))


def _message(error: BaseException) -> str:
    if isinstance(error, psycopg.Error):
        return _of_database(error)
    if isinstance(error, smtplib.SMTPException):
        return _of_mail_server(error)
    if isinstance(error, ABOUT_CODE):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    return ""


def _of_database(error: psycopg.Error) -> str:
    """Its own words without the lines with details, unless these name a value."""
    if error.sqlstate is None:  # there was no connection: what it says is about the installation
        return str(error).partition("\n")[0]
    if error.sqlstate.startswith(VALUE_IN_MESSAGE) or error.sqlstate == RAISED_BY_TRIGGER:
        return error.sqlstate
    return f"{error.sqlstate} {error.diag.message_primary or ''}"


def _of_mail_server(error: smtplib.SMTPException) -> str:
    """The codes of its answer: its words may name the mailbox."""
    answers: list[tuple[int, bytes | str]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [*error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    return ", ".join(sorted({_codes(code, words) for code, words in answers}))


def _codes(code: int, words: bytes | str) -> str:
    found = ENHANCED_STATUS.search(words if isinstance(words, bytes) else words.encode())
    return f"{code} {found[0].decode()}" if found else str(code)


def _parts(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _parts(before, seen)
        yield "which led to"
    yield "".join(traceback.format_tb(error.__traceback__)) + cause(error)
