"""A measurement is a party's or official, and about a neighbourhood."""

from wijkverbond.kernel.personal_fields import classify
from wijkverbond.results.models import Measurement

classify(
    Measurement,
    free_text=["edition", "source_text", "reason"],
    plain=["place_codes"],
)
