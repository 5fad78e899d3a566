"""A measurement is a party's or official, and about a neighbourhood."""

from wijkverbond.kernel.personal_fields import classify
from wijkverbond.results.models import MeasuredValue, Measurement

classify(MeasuredValue, free_text=["edition", "source_text"])
classify(Measurement, free_text=["reason"], plain=["place_codes"])
