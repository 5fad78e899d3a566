"""A page takes at most twelve queries, however much there is to show.

The pages are those of the access matrix, asked for by the first role that may see them and by a partner,
in a world with one thing of each sort and again in the same world with many; `./wijkverbond test --long`
makes ten times as many.
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests import make
from tests.ready_world import ReadyWorld
from tests.sweeps import SEEN_BY, Visitors
from wijkverbond.actions.tests import make as make_actions
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Invitation
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.insights.tests import make as make_insights
from wijkverbond.kernel import site
from wijkverbond.kernel.personal_fields import PERSONAL_DATA

MOST = 12
MORE_QUERIES = {
    # All that who hosts the site looks after, on one page.
    "operations:look_after": 2,
    # What is kept about somebody is asked of each table once.
    "accounts:export": sum(len(kind.rows) for kind in PERSONAL_DATA),
    # Who worked on it, and who was named and says so themselves.
    "breakthroughs:page": 1,
    # Only who was confirmed is led to what waits to be read.
    "insights:index": 1,
    "urgency:index": 1,
    # Who signed reads the seal of just after their signature.
    "commitments:index": 1,
    # Who sleeps: for whom nobody acts, or only people who act for government too.
    "coalition:who": 3,
}
MORE_RECORDS, LONG_MORE_RECORDS = 6, 60
# So many rows at most a page may read for each thing of every sort that is added: never each with each.
ROWS_FOR_EACH = 22
PARTNER = "residents"
READERS = sorted({(name, role) for name in SEEN_BY for role in (SEEN_BY[name], PARTNER)})
LISTS = {
    "accounts:export",
    "actions:ask",
    "actions:index",
    "actions:propose",
    "actions:raise_obstacle",
    "actions:requests",
    "actions:resolve_obstacle",
    "breakthroughs:claim",
    "breakthroughs:index",
    "coalition:invitation",
    "coalition:invite",
    "coalition:secretariat",
    "coalition:tie",
    "coalition:who",
    "commitments:change_pledge",
    "commitments:covenant",
    "commitments:index",
    "commitments:pledges",
    "commitments:rewrite",
    "commitments:start",
    "commitments:write_pledge",
    "decisions:adapt_chair_and_rules",
    "decisions:enter",
    "decisions:index",
    "decisions:page",
    "decisions:propose_chair_and_rules",
    "decisions:propose_secretariat",
    "decisions:propose_suspension",
    "insights:index",
    "insights:publish",
    "insights:read_new",
    "insights:revise",
    "insights:signals",
    "overview:home",
    "overview:my_work",
    "overview:portal",
    "register:document",
    "results:index",
    "vision:goal",
    "vision:index",
}


# A page of the newest entries is full in either world; its length says which entries those are.
FULL_PAGES = {"overview:timeline", "register:entries"}
# These show no more, and still read more: who is missing follows from all parties, and a trace is walked
# through the whole journal.
READ_MORE = {"coalition:suggest", "overview:trace"}


@dataclasses.dataclass(frozen=True)
class PageVisit:
    """What one visit took: the questions to the database, and the rows that they were answered with."""

    queries: tuple[str, ...]
    rows: int
    length: int


@dataclasses.dataclass(frozen=True)
class Visits:
    """Visits by page and role: with a little behind it, and after so many more of everything."""

    added: int
    pairs: dict[tuple[str, str], tuple[PageVisit, PageVisit]]

    def grown(self, has_grown: Callable[[PageVisit, PageVisit], bool]) -> set[str]:
        """The pages of which this has grown, for one reader at least."""
        return {name for (name, _), pair in self.pairs.items() if has_grown(*pair)}


def add(world: make.World) -> None:
    """Add one more of everything that pages list."""
    coalition = world.coalition
    joined = make.party(coalition, "school")
    member = make.actor(joined)
    make.coalition("tenants")
    coalitions.invite(
        coalition, actor=world.resident, wording=Invitation(addressee=f"Club {joined.id}")
    )
    goal = make.goal(coalition, by=world.resident)
    make.benefit(goal, joined, by=member)
    make.measurement(goal, by=world.resident)
    decision = make.decision(coalition, by=world.corporation)
    make.objection(decision, by=member)
    make.breakthrough(coalition, by=world.corporation)
    make.request(world)
    make_insights.published_signal(coalition)
    make_insights.signal(coalition)
    insight = make_insights.insight(coalition, by=world.shopkeeper)
    make_insights.recognitions(insight, "residents", 1)
    initiative = make_actions.initiative(world, by=member)
    make_actions.action(initiative, by=member)
    make_actions.check_in(make_actions.pledge(world, by=world.resident), by=world.resident)
    make_actions.obstacle(world)
    make_commitments.pledge(world, by=member)
    make_commitments.draft(world)


def visit(browser: Client, address: str) -> PageVisit:
    """What a visit to this page takes."""
    rows = 0

    def count_rows(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal rows
        result = execute(*arguments)
        rows += max(arguments[-1]["cursor"].rowcount, 0)
        return result

    site.name()  # what the host says of the site is kept for seconds, by whatever page asks first
    with CaptureQueriesContext(connection) as captured, connection.execute_wrapper(count_rows):
        response = browser.get(address)
    queries = tuple(query["sql"] for query in captured.captured_queries)
    return PageVisit(queries, rows, len(response.getvalue()))


@pytest.fixture(scope="module")
def visits(
    ready_world: ReadyWorld, django_db_blocker: DjangoDbBlocker, is_long: bool
) -> Iterator[Visits]:
    """Every page with a little and with much behind it, for each of its two readers."""
    with django_db_blocker.unblock(), transaction.atomic():
        visitors = Visitors(ready_world.put_back())
        addresses = {name: visitors.address(name) for name in sorted(SEEN_BY)}
        for name, role in READERS:  # what is kept in memory is there when it is measured
            visitors.browsers[role].get(addresses[name])
        few = {
            (name, role): visit(visitors.browsers[role], addresses[name]) for name, role in READERS
        }
        added = LONG_MORE_RECORDS if is_long else MORE_RECORDS
        for _ in range(added):
            add(visitors.world)
        pairs = {
            (name, role): (few[name, role], visit(visitors.browsers[role], addresses[name]))
            for name, role in READERS
        }
        yield Visits(added, pairs)
        transaction.set_rollback(True)


@pytest.mark.django_db  # also tells pytest-django that a database is needed
def test_the_list_pages_grow_with_the_records(visits: Visits) -> None:
    longer = visits.grown(lambda little, much: much.length > little.length * 1.02)
    assert longer - FULL_PAGES == LISTS


@pytest.mark.django_db
def test_a_page_that_shows_no_more_reads_no_more(visits: Visits) -> None:
    reading_more = visits.grown(lambda little, much: much.rows > little.rows)
    assert reading_more - FULL_PAGES - LISTS == READ_MORE


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "role"), READERS)
def test_a_page_takes_few_queries_however_many_records(
    visits: Visits, name: str, role: str
) -> None:
    with_little, with_much = visits.pairs[name, role]
    assert len(with_much.queries) <= len(with_little.queries), "\n".join(with_much.queries)
    most = MOST + MORE_QUERIES.get(name, 0)
    assert len(with_little.queries) <= most, "\n".join(with_little.queries)
    assert with_much.rows <= with_little.rows + visits.added * ROWS_FOR_EACH
