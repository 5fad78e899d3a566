"""A measurement is a party's or official, and about a neighbourhood."""

from wijkverbond.kernel.personal_fields import classify, party_texts
from wijkverbond.results.models import MeasuredValue, Measurement

classify(MeasuredValue, free_text=["edition", "source_text"])
classify(Measurement, free_text=["reason"], plain=["place_codes"])

# The year or period is no text, and says which of the measurements of a goal this is.
party_texts(Measurement, by="recorded_by", fields=["source_text", "reason"])
