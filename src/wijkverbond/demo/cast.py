"""Who takes part in the demonstration: roles and generic organisations, no invented people."""

import dataclasses

from wijkverbond.coalition.models import Involvement, LegalForm, ParticipationLevel, SigningGround


@dataclasses.dataclass(frozen=True, kw_only=True)
class CastMember:
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
        return SigningGround.ADMINISTRATIVE if public else SigningGround.STATUTES


ALL_LEVELS = (
    ParticipationLevel.GOVERNING,
    ParticipationLevel.CONDITIONS,
    ParticipationLevel.OPERATION,
)

PITTELO = [
    CastMember(
        code="bewonersgroep",
        name="Bewonersgroep Pittelo (voorbeeld)",
        sector="residents_group",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.LIVES,
        ground="Onze leden wonen in Pittelo Midden en Pittelo Noord.",
        levels=(ParticipationLevel.GOVERNING, ParticipationLevel.OPERATION),
        joins=0,
        paid=False,
        constituency="bewoners van Pittelo die zich aanmelden",
    ),
    CastMember(
        code="welzijn",
        name="Welzijnsorganisatie (voorbeeld)",
        sector="welfare",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.WORKS,
        ground="Onze opbouwwerkers zijn hier elke week.",
        levels=(ParticipationLevel.OPERATION,),
        joins=6,
    ),
    CastMember(
        code="corporatie",
        name="Woningcorporatie (voorbeeld)",
        sector="housing_corporation",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.OWNS,
        ground="Wij verhuren woningen in Pittelo Midden.",
        levels=ALL_LEVELS,
        joins=12,
    ),
    CastMember(
        code="winkeliers",
        name="Winkeliersvereniging (voorbeeld)",
        sector="shopkeepers",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.WORKS,
        ground="Onze leden hebben een zaak aan het winkelplein.",
        levels=(ParticipationLevel.GOVERNING, ParticipationLevel.OPERATION),
        joins=15,
    ),
    CastMember(
        code="basisschool",
        name="Basisschool (voorbeeld)",
        sector="school",
        legal_form=LegalForm.FOUNDATION,
        involvement=Involvement.WORKS,
        ground="Onze leerlingen wonen bijna allemaal in de wijk.",
        levels=(ParticipationLevel.OPERATION,),
        joins=20,
    ),
    CastMember(
        code="gemeente",
        name="De gemeente (voorbeeld)",
        sector="municipality",
        legal_form=LegalForm.PUBLIC_BODY,
        involvement=Involvement.RESPONSIBLE,
        ground="Wij beheren straten, groen en vergunningen.",
        levels=(ParticipationLevel.CONDITIONS, ParticipationLevel.OPERATION),
        joins=24,
    ),
    CastMember(
        code="huurders",
        name="Huurdersvereniging (voorbeeld)",
        sector="tenants",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.LIVES,
        ground="Wij spreken voor huurders in Pittelo.",
        levels=(ParticipationLevel.GOVERNING,),
        joins=40,
        paid=False,
        constituency="huurders van de corporatie",
    ),
    CastMember(
        code="kinderopvang",
        name="Kinderopvang (voorbeeld)",
        sector="childcare",
        legal_form=LegalForm.COMPANY,
        involvement=Involvement.WORKS,
        ground="Wij hebben een locatie in de wijk.",
        levels=(ParticipationLevel.OPERATION,),
        joins=60,
    ),
    CastMember(
        code="sportclub",
        name="Sportvereniging (voorbeeld)",
        sector="sport",
        legal_form=LegalForm.ASSOCIATION,
        involvement=Involvement.OWNS,
        ground="Ons veld en clubhuis liggen aan de rand van de wijk.",
        levels=(ParticipationLevel.OPERATION,),
        joins=90,
        paid=False,
    ),
]

NEWCOMER = CastMember(
    code="jongeren",
    name="Jongerengroep (voorbeeld)",
    sector="youth",
    legal_form=LegalForm.INFORMAL,
    involvement=Involvement.LIVES,
    ground="Wij wonen in Pittelo en komen elke week bij elkaar.",
    levels=(ParticipationLevel.OPERATION,),
    joins=1093,
    paid=False,
)

LARIKS = [
    CastMember(
        code="gemeente-lariks",
        name="Gemeentelijk wijkbeheer (voorbeeld)",
        sector="municipality",
        legal_form=LegalForm.PUBLIC_BODY,
        involvement=Involvement.RESPONSIBLE,
        ground="Wij beheren straten en groen in de Lariks.",
        levels=(ParticipationLevel.CONDITIONS,),
        joins=1010,
    ),
    CastMember(
        code="bewoners-lariks",
        name="Bewonersgroep Lariks (voorbeeld)",
        sector="residents_group",
        legal_form=LegalForm.INFORMAL,
        involvement=Involvement.LIVES,
        ground="Wij wonen in de Lariks.",
        levels=(ParticipationLevel.OPERATION,),
        joins=1025,
        paid=False,
    ),
]
