"""What the database refuses because of somebody else is a sentence, not a crash; a mistake stays one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from wijkverbond.accounts.models import User
from wijkverbond.kernel import clock
from wijkverbond.kernel.models import Limit
from wijkverbond.kernel.races import refused_races

pytestmark = pytest.mark.django_db


def test_what_somebody_else_stored_a_moment_before_is_said() -> None:
    User.objects.create(email="iemand@voorbeeld.example")
    with pytest.raises(ValidationError, match="al gedaan"), refused_races(), transaction.atomic():
        User.objects.create(email="iemand@voorbeeld.example")


def test_a_mistake_of_the_program_is_not_called_a_race() -> None:
    with pytest.raises(IntegrityError), refused_races(), transaction.atomic():
        Limit.objects.create(key="x", used=-1, ends_at=clock.now())
