"""What the addresses of signals and insights need beside the coalition's slug."""

from tests import make
from wijkverbond.insights.models import Insight, Signal
from wijkverbond.insights.tests import make as make_insights


def _of_insight(world: make.World) -> dict[str, object]:
    insight = Insight.objects.filter(coalition=world.coalition).first()
    insight = insight or make_insights.insight(world.coalition, by=world.shopkeeper)
    return {"slug": world.coalition.slug, "insight_id": insight.id}


def _of_signal(world: make.World) -> dict[str, object]:
    signal = Signal.objects.filter(coalition=world.coalition).first()
    return {
        "slug": world.coalition.slug,
        "signal_id": (signal or make_insights.published_signal(world.coalition)).id,
    }


ARGUMENTS = {
    "insights:insight": _of_insight,
    "insights:recognise": _of_insight,
    "insights:revise": _of_insight,
    "insights:withdraw": _of_insight,
    "insights:answer": _of_signal,
}
