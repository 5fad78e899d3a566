"""A name that two claim: reporting it, and saying whose it is."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_record
from wijkverbond.coalition.models import Coalition, NameReport
from wijkverbond.coalition.models.choices import WhoseName
from wijkverbond.coalition.views.common import all_parties, crumbs_below
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http, shown
from wijkverbond.ui.decorators import button, open_form_page
from wijkverbond.ui.forms import bound, try_service


@open_form_page
def name(request: HttpRequest, slug: str, party_id: uuid.UUID) -> HttpResponse:
    """Whose name a party bears: what was reported and said of it, and a report of one's own."""
    party, actor = find_record(request, slug, all_parties, party_id)
    may_report = policies.may_report_name(actor, party)
    form = bound(forms.ReasonForm, request)
    if request.method == "POST":
        require(may_report)
    if form.is_valid():
        with try_service(form):
            services.report_name(party, actor=actor, why=form.cleaned_data["reason"])
            messages.success(request, _("Two partners of other kinds now say whose name it is."))
            return redirect("coalition:name", slug, party_id)
    reports = party.name_reports.select_related("reported_by__organisation")
    shown = list(reports.prefetch_related("judgements__party__organisation"))
    waiting = next((report for report in shown if not report.settled_at), None)
    context = {
        "coalition": party.coalition,
        "party": party,
        "crumbs": crumbs_below(party, _("Whose name is it?")),
        "reports": shown,
        "waiting": waiting,
        "may_judge": waiting and policies.may_judge_name(actor, waiting),
        "may_report": may_report and not waiting,
        "choices": WhoseName.choices,
    }
    return http.show_form(request, "coalition/name.html", form, context)


@button
def judge_name(request: HttpRequest, slug: str, report_id: uuid.UUID) -> HttpResponse:
    """Say for one's party whose name it is."""
    report, actor = find_record(request, slug, _reports, report_id)
    with http.run_button(request, _("Everyone sees what your organisation says.")):
        services.judge_name(
            report,
            actor=actor,
            whose=request.POST.get("whose", ""),
            shown=shown.sent(request, report),
        )
    return redirect("coalition:name", slug, report.about_id)


def _reports(coalition: Coalition) -> QuerySet[NameReport]:
    return NameReport.objects.filter(about__coalition=coalition).select_related(
        "about__organisation", "about__coalition"
    )
