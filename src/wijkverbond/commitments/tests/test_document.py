"""The PDF of the covenant: for everyone to read, and the same bytes wherever its number stands."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import page
import pypdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import make
from wijkverbond.coalition.queries import party_of
from wijkverbond.commitments import document
from wijkverbond.commitments.services import covenants
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import journal
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry, Head
from wijkverbond.kernel.tests.sample_events import Counted
from wijkverbond.register import verify
from wijkverbond.ui import pdf
from wijkverbond.vision.models import VisionVersion

pytestmark = pytest.mark.django_db

HOSTILE = '#panic("x") = $1/0$ *vet* <label> @ref \\ // " ] ) }'


def downloaded(client: Client, world: make.World, **more: Any) -> bytes:
    covenant = make_commitments.opened(world, **more)
    address = reverse("commitments:document", args=[world.coalition.slug, covenant.id])
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    return response.content


def words(pdf: bytes) -> str:
    """The text of a PDF as a reading machine gets it, on one line, without hyphens at its ends."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def tags(element: Any) -> set[str]:
    """The kinds of element in the structure of a tagged PDF."""
    structure = element.get_object()
    if not isinstance(structure, pypdf.generic.DictionaryObject):
        return set()
    kids = structure.get("/K", [])
    below = kids if isinstance(kids, list) else [kids]
    return {str(structure.get("/S", ""))}.union(*(tags(kid) for kid in below))


def test_it_is_an_accessible_pdf(client: Client, world: make.World) -> None:
    reader = pypdf.PdfReader(io.BytesIO(downloaded(client, world)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of the PDF, not of Python
    assert root["/Lang"].lower().startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata
    assert reader.metadata.title == f"Convenant voor de wijk, {world.coalition.name}"
    assert {"/Document", "/H1", "/H2", "/P", "/L", "/LI"} <= tags(root["/StructTreeRoot"])


def test_a_validator_finds_nothing_against_pdf_ua(client: Client, world: make.World) -> None:
    pledge = make_commitments.pledge(
        world, by=world.municipality, subject_to_approval="de gemeenteraad"
    )
    report = page.validate_pdf_bytes(
        downloaded(client, world, pledges=[pledge], preamble=HOSTILE, rules=HOSTILE),
        profile=page.ValidationProfile.PDF_UA_1,
    )
    assert report.rules.total > 100
    assert [failure.message for failure in report.failures] == []


def test_the_document_says_what_was_agreed_and_who_signs(client: Client, world: make.World) -> None:
    document_text = words(downloaded(client, world))
    for part in (
        "1 januari 2027", "31 december 2030", make.VISION, make.GOAL.sentence,
        make_commitments.WORDING.what, make_commitments.WORDING.measure, "Bindend", "Ruimte",
    ):  # fmt: skip
        assert part in document_text, part
    for party in world.coalition.parties.all():
        assert party.name in document_text


def test_the_document_says_what_is_missing(client: Client) -> None:
    coalition = make.coalition("residents_group")
    actor = make.first_actor(coalition)
    world = make.World(coalition, *[actor] * 8)
    assert "ontbraken: Ondernemers, Maatschappelijke organisaties" in words(
        downloaded(client, world)
    )


def test_the_document_holds_the_last_head_of_before_it_was_frozen(
    client: Client, world: make.World
) -> None:
    """Readable by the verifier as somebody copies it; what happens later changes no byte of it."""
    pdf = downloaded(client, world)
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    (head,) = verify.heads_in(text)
    stored = Head.objects.get(stream=world.coalition.id, size=head.size)
    assert head.text == stored.checkpoint
    opened = Entry.objects.get(event="commitments.covenant_opened_for_signing")
    assert opened.leaf == head.size
    covenant = make_commitments.sign(world.coalition.covenants.get(), world.resident)
    assert document.digest(bytes(covenant.document or b"")) == document.digest(pdf)


def test_what_happens_while_the_document_is_made_does_not_stop_it(
    world: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    covenant = make_commitments.draft(world)
    render = document.render

    def meanwhile(content: document.Content) -> bytes:
        journal.record(Counted(number=1), actor=world.resident)
        return render(content)

    monkeypatch.setattr(document, "render", meanwhile)
    opened = covenants.open_for_signing(covenant, actor=world.corporation)
    assert document.digest(bytes(opened.document or b"")) == opened.digest


def test_typed_text_cannot_become_markup(client: Client, world: make.World) -> None:
    document_text = words(downloaded(client, world, preamble=HOSTILE, rules=HOSTILE))
    assert document_text.count('#panic("x") = $1/0$ *vet* <label> @ref') == 2


def test_the_document_says_which_approval_is_still_needed(
    client: Client, world: make.World
) -> None:
    pledge = make_commitments.pledge(
        world, by=world.municipality, subject_to_approval="de gemeenteraad"
    )
    document_text = words(downloaded(client, world, pledges=[pledge]))
    assert "Onder voorbehoud van goedkeuring door de gemeenteraad" in document_text


def test_the_document_says_with_whom_a_pledge_is_kept(client: Client, world: make.World) -> None:
    pledge = make_commitments.pledge(world, resource="money", together=[world.resident])
    document_text = words(downloaded(client, world, pledges=[pledge]))
    assert f"Samen met, of bij geld voor: {party_of(world.resident)}" in document_text


def test_the_same_content_is_the_same_bytes(world: make.World) -> None:
    content = document.content(make_commitments.draft(world))
    assert document.render(content) == document.render(json.loads(json.dumps(content)))


def test_page_signature_and_register_have_the_same_digest(
    client: Client, world: make.World, tmp_path: Any
) -> None:
    pdf = downloaded(client, world)
    covenant = make_commitments.sign(world.coalition.covenants.get(), world.resident)
    number = document.digest(pdf)
    page = client.get(reverse("commitments:index", args=[world.coalition.slug])).content.decode()
    assert number in re.sub(r"<[^>]+>|\s", "", page)
    assert covenant.signatures.get().digest == number
    file = tmp_path / "register.json"
    with file.open("w") as out:
        call_command("register", "export", world.coalition.slug, stdout=out)
    entries = json.loads(file.read_text())["entries"]
    assert {
        entry["event"]: entry["facts"]["document"]
        for entry in entries
        if "document" in entry["facts"]
    } == {"commitments.covenant_opened_for_signing": number, "commitments.signed": number}


def test_a_round_number_is_written_without_decimals(client: Client, world: make.World) -> None:
    pledges = [
        make_commitments.pledge(world, quantity=Decimal("160.00"), unit="woningen"),
        make_commitments.pledge(world, quantity=Decimal("2.50"), unit="uur"),
    ]
    document_text = words(downloaded(client, world, pledges=pledges))
    assert ": 160 woningen" in document_text
    assert ": 2,5 uur" in document_text


def test_letters_that_no_font_can_show_keep_no_covenant_from_being_opened(
    client: Client, world: make.World
) -> None:
    exotic = (
        "Thuis \u6f22\u5b57, \U0001f469\u200d\U0001f467 en \u05e9\u05dc\u05d5\u05dd \ufeff\x07."
    )
    read = words(downloaded(client, world, preamble=exotic, title="\U0001f600 Samen"))
    covenant = world.coalition.covenants.get()
    assert "Thuis \ufffd, \ufffd en" in read
    assert "Niet alles is te zien" in read
    address = reverse("commitments:exact_text", args=[world.coalition.slug, covenant.id])
    exact = client.get(address).content
    assert exotic.strip() in json.loads(exact)["preamble"]
    assert hashlib.sha256(exact).hexdigest() in read.replace(" ", "")


def test_a_document_that_shows_everything_has_no_note(client: Client, world: make.World) -> None:
    assert "Niet alles is te zien" not in words(downloaded(client, world))


def test_a_document_with_replaced_signs_is_accessible_too(
    client: Client, world: make.World
) -> None:
    pdf = downloaded(client, world, preamble="\u202e\u6f22 \u05e9\u05dc\u05d5\u05dd")
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


def test_whoever_types_what_the_pdf_cannot_show_hears_so_and_goes_on(
    world: make.World, sign_in: Callable[[Actor], Client]
) -> None:
    browser = sign_in(world.resident)
    answer = browser.post(
        reverse("vision:set_goal", args=[world.coalition.slug]),
        {"sentence": "Samen \u6f22 \U0001f600 eten", "direction": "up"},
        follow=True,
    )
    assert answer.status_code == 200
    assert world.coalition.goals.get().sentence == "Samen \u6f22 \U0001f600 eten"
    assert "\u6f22 \U0001f600" in answer.content.decode().split("convenant kan")[1][:200]


def test_more_fonts_show_more(world: make.World, settings: Settings, tmp_path: Path) -> None:
    settings.PDF_FONTS = str(tmp_path)
    assert pdf.not_shown(["Samen \u6f22"]) == {"\u6f22"}
    assert pdf.not_shown(["\u010desk\u00fd \u0395\u03bb\u03bb\u03ac\u03b4\u03b1"]) == set()


def test_a_covenant_says_without_whom_its_vision_was_adopted(
    client: Client, world: make.World
) -> None:
    assert "zonder" not in words(downloaded(client, world))
    VisionVersion.objects.update(without=["entrepreneurs"])
    covenant = world.coalition.covenants.get()
    pdf = document.render(document.content(covenant))
    assert "Deze visie is vastgesteld zonder ondernemers." in words(pdf)
    address = reverse("commitments:covenant", args=[world.coalition.slug, covenant.id])
    assert "De visie is vastgesteld zonder ondernemers" in " ".join(
        client.get(address).content.decode().split()
    )
