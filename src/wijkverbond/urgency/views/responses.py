"""Answering on a phone: who are you, one sentence at a time, your own sentence, what comes first."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import admitted, anonymous_participant, coalition_or_404
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import clock, rate_limits
from wijkverbond.ui import http, turns
from wijkverbond.ui.decorators import open_form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.sent_once import once_by_itself
from wijkverbond.urgency import forms, queries, services
from wijkverbond.urgency.erasure_codes import code_of
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
NEWCOMERS_AT_ONCE = 60  # of one network in an hour; the next wait a moment
STATEMENTS_PER_HOUR = 10
HOUR = dt.timedelta(hours=1)
# Nobody reads a sentence faster: this is the second tap of a finger that meant the one before.
UNREAD = dt.timedelta(seconds=0.6)

View = Callable[[HttpRequest, Coalition, Conversation, Participant], HttpResponse]


@open_form_page
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Who are you in this neighbourhood?"""
    coalition = coalition_or_404(request, slug)
    conversation = queries.open_now(coalition, clock.now())
    if not conversation:
        return http.page(request, "urgency/no_question.html", _focus(coalition))
    participant = _participant(request, slug)
    # Who has not answered anything yet can still say that they are someone else.
    if participant and participant.answers.exists():
        return redirect("urgency:sentence" if request.method == "POST" else "urgency:again", slug)
    form = bound(forms.ParticipantForm, request)
    if form.is_valid():
        stop_url = reverse("urgency:index", args=[slug])
        wait = turns.wait(
            request, coalition, "urgency.join", first=NEWCOMERS_AT_ONCE, stop_url=stop_url
        )
        return wait or _join(conversation, form)
    context = {**_focus(coalition), "conversation": conversation}
    return http.show_form(request, "urgency/who.html", form, context)


def _answering(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the open conversation and who answers it; whoever is new begins at the beginning."""

    @open_form_page
    def view_of_participant(request: HttpRequest, slug: str) -> HttpResponse:
        participant = _participant(request, slug)
        if not participant:
            coalition_or_404(request, slug)
            return redirect("urgency:respond", slug)
        conversation = participant.conversation
        return view(request, admitted(request, conversation.coalition), conversation, participant)

    return view_of_participant


@once_by_itself
@open_form_page
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody answered on this phone before: go on with that, or begin anew as someone else."""
    coalition = coalition_or_404(request, slug)
    participant = _participant(request, slug)
    if request.method == "POST":
        begin_url = reverse("urgency:respond", args=[slug])
        if participant and (code := _code(participant)):
            context = {**_focus(coalition), "code": code}
            response = http.page(request, "urgency/handed_on.html", context)
        else:
            response = redirect(begin_url)
        http.forget(response, COOKIE, path=begin_url)
        return response
    if not participant:
        return redirect("urgency:respond", slug)
    go_on = "urgency:done" if participant.finished_at else "urgency:sentence"
    context = {**_focus(coalition), "go_on_url": reverse(go_on, args=[slug])}
    return http.page(request, "urgency/again.html", context)


@_answering
def answer_statement(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """One statement: agree, disagree, or do not know."""
    if request.method == "POST":
        return _answer(request, coalition, participant)
    own_answers = queries.answers_of(participant)
    statement = _chosen_statement(request, conversation) or queries.next_for(participant)
    if not statement:
        return redirect("urgency:first", coalition.slug)
    total = conversation.statements.published().count()
    context = {
        **_focus(coalition, answered=bool(own_answers)),
        "conversation": conversation,
        "statement": statement,
        "chosen": CHOSEN.get(own_answers.get(statement.id, 99), ""),
        "answered": len(own_answers),
        "position": min(len(own_answers) + 1, total),
        "total": total,
        "previous": http.id_in_query(request, "vorige"),
        "shown_at": clock.now().timestamp(),
    }
    return http.page(request, "urgency/answer_statement.html", context)


@_answering
def own_statement(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Add a sentence of one's own."""
    form = bound(forms.StatementForm, request)
    if form.is_valid():
        with try_service(form):
            key = f"urgency.sentence:{participant.token}"
            if not rate_limits.allow(key, STATEMENTS_PER_HOUR, HOUR):
                raise ValidationError(
                    {"text": _("You wrote ten sentences. Send this one in an hour.")}
                )
            actor = anonymous_participant(coalition)
            services.add_statement(participant, form.cleaned_data["text"], actor=actor)
            return redirect("urgency:own_done", coalition.slug)
    context = {
        **_focus(coalition, answered=participant.answers.exists()),
        "conversation": conversation,
    }
    return http.show_form(request, "urgency/own.html", form, context)


@require_safe
def own_statement_done(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentence is in; what happens with it now."""
    participant = _participant(request, slug)
    answered = participant is not None and participant.answers.exists()
    context = _focus(coalition_or_404(request, slug), answered=answered)
    return http.page(request, "urgency/own_done.html", context)


@_answering
def priorities(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Choose at most three sentences that must come first."""
    initial = {"statements": participant.priorities.values_list("statement", flat=True)}
    form = bound(forms.PriorityForm, request, participant=participant, initial=initial)
    if form.is_valid():
        with try_service(form):
            actor = anonymous_participant(coalition)
            services.choose(participant, form.cleaned_data["statements"], actor=actor)
            services.finish(participant, actor=actor)
            return redirect("urgency:done", coalition.slug)
    context = {
        **_focus(coalition, answered=participant.answers.exists()),
        "conversation": conversation,
    }
    return http.show_form(request, "urgency/first.html", form, context)


@_answering
def done(
    request: HttpRequest, coalition: Coalition, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Thank you, and how to change one's answers."""
    answers = participant.answers.filter(statement__state=Statement.State.PUBLISHED)
    context = {
        **_focus(coalition),
        "conversation": conversation,
        "code": participant.erasure_digest and code_of(participant.token),
        "has_more": queries.next_for(participant) is not None,
        "answers": "antwoorden" in request.GET
        and answers.select_related("statement").order_by("statement__number"),
    }
    return http.page(request, "urgency/done.html", context)


def _answer(request: HttpRequest, coalition: Coalition, participant: Participant) -> HttpResponse:
    """Record an answer and go on; what cannot be answered is passed over in silence."""
    statement_id = http.id_or_none(request.POST.get("statement", ""))
    value = VALUES.get(request.POST.get("answer", ""))
    next_statement = reverse("urgency:sentence", args=[coalition.slug])
    if not statement_id or value is None or _is_unread(request):
        return redirect(next_statement)
    try:
        actor = anonymous_participant(coalition)
        services.answer(participant, statement_id, actor=actor, value=value)
    except ValidationError:
        return redirect(next_statement)
    return redirect(f"{next_statement}?vorige={statement_id}")


def _is_unread(request: HttpRequest) -> bool:
    """Whether this came so soon after the sentence was shown that nobody can have read it."""
    try:
        shown_at = float(request.POST.get("shown_at", ""))
    except ValueError:
        return False
    return 0 <= clock.now().timestamp() - shown_at < UNREAD.total_seconds()


def _chosen_statement(request: HttpRequest, conversation: Conversation) -> Statement | None:
    """The sentence that one comes back to."""
    statement_id = http.id_in_query(request, "zin")
    if not statement_id:
        return None
    published = conversation.statements.published()
    return published.filter(id=statement_id).first()


def _join(conversation: Conversation, form: forms.ParticipantForm) -> HttpResponse:
    coalition = conversation.coalition
    participant = services.join(
        conversation,
        actor=anonymous_participant(coalition),
        kind=form.cleaned_data["kind"],
        involvement=form.involvement(),
    )
    response = redirect("urgency:sentence", coalition.slug)
    path = reverse("urgency:respond", args=[coalition.slug])
    http.remember(response, COOKIE, str(participant.token), keep=KEEP, path=path)
    return response


def _participant(request: HttpRequest, slug: str) -> Participant | None:
    token = http.id_or_none(request.get_signed_cookie(COOKIE, default="", max_age=KEEP))
    return queries.participant(slug, token, clock.now()) if token else None


def _code(participant: Participant) -> str:
    """The code with which somebody who answered erases that; empty when there is nothing to erase."""
    to_erase = participant.erasure_digest and participant.answers.exists()
    return code_of(participant.token) if to_erase else ""


def _focus(coalition: Coalition, *, answered: bool = False) -> http.Context:
    """What a page with one task shows around it; who stops after answering first sees their code."""
    stop = "urgency:done" if answered else "urgency:index"
    return http.focus(coalition, reverse(stop, args=[coalition.slug]))
