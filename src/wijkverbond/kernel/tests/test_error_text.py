"""What is told of an error: what the code, the system and servers say, and no word of people."""

import smtplib

import psycopg
import pytest
from django.db import connection

from wijkverbond.kernel import error_text

NAME, ADDRESS = "Zwanenburg", "zwanenburg@wijk.example"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(NAME), "ValueError"),
        (KeyError(ADDRESS), "KeyError"),
        (AttributeError("'X' object has no attribute 'y'"), "AttributeError: 'X' object has"),
        (ModuleNotFoundError("No module named 'y'"), "ModuleNotFoundError: No module named 'y'"),
        (FileNotFoundError(2, "No such file", NAME), "FileNotFoundError: No such file"),
        (OSError(NAME), "OSError"),
        (
            smtplib.SMTPAuthenticationError(535, f"5.7.8 {NAME} unknown".encode()),
            "SMTPAuthenticationError: 535 5.7.8",
        ),
        (
            smtplib.SMTPRecipientsRefused({ADDRESS: (550, NAME.encode())}),
            "SMTPRecipientsRefused: 550",
        ),
        (smtplib.SMTPServerDisconnected(NAME), "SMTPServerDisconnected"),
        (ImportError(f"line one\nof {ADDRESS}"), "ImportError: line one of (address)"),
        (
            psycopg.OperationalError(f"connection refused\nDETAIL: {NAME}"),
            "OperationalError: connection refused",
        ),
    ],
)
def test_a_cause_is_one_line_without_people(error: Exception, told: str) -> None:
    found = error_text.cause(error)
    assert found.startswith(told)
    assert NAME.lower() not in found.lower()
    assert "\n" not in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT nothing", 'UndefinedColumn: 42703 column "nothing" does not exist'),
        (f"SELECT '{NAME}'::integer", "InvalidTextRepresentation: 22P02"),
        (f"DO $$ BEGIN RAISE EXCEPTION '{NAME}'; END $$", "RaiseException: P0001"),
    ],
)
def test_the_database_is_told_without_values(statement: str, told: str) -> None:
    with connection.cursor() as cursor, pytest.raises(Exception) as refused:  # noqa: PT011
        cursor.execute(statement)
    cause = refused.value.__cause__
    assert cause is not None
    assert error_text.cause(cause) == told
    assert NAME not in error_text.told(refused.value)
