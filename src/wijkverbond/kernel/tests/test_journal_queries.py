"""Reading the journal while others write in it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from wijkverbond.kernel import journal_queries
from wijkverbond.kernel.actor import system
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.tests.sample_events import Counted

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def number_after_event(stream: uuid.UUID) -> int:
    """What the number is after something happened in this stream, for somebody else."""
    try:
        with transaction.atomic():
            record(Counted(number=1), actor=system(), stream=stream)
        return journal_queries.latest()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_number_of_what_happened_grows_with_an_entry_that_another_overtook() -> None:
    with ThreadPoolExecutor(1) as somebody, transaction.atomic():
        record(Counted(number=1), actor=system(), stream=ONE)
        before = somebody.submit(number_after_event, OTHER).result()
    assert journal_queries.latest() > before


@pytest.mark.django_db
def test_the_number_of_what_happened_grows_with_every_entry() -> None:
    numbers = [journal_queries.latest()]
    with transaction.atomic():
        for number in range(3):
            record(Counted(number=number), actor=system(), stream=ONE)
            numbers.append(journal_queries.latest())
    assert numbers == sorted(set(numbers))
