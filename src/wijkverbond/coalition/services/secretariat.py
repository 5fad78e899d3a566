"""The coalition's secretariat: partners ask somebody together, and end that together.

Two parties do so by themselves, or all of them by a decision.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail
from wijkverbond.accounts.models import User
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Coalition, Party, Secretariat, SecretariatVoice
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.queries import secretariat as queries
from wijkverbond.coalition.queries.mandates import representatives
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require

About = SecretariatVoice.About


@transaction.atomic
def grant_secretariat(
    coalition: Coalition, person: User, *, actor: Actor, lent_by: Party | None = None
) -> Secretariat:
    """Agree, for one's party, to ask a person to organise; another party may lend them.

    The first party proposes it. The person organises once enough parties agree
    (`queries.is_enough`); then they and everyone who acts for a party get a mail.
    """
    coalition = lock_coalition(coalition.id)
    proposal = coalition.secretariat.filter(person=person, until=None).first()
    require(queries.may_grant(actor, coalition, proposal))
    proposal = nominate_secretariat(coalition, person, lent_by)
    agreed = _agree(proposal, About.BEGIN, actor)
    if queries.is_enough(proposal, About.BEGIN):
        agreed.append(begin_secretariat(proposal, at=actor.now))
    record(*agreed, actor=actor, stream=coalition.id)
    return proposal


@transaction.atomic
def revoke_secretariat(secretariat: Secretariat, *, actor: Actor) -> None:
    """End a person's work in the secretariat, as parties asked: this is the voice of one of them.

    What was only proposed is taken back by a party that proposed it.
    """
    secretariat = _locked(secretariat)
    require(queries.may_revoke(actor, secretariat))
    _check_not_ended(secretariat)
    if not secretariat.since:
        _take_back(secretariat, actor)
        return
    happened = _agree(secretariat, About.END, actor)
    if queries.is_enough(secretariat, About.END):
        happened.append(end_secretariat(secretariat, at=actor.now))
    record(*happened, actor=actor, stream=secretariat.coalition_id)


@transaction.atomic
def step_down(secretariat: Secretariat, *, actor: Actor) -> None:
    """Stop with the secretariat oneself, for whomever one acts besides."""
    secretariat = _locked(secretariat)
    require(policies.may_step_down(actor, secretariat))
    _check_not_ended(secretariat)
    record(end_secretariat(secretariat, at=actor.now), actor=actor, stream=secretariat.coalition_id)


@transaction.atomic
def keep_secretariat(secretariat: Secretariat, *, actor: Actor) -> None:
    """Take back, for one's party, that it wants to end a person's work, while it has not ended."""
    secretariat = _locked(secretariat)
    require(policies.may_revoke_secretariat(actor, secretariat))
    _check_not_ended(secretariat)
    own = secretariat.voices.filter(party=actor.party, about=About.END)
    if not own.exists():
        raise ValidationError(_("You did not ask to end this work, or you took that back already."))
    own.delete()
    back = events.SecretariatTakenBack(secretariat=secretariat.id)
    record(back, actor=actor, stream=secretariat.coalition_id)


def nominate_secretariat(
    coalition: Coalition, person: User, lent_by: Party | None = None
) -> Secretariat:
    """Whom parties want to ask: as they proposed it before, or new. Whoever calls holds the coalition."""
    if lent_by and lent_by.coalition_id != coalition.id:
        raise ValidationError({"lent_by": _("Choose a partner of this coalition.")})
    proposal = coalition.secretariat.filter(person=person, until=None).first()
    if proposal and lent_by and lent_by.id != proposal.lent_by_id:
        raise ValidationError({"lent_by": _("This person was proposed otherwise. See the list.")})
    if not proposal or proposal.since:
        proposal = Secretariat(coalition=coalition, person=person, lent_by=lent_by)
        proposal.full_clean()
        proposal.save()
    return proposal


def begin_secretariat(secretariat: Secretariat, *, at: dt.datetime) -> Event:
    """Somebody organises from now on; everyone hears of it. Returns what happened, to be recorded.

    Whatever became of who else asked them: parties that asked them beside a decision of all.
    """
    others = secretariat.coalition.secretariat.exclude(id=secretariat.id)
    others.proposed().filter(person=secretariat.person).update(until=at)
    secretariat.since, secretariat.until = at, None
    secretariat.save(update_fields=["since", "until"])
    _tell_everyone(secretariat, "coalition/mail/secretariat_begins.txt", at)
    lender = secretariat.lent_by
    return events.SecretariatGranted(
        secretariat=secretariat.id,
        party=lender.id if lender else None,
        kind=lender.kind if lender else None,
        agreed=[party.id for party in queries.agreeing(secretariat, About.BEGIN)],
    )


def end_secretariat(secretariat: Secretariat, *, at: dt.datetime) -> Event:
    """Somebody's work ends; everyone hears of it. Returns what happened, to be recorded."""
    secretariat.until = at
    secretariat.save(update_fields=["until"])
    _tell_everyone(secretariat, "coalition/mail/secretariat_ends.txt", at)
    return events.SecretariatRevoked(secretariat=secretariat.id)


def drop_nomination(secretariat: Secretariat, *, at: dt.datetime) -> None:
    """Forget whom a proposal wanted to ask, unless parties want to ask them together as well."""
    if not secretariat.since and not secretariat.voices.exists():
        Secretariat.objects.filter(id=secretariat.id, until=None).update(until=at)


def _locked(secretariat: Secretariat) -> Secretariat:
    lock_coalition(secretariat.coalition_id)
    return Secretariat.objects.select_for_update(no_key=True).get(id=secretariat.id)


def _check_not_ended(secretariat: Secretariat) -> None:
    if secretariat.until:
        raise ValidationError(_("This person left the secretariat already."))


def _agree(secretariat: Secretariat, about: str, actor: Actor) -> list[Event]:
    party = party_of(actor)
    voice = SecretariatVoice(
        secretariat=secretariat,
        party=party,
        person_id=actor.person,
        about=about,
        given_at=actor.now,
    )
    voice.full_clean()
    voice.save()
    agreed = events.SecretariatAgreed(
        secretariat=secretariat.id, party=party.id, kind=party.kind, about=about
    )
    return [agreed]


def _take_back(secretariat: Secretariat, actor: Actor) -> None:
    own = secretariat.voices.filter(party=actor.party)
    if not own.exists():
        raise ValidationError(_("Who proposed this takes it back. You need not agree."))
    own.delete()
    if not secretariat.voices.exists():
        secretariat.until = actor.now
        secretariat.save(update_fields=["until"])
    back = events.SecretariatTakenBack(secretariat=secretariat.id)
    record(back, actor=actor, stream=secretariat.coalition_id)


def _tell_everyone(secretariat: Secretariat, template: str, now: dt.datetime) -> None:
    coalition = secretariat.coalition
    about: dict[str, JSONValue] = {
        "coalition": coalition.name,
        "slug": coalition.slug,
        "lender": secretariat.lent_by.name if secretariat.lent_by else "",
    }
    asking = queries.agreeing(secretariat, About.BEGIN)
    by = asking[0].id if asking else coalition.id
    parties = coalition.parties.present()
    readers = {person.id: person for person in representatives(parties, now)}
    if secretariat.person:
        readers[secretariat.person.id] = secretariat.person
    for reader in readers.values():
        yourself = reader == secretariat.person
        said = about | {"yourself": yourself}
        mail.queue(reader, template, said, register=coalition.id, by=by)
