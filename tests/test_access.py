"""Every address of the site for every role: what the page answers.

Statuses are those of `access.csv` in each capability's tests (see tests/matrices.py). A POST is
sent without fields and undone. 302 is the way to the sign-in page, or to where a service leads.
"""

import itertools

import pytest

from tests import matrices
from tests.sweeps import ADDRESSES, LINES, ROLES, PageAnswers

pytestmark = pytest.mark.django_db


def test_every_address_is_in_the_matrix_with_each_method_once() -> None:
    written = sorted((line["url"], line["method"]) for line in LINES)
    assert written == sorted(itertools.product(ADDRESSES, ("GET", "POST")))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['method']} {line['url']}")
def test_each_role_is_answered_as_expected(answers: PageAnswers, line: matrices.Line) -> None:
    answered = answers.of(line["url"]).by_role
    statuses = {role: answered[role, line["method"]].status for role in ROLES}
    assert statuses == {role: int(line[role]) for role in ROLES}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_head_request_is_answered_as_the_page_itself(answers: PageAnswers, name: str) -> None:
    answered = answers.of(name)
    assert answered.head.status == answered.by_role["anonymous", "GET"].status
