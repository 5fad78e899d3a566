"""What an organisation is, whatever sort was chosen for it: a public body is government."""

from wijkverbond.coalition.models import Kind, LegalForm, Organisation, public_bodies, sectors
from wijkverbond.places.divisions import Level
from wijkverbond.places.models import Place

# Founded by government as often as not, and never its voice.
ALSO_PUBLIC = {"school", "knowledge"}


def settled_sector(organisation: Organisation) -> str:
    """The sector that an organisation is of: the one chosen, unless it is a public body.

    By its whole name, that of a municipality of the areas for instance, or by its legal form.
    """
    chosen = organisation.sector
    if sectors.SECTORS[chosen].kind == Kind.GOVERNMENT:
        return chosen
    if sector := _sector_by_name(organisation.name):
        return sector
    public = organisation.legal_form == LegalForm.PUBLIC_BODY and chosen not in ALSO_PUBLIC
    return sectors.OTHER_GOVERNMENT if public else chosen


def _sector_by_name(name: str) -> str | None:
    place = public_bodies.municipality_in(name)
    if place is None:
        return public_bodies.sector_of(name)
    municipalities = Place.objects.filter(level=Level.MUNICIPALITY).values_list("name", flat=True)
    known = any(place in public_bodies.names_of(each) for each in municipalities.distinct())
    return sectors.MUNICIPALITY if known else None
