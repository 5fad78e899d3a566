"""What a task promises: its page offers to whom it is asked what the task is about."""

import re
import uuid
from collections.abc import Iterator
from html import unescape

from django.urls import Resolver404, resolve

from tests.sweeps import browser
from wijkverbond.coalition.queries import acting_for
from wijkverbond.kernel import clock
from wijkverbond.overview.my_tasks import PartyTask, my_tasks

# Where a page leads on to what is asked, by its address; the others have the form themselves.
LEADS_TO = {
    "actions:check_ins": {"actions:judge", "actions:check_in"},
    "actions:initiative": {"actions:done"},
    "actions:request": {"actions:answer", "actions:accept"},
    "breakthroughs:page": {"breakthroughs:confirm"},
    "coalition:name": {"coalition:judge_name"},
    "coalition:not_delivered": {"coalition:send_again"},
    "coalition:party": {"coalition:confirm_party"},
    "coalition:secretariat": {"coalition:agree_secretariat", "coalition:end_secretariat"},
    "coalition:to_confirm": {"coalition:confirm"},
    "commitments:covenant": {"commitments:sign"},
    "decisions:page": {"decisions:answer"},
    "urgency:urgency": {"urgency:endorse"},
}
FORM = re.compile(r'<form[^>]*method="post"[^>]*?action="([^"]*)"', re.DOTALL)
LINK = re.compile(r'<a[^>]*href="(/[^"#?]*)', re.DOTALL)


def not_offered(person: uuid.UUID) -> list[str]:
    """The tasks of somebody whose page does not offer what they ask; all do."""
    return [
        f"{task.party}: {task.title}: {task.url}"
        for task in my_tasks(person, clock.now()).tasks
        if not _is_offered(task, person)
    ]


def _is_offered(task: PartyTask, person: uuid.UUID) -> bool:
    response = browser(acting_for(person, task.party, now=clock.now())).get(task.url)
    page = _name(task.url)
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return response.status_code == 200 and bool(
        LEADS_TO.get(page, {page}) & set(_destinations(main, task.url))
    )


def _destinations(main: str, own: str) -> Iterator[str]:
    for address in (*FORM.findall(main), *LINK.findall(main)):
        try:
            yield _name(unescape(address).partition("?")[0] or own)
        except Resolver404:
            continue


def _name(address: str) -> str:
    return resolve(address).view_name
