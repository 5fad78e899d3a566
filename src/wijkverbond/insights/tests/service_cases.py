"""Whom the services of insights let do something: each with the action that it asks for, and whose it is."""

import uuid

from tests.service_cases import (
    ServiceCase,
    a_partners,
    anyones,
    nobodys,
    on,
    residents,
)
from wijkverbond.insights import services as insights
from wijkverbond.insights.models import Insight
from wijkverbond.insights.tests import make as knowing

SERVICE_CASES: dict[str, ServiceCase] = {
    "insights.services.insights.publish_insight": ServiceCase(
        "insights.publish",
        a_partners,
        lambda world: lambda actor: knowing.insight(world.coalition, by=actor),
    ),
    "insights.services.insights.revise_insight": ServiceCase(
        "insights.publish",
        residents,
        on(
            lambda world: knowing.insight(world.coalition, by=world.resident),
            insights.revise_insight,
            wording=Insight(statement="Anders."),
            reason="Nieuw",
            sources=[knowing.STORY],
        ),
    ),
    "insights.services.insights.withdraw_insight": ServiceCase(
        "insights.publish",
        residents,
        on(
            lambda world: knowing.insight(world.coalition, by=world.resident),
            insights.withdraw_insight,
            reason="Klopt niet",
        ),
    ),
    "insights.services.recognition.recognise": ServiceCase(
        "insights.recognise",
        a_partners,
        on(lambda world: knowing.insight(world.coalition), insights.recognise, view="recognises"),
    ),
    "insights.services.recognition.recognise_as_person": ServiceCase(
        "insights.recognise_as_person",
        anyones,
        on(
            lambda world: knowing.insight(world.coalition),
            insights.recognise_as_person,
            pseudonym=uuid.UUID(int=7),
            kind="residents",
            involvement="lives",
            view="recognises",
        ),
    ),
    "insights.services.recognition.count_recognition": ServiceCase(
        "insights.count_recognition",
        nobodys,
        on(lambda world: knowing.insight(world.coalition), insights.count_recognition),
    ),
    "insights.services.signals.give_signal": ServiceCase(
        "insights.give_signal",
        anyones,
        lambda world: lambda actor: knowing.signal(world.coalition, by=actor),
    ),
    "insights.services.signals.moderate_signal": ServiceCase(
        "insights.moderate_signal",
        nobodys,
        on(lambda world: knowing.signal(world.coalition), insights.moderate_signal, publish=True),
    ),
    "insights.services.signals.answer_signal": ServiceCase(
        "insights.answer_signal",
        a_partners,
        on(
            lambda world: knowing.published_signal(world.coalition),
            insights.answer_signal,
            outcome="taken_up",
            reason="Gemaakt",
        ),
    ),
}
