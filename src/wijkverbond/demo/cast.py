"""Who takes part in the demonstration: roles and generic organisations, no invented people."""

import dataclasses

from wijkverbond.coalition.models import Ground, Involvement, LegalForm, Level


@dataclasses.dataclass(frozen=True, kw_only=True)
class Role:
    """An organisation of the demonstration and the person who acts for it."""

    code: str
    name: str
    sector: str
    legal_form: str
    involvement: str
    ground: str
    levels: tuple[str, ...]
    joins: int
    paid: bool = True
    constituency: str = ""

    @property
    def email(self) -> str:
        """The address of its first representative."""
        return f"{self.code}@pittelo.example"

    @property
    def signing_ground(self) -> str:
        """On which ground its representative signs."""
        public = self.legal_form == LegalForm.PUBLIC_BODY
        return Ground.ADMINISTRATIVE if public else Ground.STATUTES


ALL_LEVELS = (Level.GOVERNING, Level.CONDITIONS, Level.OPERATION)

PITTELO = [
    Role(
        code="bewonersgroep",
        name="Bewonersgroep Pittelo (voorbeeld)",
        sector="residents_group",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.LIVES,
        ground="Onze leden wonen in Pittelo Midden en Pittelo Noord.",
        levels=(Level.GOVERNING, Level.OPERATION),
        joins=0,
        paid=False,
        constituency="bewoners van Pittelo die zich aanmelden",
    ),
    Role(
        code="welzijn",
        name="Welzijnsorganisatie (voorbeeld)",
        sector="welfare",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.WORKS,
        ground="Onze opbouwwerkers zijn hier elke week.",
        levels=(Level.OPERATION,),
        joins=6,
    ),
    Role(
        code="corporatie",
        name="Woningcorporatie (voorbeeld)",
        sector="housing_corporation",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.OWNS,
        ground="Wij verhuren woningen in Pittelo Midden.",
        levels=ALL_LEVELS,
        joins=12,
    ),
    Role(
        code="winkeliers",
        name="Winkeliersvereniging (voorbeeld)",
        sector="shopkeepers",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.WORKS,
        ground="Onze leden hebben een zaak aan het winkelplein.",
        levels=(Level.GOVERNING, Level.OPERATION),
        joins=15,
    ),
    Role(
        code="basisschool",
        name="Basisschool (voorbeeld)",
        sector="school",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.WORKS,
        ground="Onze leerlingen wonen bijna allemaal in de wijk.",
        levels=(Level.OPERATION,),
        joins=20,
    ),
    Role(
        code="gemeente",
        name="De gemeente (voorbeeld)",
        sector="municipality",
        legal_form=LegalForm.PUBLIC_BODY,
        involvement=Involvement.RESPONSIBLE,
        ground="Wij beheren straten, groen en vergunningen.",
        levels=(Level.CONDITIONS, Level.OPERATION),
        joins=24,
    ),
    Role(
        code="huurders",
        name="Huurdersvereniging (voorbeeld)",
        sector="tenants",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.LIVES,
        ground="Wij spreken voor huurders in Pittelo.",
        levels=(Level.GOVERNING,),
        joins=40,
        paid=False,
        constituency="huurders van de corporatie",
    ),
    Role(
        code="kinderopvang",
        name="Kinderopvang (voorbeeld)",
        sector="childcare",
        legal_form=LegalForm.COMPANY,
        involvement=Involvement.WORKS,
        ground="Wij hebben een locatie in de wijk.",
        levels=(Level.OPERATION,),
        joins=60,
    ),
    Role(
        code="sportclub",
        name="Sportvereniging (voorbeeld)",
        sector="sport",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.OWNS,
        ground="Ons veld en clubhuis liggen aan de rand van de wijk.",
        levels=(Level.OPERATION,),
        joins=90,
        paid=False,
    ),
]

LARIKS = [
    Role(
        code="gemeente-lariks",
        name="Gemeentelijk wijkbeheer (voorbeeld)",
        sector="municipality",
        legal_form=LegalForm.PUBLIC_BODY,
        involvement=Involvement.RESPONSIBLE,
        ground="Wij beheren straten en groen in de Lariks.",
        levels=(Level.CONDITIONS,),
        joins=1010,
    ),
    Role(
        code="bewoners-lariks",
        name="Bewonersgroep Lariks (voorbeeld)",
        sector="residents_group",
        legal_form=LegalForm.INFORMAL,
        involvement=Involvement.LIVES,
        ground="Wij wonen in de Lariks.",
        levels=(Level.OPERATION,),
        joins=1025,
        paid=False,
    ),
]
