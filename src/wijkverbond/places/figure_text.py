"""Figures in words: a value with its unit, and how far it is from that of another place."""

from decimal import Decimal

from django.utils.translation import gettext as _

from wijkverbond.places.indicators import IndicatorDefinition, Unit
from wijkverbond.places.trend_assessment import Course, RelativePosition, TrendAssessment
from wijkverbond.ui.templatetags.wv import amount

UNITS = {
    Unit.PERCENT: "%",
    Unit.THOUSAND_EURO: "€",
    Unit.KILOMETRE: "km",
    Unit.HECTARE: "ha",
    Unit.KM2: "km²",
}


def unit_sign(definition: IndicatorDefinition) -> str:
    """The sign behind a figure; empty for a number of something, which its name says."""
    return UNITS.get(definition.unit, "")


def shown_value(definition: IndicatorDefinition, value: Decimal) -> Decimal:
    """A figure in the unit in which people say it: euros instead of thousands of euros."""
    return value * 1000 if definition.unit == Unit.THOUSAND_EURO else value


def value_text(definition: IndicatorDefinition, value: Decimal | None) -> str:
    """A figure with its unit as people write it; "not known" when it is missing."""
    if value is None:
        return _("not known")
    return amount(shown_value(definition, value), unit_sign(definition))


def position_phrase(position: RelativePosition) -> str:
    """Where a figure stands beside another place, which the caller fills in as `place`."""
    return {
        RelativePosition.ABOVE: _("higher than in %(place)s"),
        RelativePosition.BELOW: _("lower than in %(place)s"),
        RelativePosition.LEVEL: _("about the same as in %(place)s"),
    }[position]


def comparison_text(
    definition: IndicatorDefinition, place: str, assessment: TrendAssessment
) -> str:
    """The distance to a reference then and now, and what became of it."""
    now = _("Compared with %(place)s: %(last)s in %(end)s.")
    then = _("Compared with %(place)s: %(first)s in %(start)s, %(last)s in %(end)s.")
    sentence = (now if assessment.course is None else then) % {
        "place": place,
        "first": _distance_text(definition, assessment.first),
        "start": assessment.first_year,
        "last": _distance_text(definition, assessment.last),
        "end": assessment.last_year,
    }
    return f"{sentence} {_course_text(assessment.course)}".strip()


def _distance_text(definition: IndicatorDefinition, distance: Decimal) -> str:
    if not distance:
        return _("the same")
    size = abs(shown_value(definition, distance))
    if definition.unit == Unit.PERCENT:
        size_in_words = _("%(number)s points") % {"number": amount(size)}
    else:
        size_in_words = amount(size, unit_sign(definition))
    phrase = _("%(size)s higher") if distance > 0 else _("%(size)s lower")
    return phrase % {"size": size_in_words}


def _course_text(course: Course | None) -> str:
    match course:
        case None:
            return ""
        case Course.BETTER:
            return _("That became better.")
        case Course.WORSE:
            return _("That became worse.")
        case Course.HIGHER:
            return _("So it rose in comparison.")
        case Course.LOWER:
            return _("So it fell in comparison.")
        case Course.STEADY:
            return _("That stayed about the same.")
