"""Setting up the site: the link, what its host fills in, and that it is finished."""

import datetime as dt
import hashlib
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import mail
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.installation import png, policies, queries
from wijkverbond.installation.models import NEEDED, FetchingOfPlaces, FirstRun, Logo, Step
from wijkverbond.kernel import clock, error_text, jobs, rate_limits, site
from wijkverbond.kernel.actor import Actor, system
from wijkverbond.kernel.models import SiteDetails
from wijkverbond.kernel.policy import require
from wijkverbond.places import official_sources
from wijkverbond.places import services as places
from wijkverbond.places.downloads import NotFetched
from wijkverbond.places.services import ImportReport
from wijkverbond.places.table_reader import UnreadableFile

ROW = 1
BOUNDARIES = {".geojson", ".json"}
TEST_MAILS, HOUR = 20, dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
OFTEN_ENOUGH = _("That was often enough for this hour.")


@transaction.atomic
def show_link(*, actor: Actor) -> str:
    """The secret of the link with which the first run begins; empty when there is none to begin.

    It stays the same, on every machine, until somebody used it. A start after that makes another, with
    which somebody goes on who lost their browser; until it is used the first browser can go on too.
    """
    require(policies.may_set_up(actor))
    if queries.has_host() or FirstRun.objects.exclude(finished_at=None).exists():
        return ""
    FirstRun.objects.get_or_create(id=ROW, defaults={"nonce": _nonce()})
    row = _locked()
    if row.opened_at:
        row.nonce, row.opened_at = _nonce(), None
        row.save(update_fields=["nonce", "opened_at"])
    return queries.token_of(row)


@transaction.atomic
def use_link(token: str) -> str:
    """Use the link, once: the secret for the browser that did. Refuses one that is used, or is none."""
    row = _locked()
    if queries.link(token) != queries.Link.UNUSED:
        raise ValidationError(_("This link was used already."))
    secret = secrets.token_urlsafe(32)
    row.opened_at, row.browser = clock.now(), queries.digest(secret)
    row.save(update_fields=["opened_at", "browser"])
    return secret


@transaction.atomic
def describe_site(said: Mapping[str, str], *, step: Step, actor: Actor) -> None:
    """Keep what the host fills in about the site; what a setting says stays as it is."""
    require(policies.may_set_up(actor))
    details, _new = SiteDetails.objects.select_for_update(no_key=True).get_or_create(id=ROW)
    changed = {field: value for field, value in said.items() if not site.setting(field)}
    for field, value in changed.items():
        setattr(details, field, value)
    details.full_clean()
    details.save(update_fields=changed)
    _pass(step)
    site.forget()


def try_mail(sender: str, to: str, *, actor: Actor) -> None:
    """Send a mail to try, from this sender; keep the sender when the mail server takes it."""
    require(policies.may_set_up(actor))
    if not rate_limits.allow("installation:test-mail", TEST_MAILS, HOUR):
        raise ValidationError(OFTEN_ENOUGH)
    message = mail.compose(to, get_language() or "", "installation/mail/test.txt", {})
    message.from_email = site.sender(site.setting("sender") or sender)
    try:
        message.send()
    except OSError as error:  # also everything that smtplib raises
        what = _("The mail server did not take it: %(why)s.")
        raise ValidationError(what % {"why": error_text.cause(error)}) from error
    describe_site({"sender": sender}, step=Step.MAIL, actor=actor)


@transaction.atomic
def invite_founder(to: str, *, actor: Actor) -> None:
    """Ask somebody by mail to begin the first coalition; anybody can begin one, also who is not asked.

    Asked of the same address again within a minute, from another screen, it is one mail.
    """
    require(policies.may_set_up(actor))
    if not rate_limits.allow(f"installation:invitation:{to}", 1, MINUTE):
        return
    if not rate_limits.allow("installation:invitation", TEST_MAILS, HOUR):
        raise ValidationError(OFTEN_ENOUGH)
    context = {
        "organisation": site.value("organisation") or site.name(),
        "address": settings.SITE_ADDRESS + reverse("coalition:start"),
    }
    mail.queue(to, "installation/mail/founder.txt", context, language=get_language() or "")
    _pass(Step.FOUNDER)


@transaction.atomic
def become_host(person: User, *, actor: Actor) -> None:
    """Make whoever used the link the first host of the site. From then on the link is worth nothing."""
    require(policies.may_set_up(actor))
    row = _locked()
    if queries.has_host():
        raise ValidationError(_("Somebody hosts this site already."))
    accounts.appoint_operator(person.email, actor=system(actor.now))
    row.browser = ""
    row.save(update_fields=["browser"])
    _pass(Step.HOST)


@transaction.atomic
def finish(*, actor: Actor) -> None:
    """Say that the site is set up: it has a name, mails leave, and somebody hosts it."""
    require(policies.may_set_up(actor))
    row = _locked()
    if row.finished_at:
        return
    missing = [step.label for step in NEEDED if step not in row.passed]
    if missing:
        what = _("Not everything is there yet: %(what)s.")
        raise ValidationError(what % {"what": ", ".join(map(str, missing))})
    row.finished_at = actor.now
    row.save(update_fields=["finished_at"])


@transaction.atomic
def ask_for_places(municipality: str, *, year: int, actor: Actor) -> None:
    """Let the worker fetch the figures and boundaries of a municipality; it goes on where it broke off.

    What is asked again while it goes on begins anew too, so that nobody is stuck behind a worker that
    died; not while the worker still has to begin.
    """
    require(policies.may_set_up(actor))
    states = FetchingOfPlaces.State
    asked = {"municipality": municipality, "year": year, "state": states.ASKED}
    rows = FetchingOfPlaces.objects.select_for_update(no_key=True)
    row, is_new = rows.get_or_create(id=ROW, defaults=asked)
    if is_new or {field: getattr(row, field) for field in asked} != asked:
        FetchingOfPlaces.objects.filter(id=ROW).update(**asked, fetched=0, why="")
        jobs.defer("installation.fetch_places", municipality=municipality, year=year)
    _pass(Step.PLACES)


def fetch_places(municipality: str, year: int) -> None:
    """Fetch figures and boundaries and bring them in, and say meanwhile how far it is."""
    asked = FetchingOfPlaces.objects.filter(id=ROW, municipality=municipality, year=year)
    states = FetchingOfPlaces.State
    asked.update(state=states.FETCHING, fetched=0, why="")
    try:
        folder = official_sources.folder_of(municipality, year)
        fetched = official_sources.fetch(
            municipality, year, folder, tell=lambda: asked.update(fetched=F("fetched") + 1)
        )
        asked.update(state=states.BRINGING_IN)
        try:
            places.import_places(
                year, figures=fetched.figures, boundaries=fetched.boundaries, actor=system()
            )
        except UnreadableFile:
            fetched.throw_away()
            raise
    except (NotFetched, UnreadableFile, OSError) as error:
        asked.update(state=states.FAILED, why=str(error))
    else:
        asked.update(state=states.DONE)


@transaction.atomic
def bring_in_file(file: "UploadedFile[Any]", *, year: int, actor: Actor) -> ImportReport:
    """Bring in one file with figures, or boundaries when it is GeoJSON; refuses one of no use."""
    require(policies.may_set_up(actor))
    name = Path(file.name or "").name
    is_boundaries = Path(name).suffix.lower() in BOUNDARIES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (name or "file")
        with path.open("wb") as out:
            out.writelines(file.chunks())
        sort = {"boundaries": [path]} if is_boundaries else {"figures": [path]}
        try:
            report = places.import_places(year, **sort, actor=actor)
        except (UnreadableFile, OSError) as error:
            raise ValidationError({"file": str(error)}) from error
    _pass(Step.PLACES)
    return report


@transaction.atomic
def set_look(
    colour: str, picture: "UploadedFile[Any] | None", *, without_logo: bool = False, actor: Actor
) -> None:
    """Give the site a colour and a logo; without a new one the logo stays, unless it is taken away."""
    require(policies.may_set_up(actor))
    said = {"colour": colour}
    if picture or without_logo:
        Logo.objects.all().delete()
        said["logo"] = _keep_logo(picture.read()) if picture else ""
    describe_site(said, step=Step.LOOK, actor=actor)


def _keep_logo(data: bytes) -> str:
    try:
        picture = png.cleaned(data)
    except png.NoPng as error:
        no_logo = _("This is no PNG, or it is larger than 1000 by 1000 points.")
        raise ValidationError({"picture": no_logo}) from error
    digest = hashlib.sha256(picture).hexdigest()
    Logo.objects.create(digest=digest, png=picture)
    return digest


def _locked() -> FirstRun:
    row = FirstRun.objects.select_for_update(no_key=True).filter(id=ROW).first()
    if row is None:
        raise ValidationError(_("The first run did not begin here."))
    return row


def _pass(step: Step) -> None:
    row = FirstRun.objects.select_for_update(no_key=True).filter(id=ROW).first()
    if row and step not in row.passed:
        row.passed = [*row.passed, step]
        row.save(update_fields=["passed"])


def _nonce() -> str:
    return secrets.token_hex(32)
