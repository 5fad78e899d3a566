"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.installation import services


@app.task(name="installation.fetch_places")
def fetch_places(municipality: str, year: int) -> None:
    """Fetch the figures and boundaries that the host asked for."""
    services.fetch_places(municipality, year)
