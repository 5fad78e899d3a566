"""The story of the demonstration, which takes seconds to tell, for the tests that look at it."""

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import database
from wijkverbond.demo import seeding
from wijkverbond.kernel import clock


@pytest.fixture(scope="session")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> database.Snapshot:
    """Every row of the story as it is told now."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = database.filled_tables()
        seeding.seed(clock.now())
        rows = database.Snapshot.since(filled)
        transaction.set_rollback(True)
    return rows
