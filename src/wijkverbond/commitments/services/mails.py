"""Mails about signing, to everyone who may sign for a partner that is asked."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.types import JSONValue

from wijkverbond.accounts import mail
from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import SOCIETY_KINDS, Kind, Party
from wijkverbond.coalition.queries.mandates import representatives
from wijkverbond.commitments import queries, signing_rule
from wijkverbond.commitments.models import Covenant, LaterSigner
from wijkverbond.kernel.actor import MandateType

Words = dict[str, JSONValue]


def opened(covenant: Covenant, now: dt.datetime) -> None:
    """It can be signed."""
    _send("opened", covenant, queries.signers(covenant, now))


def reopened(covenant: Covenant, now: dt.datetime) -> None:
    """It can be signed again; who signed need not do anything."""
    _send("reopened", covenant, queries.signers(covenant, now))


def remind(covenant: Covenant, now: dt.datetime) -> None:
    """The last day comes near, and the partner did not answer."""
    _send("reminder", covenant, queries.to_remind(covenant, now))


def in_force(covenant: Covenant, now: dt.datetime) -> None:
    """Enough signed: it holds from now on; without which kinds, if any."""
    readers = queries.signers(covenant, now)
    _send("in_force", covenant, readers, lambda: {"without": [*covenant.without]})


def ended(
    covenant: Covenant,
    counts: Mapping[str, signing_rule.Count],
    verdict: signing_rule.Verdict,
    now: dt.datetime,
) -> None:
    """The last day passed and too few signed; of each kind how many did, and what it lacks."""

    def why() -> Words:
        return {"why": [_of_kind(kind, counts[kind], verdict) for kind in SOCIETY_KINDS]}

    _send("ended", covenant, queries.signers(covenant, now), why)


def ask_afterwards(later_signer: LaterSigner, now: dt.datetime) -> None:
    """It holds without the kind of a party that came later, which can still sign it."""

    def party_and_day() -> Words:
        return {
            "party": later_signer.party.name,
            "answer_by": date_format(later_signer.answer_by),
        }

    party = Party.objects.filter(id=later_signer.party_id)
    readers = representatives(party, now, MandateType.SIGN)
    _send("asked_afterwards", later_signer.covenant, readers, party_and_day)


def _send(
    name: str, covenant: Covenant, readers: Iterable[User], words: Callable[[], Words] = dict
) -> None:
    """Queue a mail for each reader; `words` are those to be said in the reader's language."""
    assert covenant.sign_until
    about: Words = {
        "coalition": covenant.coalition.name,
        "covenant": covenant.title,
        "address": reverse("commitments:covenant", args=[covenant.coalition.slug, covenant.id]),
    }
    for reader in readers:
        with override(reader.language):
            days: Words = {
                "last_day": date_format(covenant.sign_until),
                "ends": date_format(covenant.ends),
            }
            said = words()
        template = f"commitments/mail/{name}.txt"
        mail.queue(
            reader,
            template,
            about | days | said,
            register=covenant.coalition_id,
            by=covenant.drafted_by_id,
        )


def _of_kind(kind: Kind, count: signing_rule.Count, verdict: signing_rule.Verdict) -> str:
    tally = _("%(signed)s of %(asked)s signed, %(needed)s needed.") % {
        "signed": count.signed,
        "asked": count.asked,
        "needed": count.needed,
    }
    reasons = [capfirst(str(reason.label)) for reason in verdict.lacking.get(kind, ())]
    return " ".join([f"{kind.label}:", *([tally] if count.asked else []), *reasons])
