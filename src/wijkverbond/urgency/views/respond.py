"""Answering on a phone: who are you, one sentence at a time, your own sentence, what comes first."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkverbond.coalition.acting import admitted, coalition_or_404
from wijkverbond.coalition.models import Coalition
from wijkverbond.coalition.views.common import try_service
from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.urgency import forms, queries, services
from wijkverbond.urgency.models import Answer, Conversation, Participant, Statement

VALUES = {
    "agree": Answer.Value.AGREE,
    "disagree": Answer.Value.DISAGREE,
    "pass": Answer.Value.PASS,
}
CHOSEN = {int(value): name for name, value in VALUES.items()}
# Goes only to the pages of answering in this coalition (its path).
COOKIE = "meedoen"
KEEP = dt.timedelta(days=120)
NEWCOMERS_PER_HOUR = 60
SENTENCES_PER_HOUR = 10
HOUR = dt.timedelta(hours=1)

View = Callable[[HttpRequest, Coalition, Conversation, Participant], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Who are you in this neighbourhood?"""
    coalition = coalition_or_404(request, slug)
    conversation = queries.open_now(coalition, clock.now())
    if not conversation:
        return http.page(request, "urgency/no_question.html", _context(coalition))
    known = _participant(request, slug)
    # Who has not answered anything yet can still say that they are someone else.
    if known and (request.method != "POST" or known.answers.exists()):
        return redirect("urgency:sentence", slug)
    form = forms.WhoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not rate_limits.allow(
            f"urgency.join:{rate_limits.visitor(request)}", NEWCOMERS_PER_HOUR, HOUR
        ):
            return _too_many(request, coalition)
        return _join(conversation, form, request)
    context = {**_context(coalition), "conversation": conversation, "form": form}
    return http.page(request, "urgency/who.html", context, status=status(form))


def _answering(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the open question and who answers it; whoever is new begins at the beginning."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def found(request: HttpRequest, slug: str) -> HttpResponse:
        participant = _participant(request, slug)
        if not participant:
            coalition_or_404(request, slug)
            return redirect("urgency:respond", slug)
        conversation = participant.conversation
        return view(request, admitted(request, conversation.coalition), conversation, participant)

    return found


@_answering
def sentence(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """One sentence: agree, disagree, or do not know."""
    if request.method == "POST":
        return _answer(request, coalition, participant)
    given = queries.answers_of(participant)
    asked = _asked(request, conversation) or queries.next_for(participant)
    if not asked:
        return redirect("urgency:first", coalition.slug)
    total = conversation.statements.filter(state=Statement.State.PUBLISHED).count()
    context = {
        **_context(coalition),
        "conversation": conversation,
        "statement": asked,
        "chosen": CHOSEN.get(given.get(asked.id, 99), ""),
        "answered": len(given),
        "here": min(len(given) + 1, total),
        "total": total,
        "previous": _id(request.GET.get("vorige")),
    }
    return http.page(request, "urgency/sentence.html", context)


@_answering
def own(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Add a sentence of one's own."""
    form = forms.SentenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        key = f"urgency.sentence:{participant.token}"
        if not rate_limits.allow(key, SENTENCES_PER_HOUR, HOUR):
            return _too_many(request, coalition)
        if try_service(
            lambda: services.add_statement(
                participant, form.cleaned_data["text"], actor=_someone(coalition)
            ),
            form,
        ):
            return redirect("urgency:own_done", coalition.slug)
    context = {**_context(coalition), "conversation": conversation, "form": form}
    return http.page(request, "urgency/own.html", context, status=status(form))


@require_safe
def own_done(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentence is in; what happens with it now."""
    return http.page(request, "urgency/own_done.html", _context(coalition_or_404(request, slug)))


@_answering
def first(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Choose at most three sentences that must come first."""
    form = forms.FirstForm(
        request.POST if request.method == "POST" else None,
        participant=participant,
        initial={"statements": participant.priorities.values_list("statement", flat=True)},
    )
    if form.is_valid():
        actor = _someone(coalition)
        if try_service(
            lambda: services.choose(participant, form.cleaned_data["statements"], actor=actor), form
        ):
            services.finish(participant, actor=actor)
            return redirect("urgency:done", coalition.slug)
    context = {**_context(coalition), "conversation": conversation, "form": form}
    return http.page(request, "urgency/first.html", context, status=status(form))


@_answering
def done_page(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Thank you, and how to change one's answers."""
    given = participant.answers.filter(statement__state=Statement.State.PUBLISHED)
    given = given.select_related("statement").order_by("statement__number")
    context = {**_context(coalition), "conversation": conversation, "answers": given}
    return http.page(request, "urgency/done.html", context)


def _answer(request: HttpRequest, coalition: Coalition, participant: Participant) -> HttpResponse:
    statement = _id(request.POST.get("statement"))
    value = VALUES.get(request.POST.get("answer", ""))
    if not statement or value is None:
        return redirect("urgency:sentence", coalition.slug)
    try:
        services.answer(participant, statement, actor=_someone(coalition), value=value)
    except ValidationError:
        return redirect("urgency:sentence", coalition.slug)
    return redirect(f"{reverse('urgency:sentence', args=[coalition.slug])}?vorige={statement}")


def _asked(request: HttpRequest, conversation: Conversation) -> Statement | None:
    wanted = _id(request.GET.get("zin"))
    if not wanted:
        return None
    return conversation.statements.filter(id=wanted, state=Statement.State.PUBLISHED).first()


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _join(conversation: Conversation, form: forms.WhoForm, request: HttpRequest) -> HttpResponse:
    coalition = conversation.coalition
    participant = services.join(
        conversation,
        actor=_someone(coalition),
        kind=form.cleaned_data["kind"],
        involvement=form.involvement(),
    )
    response = redirect("urgency:sentence", coalition.slug)
    response.set_signed_cookie(
        COOKIE,
        str(participant.token),
        max_age=KEEP,
        httponly=True,
        secure=settings.SECURE_SITE,
        samesite="Lax",
        path=reverse("urgency:respond", args=[coalition.slug]),
    )
    return response


def _participant(request: HttpRequest, slug: str) -> Participant | None:
    token = _id(request.get_signed_cookie(COOKIE, default=""))
    return queries.participant(slug, token, clock.now()) if token else None


def _someone(coalition: Coalition) -> Actor:
    """Whoever answers speaks for themselves, also when they act for a party elsewhere."""
    return Actor(kind=ActorKind.PARTICIPANT, now=clock.now(), coalition=coalition.id)


def _too_many(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    return http.page(request, "urgency/too_many.html", _context(coalition), status=429)


def _context(coalition: Coalition) -> dict[str, object]:
    return {
        "coalition": coalition,
        "nav_label": coalition.name,
        "stop_url": reverse("urgency:index", args=[coalition.slug]),
    }
