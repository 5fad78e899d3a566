"""With a keyboard alone: at each step one sees where one is."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from tests import make
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.decisions.models import Decision, Position
from wijkverbond.kernel.actor import Actor
from wijkverbond.urgency.models import Answer
from wijkverbond.urgency.views import responses

# The focused control, or the card around it that shows the focus for it.
SHOWN = """() => {
  const one = document.activeElement, around = one.closest('.wv-choice') || one;
  const box = around.getBoundingClientRect();
  const marked = [one, around].some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  });
  return marked && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
NAME = "document.activeElement.name || document.activeElement.textContent.trim()"


def tab_to(page: Page, name: str) -> None:
    """Tab on to the control of this name; the focus shows all the way."""
    passed: list[str] = []
    while not passed or passed[-1] != name:
        page.keyboard.press("Tab")
        passed.append(page.evaluate(NAME))
        assert page.evaluate(SHOWN), passed
        assert len(passed) < 60, passed


@pytest.mark.django_db(transaction=True)
def test_a_partner_takes_a_position(
    walk_in: Callable[[Actor], Page], transactional_db: None, world: make.World
) -> None:
    decision: Decision = make.decision(world.coalition, by=world.corporation)
    page = walk_in(world.resident)
    page.goto(f"/w/{world.coalition.slug}/besluiten/{decision.id}/")

    tab_to(page, "Geef ons antwoord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_visible()
    tab_to(page, "stance")
    page.keyboard.press("ArrowDown")
    tab_to(page, "argument")
    page.keyboard.type("Niet in de avond.")
    tab_to(page, "Verstuur ons antwoord")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Jullie antwoord is binnen")
    assert Position.objects.get(decision=decision, party=world.resident.party).stance


@pytest.mark.django_db(transaction=True)
def test_a_resident_answers(
    page: Page, transactional_db: None, world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "UNREAD", dt.timedelta())  # these keys are faster than people
    conversation = make.conversation(world.coalition)
    page.goto(f"/w/{world.coalition.slug}/meedoen/")
    tab_to(page, "kind")
    page.keyboard.press("Space")
    tab_to(page, "Begin met zin 1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zin 1 van 4")).to_be_visible()
    page.wait_for_load_state()  # the keys are listened to once the page is complete

    page.keyboard.press("2")
    expect(page.get_by_text("Zin 1 van 4")).to_be_visible()
    tab_to(page, "answer")
    page.keyboard.press("2")
    expect(page.get_by_text("Zin 2 van 4")).to_be_visible()
    tab_to(page, "answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zin 3 van 4")).to_be_visible()

    answers = Answer.objects.filter(conversation=conversation).order_by("id")
    assert list(answers.values_list("value", flat=True)) == [-1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_partner_signs(
    walk_in: Callable[[Actor], Page],
    transactional_db: None,
    mailoutbox: list[EmailMessage],
    world: make.World,
) -> None:
    covenant = make_commitments.opened(world)
    page = walk_in(world.resident)
    page.goto(f"/w/{world.coalition.slug}/convenant/{covenant.id}/tekenen/")
    tab_to(page, "read")
    page.keyboard.press("Space")
    tab_to(page, "Mail mij een code")
    page.keyboard.press("Enter")
    expect(page.get_by_label("De code uit de mail")).to_be_visible()
    code = re.search(r"\d{4} \d{4}", str(mailoutbox[-1].body))
    assert code
    tab_to(page, "code")
    page.keyboard.type(code[0])
    tab_to(page, "Tekenen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("getekend")
    assert covenant.signatures.get().party_id == world.resident.party
