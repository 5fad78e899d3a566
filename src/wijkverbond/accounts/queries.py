"""What pages need to know about people and, in the demonstration, about their mails."""

import dataclasses
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from wijkverbond.accounts.memberships import Membership, memberships_by_person
from wijkverbond.accounts.models import Code, KeptMail, KnownFromOrganisation, Session, User
from wijkverbond.kernel import clock

NEWEST = 20


@dataclasses.dataclass(frozen=True)
class Member:
    """Somebody of the demonstration's cast, with everything that they may."""

    person: User
    memberships: Sequence[Membership]

    @property
    def weight(self) -> int:
        """How much they may do, to put those first with whom one can try most."""
        return sum(len(membership.may) for membership in self.memberships)


def signed_in_person(request: HttpRequest) -> User:
    """Whoever asks for a page that only people who are signed in can ask for."""
    assert isinstance(request.user, User)
    return request.user


def person(person: uuid.UUID) -> User | None:
    """The person with this id, or nothing when they were erased."""
    return User.objects.filter(id=person).first()


def known_from_organisation(subject: str) -> User | None:
    """Who the organisation of the settings calls this; nothing when nobody showed it yet."""
    issuer = settings.OIDC_ISSUER
    known = KnownFromOrganisation.objects.filter(issuer=issuer, subject=subject)
    people = User.objects.filter(is_active=True, id__in=known.values("person"))
    return people.first()


def sessions_of(person: User) -> QuerySet[Session]:
    """The sessions of a person that have not ended, the newest first."""
    running = Session.objects.filter(person=person.id, expire_date__gt=clock.now())
    return running.order_by("-expire_date")


def sign_in_purpose(browser: str) -> str:
    """The purpose of a code with which somebody signs in, in one browser only."""
    return f"sign-in:{browser}"


def awaited_address(browser: str) -> str | None:
    """The address to which a code to sign in was mailed for this browser."""
    return address_of_code(sign_in_purpose(browser))


def address_of_code(purpose: str) -> str | None:
    """The address to which a code was mailed for this purpose, until it is used or forgotten."""
    codes = Code.objects.filter(purpose=purpose)
    return codes.values_list("address", flat=True).first()


def cast() -> list[Member]:
    """Everyone who acts for somebody, and the hosts of the site; who may do most first, then by name."""
    by_person = memberships_by_person()
    people = User.objects.filter(Q(id__in=by_person) | Q(is_operator=True)).order_by(
        "name", "email"
    )
    members = [Member(person, by_person.get(person.id, ())) for person in people]
    return sorted(members, key=lambda member: -member.weight)


def newest_mails() -> list[KeptMail]:
    """The newest mails of the demonstration, newest first."""
    return list(KeptMail.objects.all()[:NEWEST])
