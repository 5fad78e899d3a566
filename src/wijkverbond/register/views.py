"""Pages of the register, its export and its verifier."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.kernel import clock, signing
from wijkverbond.register import export, feed, qr_code, queries
from wijkverbond.ui.http import page
from wijkverbond.ui.navigation import Link

VERIFIER = Path(__file__).with_name("verify.py")
PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the register is, how to check it, the site's key, and every coalition's last seal."""
    owners = Paginator(list(queries.owners().listed()), PER_PAGE).get_page(request.GET.get("page"))
    key, *earlier_keys = queries.site_keys()
    context = {
        "owners": owners,
        "seals": queries.seals(list(owners)),
        "key": key,
        "earlier_keys": earlier_keys,
    }
    return page(request, "register/index.html", context)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks a register, to be run on one's own computer."""
    return HttpResponse(
        VERIFIER.read_bytes(),
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="verify.py"'},
    )


@require_safe
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """The register of a coalition in words, newest first."""
    coalition = queries.owners().of_page(request, slug)
    context = {
        "coalition": coalition,
        "crumbs": [
            Link(_("All registers"), reverse("register:index")),
            Link(_("Register of %(name)s") % {"name": coalition.name}),
        ],
        "lines": queries.page(coalition, request.GET.get("page")),
        "seal": queries.seal_of(coalition),
        "key_changes": queries.key_changes(coalition),
    }
    return page(request, "register/entries.html", context)


@require_safe
def seal(request: HttpRequest, slug: str) -> HttpResponse:
    """The last seal of a register, to print: in words and as a QR code."""
    coalition = queries.owners().of_page(request, slug)
    last_seal = queries.seal_of(coalition)
    if last_seal is None:
        raise Http404
    context = {
        "coalition": coalition,
        "crumbs": [
            Link(_("All registers"), reverse("register:index")),
            Link(
                _("Register of %(name)s") % {"name": coalition.name},
                reverse("register:entries", args=[coalition.slug]),
            ),
            Link(_("The last seal")),
        ],
        "seal": last_seal,
        "code": qr_code.qr_code(last_seal.checkpoint),
        "key": queries.key_of(coalition) or signing.signer().verifier_key,
        "address": settings.SITE_ADDRESS + reverse("register:index"),
    }
    return page(request, "register/seal.html", context)


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """A feed with the last seal of each day of every listed register: who reads it keeps them."""
    owners = Paginator(list(queries.owners().listed()), PER_PAGE).get_page(request.GET.get("page"))
    daily = queries.daily_seals(list(owners), today=timezone.localdate(clock.now()))
    return HttpResponse(
        feed.atom(daily, owners), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
def document(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The register of a coalition as a file, for the verifier or any other program."""
    coalition = queries.owners().of_page(request, slug)
    return StreamingHttpResponse(
        export.chunks(coalition),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="register.json"'},
    )
