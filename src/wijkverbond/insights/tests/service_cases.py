"""Each service of insights: the action that it asks for, and who owns the record."""

import uuid

from tests.service_cases import (
    ServiceCase,
    act_on,
    owned_by_a_partner,
    owned_by_anyone,
    owned_by_nobody,
    owned_by_residents,
)
from wijkverbond.insights import services as insights
from wijkverbond.insights.models import Insight
from wijkverbond.insights.tests import make as make_insights

SERVICE_CASES: dict[str, ServiceCase] = {
    "insights.services.insights.publish_insight": ServiceCase(
        "insights.publish",
        owned_by_a_partner,
        lambda world: lambda actor: make_insights.insight(world.coalition, by=actor),
    ),
    "insights.services.insights.revise_insight": ServiceCase(
        "insights.publish",
        owned_by_residents,
        act_on(
            lambda world: make_insights.insight(world.coalition, by=world.resident),
            insights.revise_insight,
            wording=Insight(statement="Anders."),
            reason="Nieuw",
            sources=[make_insights.STORY],
        ),
    ),
    "insights.services.insights.withdraw_insight": ServiceCase(
        "insights.publish",
        owned_by_residents,
        act_on(
            lambda world: make_insights.insight(world.coalition, by=world.resident),
            insights.withdraw_insight,
            reason="Klopt niet",
        ),
    ),
    "insights.services.recognition.recognise": ServiceCase(
        "insights.recognise",
        owned_by_a_partner,
        act_on(
            lambda world: make_insights.insight(world.coalition),
            insights.recognise,
            view="recognises",
        ),
    ),
    "insights.services.recognition.recognise_as_person": ServiceCase(
        "insights.recognise_as_person",
        owned_by_anyone,
        act_on(
            lambda world: make_insights.insight(world.coalition),
            insights.recognise_as_person,
            pseudonym=uuid.UUID(int=7),
            kind="residents",
            involvement="lives",
            view="recognises",
        ),
    ),
    "insights.services.recognition.count_recognition": ServiceCase(
        "insights.count_recognition",
        owned_by_nobody,
        act_on(lambda world: make_insights.insight(world.coalition), insights.count_recognition),
    ),
    "insights.services.signals.give_signal": ServiceCase(
        "insights.give_signal",
        owned_by_anyone,
        lambda world: lambda actor: make_insights.signal(world.coalition, by=actor),
    ),
    "insights.services.signals.moderate_signal": ServiceCase(
        "insights.moderate_signal",
        owned_by_nobody,
        act_on(
            lambda world: make_insights.signal(world.coalition),
            insights.moderate_signal,
            publish=True,
        ),
    ),
    "insights.services.signals.answer_signal": ServiceCase(
        "insights.answer_signal",
        owned_by_a_partner,
        act_on(
            lambda world: make_insights.published_signal(world.coalition),
            insights.answer_signal,
            outcome="taken_up",
            reason="Gemaakt",
        ),
    ),
}
