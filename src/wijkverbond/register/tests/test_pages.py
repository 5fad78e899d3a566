"""The pages of the register: for everyone, in words, and without what is not public."""

import datetime as dt
import html
import io
import json
import uuid
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests import make
from tests.database import behind_the_site
from tests.html import page_html
from wijkverbond.coalition.models import Access, Coalition
from wijkverbond.kernel import clock, journal, signing
from wijkverbond.kernel.actor import Actor, system
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.models import EntryText, Head, Stream
from wijkverbond.kernel.tests.sample_events import Counted, Said, Whispered

pytestmark = pytest.mark.django_db


def record_said(words: str, *, actor: Actor, times: int = 1) -> None:
    with transaction.atomic():
        journal.record(*(Said(words=Text(words)) for _ in range(times)), actor=actor)


def register_url(coalition: Coalition) -> str:
    return f"/w/{coalition.slug}/register/"


def test_the_register_says_what_happened_and_who_acted(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("The <hall> is open on Saturday", actor=shopkeeper)
    page = page_html(client, register_url(coalition))
    assert "said: The &lt;hall&gt; is open on Saturday" in page
    assert shopkeeper.party
    assert str(coalition.parties.get(id=shopkeeper.party)) in page
    assert f"Register van {coalition.name}" in page


def test_an_entry_without_party_is_attributed_to_the_coalition(
    client: Client, coalition: Coalition
) -> None:
    with transaction.atomic():
        journal.record(Counted(number=3), actor=system(), stream=coalition.id)
    assert "De wijkcoalitie counted to 3" in page_html(client, register_url(coalition))


def test_a_private_entry_is_on_no_page_and_in_no_file(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    with transaction.atomic():
        journal.record(Whispered(words=Text("ssst")), actor=shopkeeper)
    for address in (register_url(coalition), f"/w/{coalition.slug}/register.json", "/register/"):
        body = client.get(address).getvalue()
        assert b"ssst" not in body
        assert b"whispered" not in body
        assert str(shopkeeper.person).encode() not in body


def test_a_text_that_was_shredded_is_said_to_be_removed(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("Call Jansen", actor=shopkeeper)
    EntryText.objects.filter(text="Call Jansen").delete()
    page = page_html(client, register_url(coalition))
    assert "said: (verwijderd)" in page
    assert "De tekst “words” is er niet meer" in page
    assert "Jansen" not in page


def test_a_text_that_was_replaced_behind_the_site_is_not_shown_and_that_is_said(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("We pay 50,000", actor=shopkeeper)
    behind_the_site("UPDATE kernel_entrytext SET text = 'We pay 5' WHERE text = 'We pay 50,000'")
    page = page_html(client, register_url(coalition))
    assert "said: (deze tekst is later vervangen en staat daarom hier niet)" in page
    assert "Op de plaats van “words” staat een andere tekst" in page
    assert "We pay" not in page


def test_the_seal_on_the_page_is_the_last_signed_head(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("x", actor=shopkeeper)
    head = Head.objects.filter(stream=coalition.id).latest("size")
    signature = head.checkpoint.split(" ")[-1].strip()
    assert signature in html.unescape(page_html(client, register_url(coalition)))


def test_the_proof_of_an_entry_is_on_the_page(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("Proof me", actor=shopkeeper)
    salt = bytes(EntryText.objects.get(text="Proof me").salt).hex()
    page = page_html(client, register_url(coalition))
    assert salt in page
    assert Text("Proof me", bytes.fromhex(salt)).digest in page


def test_a_text_that_the_wording_does_not_show_is_not_on_the_page(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    with transaction.atomic():
        event = Said(words=Text("Shown"), more=Text("Not shown"))
        journal.record(event, actor=shopkeeper)
    page = page_html(client, register_url(coalition))
    assert "Shown" in page
    assert "Not shown" not in page
    assert EntryText.objects.get(field="more").salt.hex() not in page


def test_the_newest_entries_come_first_in_pages_of_twenty(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    leaves_at_start = Stream.objects.get(id=coalition.id).leaves
    record_said("x", actor=shopkeeper, times=50 - leaves_at_start)
    numbers = []
    for number in (1, 2, 3):
        page = page_html(client, f"{register_url(coalition)}?page={number}")
        numbers += [int(part.split('"')[0]) for part in page.split('id="regel-')[1:]]
        assert ('rel="next"' in page) == (number < 3)
    assert numbers == list(range(50, 0, -1))
    assert 'id="regel-1"' in page_html(client, f"{register_url(coalition)}?page=99")
    assert 'id="regel-50"' in page_html(client, f"{register_url(coalition)}?page=x")


def test_the_number_of_queries_does_not_depend_on_the_number_of_entries(
    client: Client, coalition: Coalition, shopkeeper: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    page_html(client, register_url(coalition))
    for times in (1, 60):
        record_said("x", actor=shopkeeper, times=times)
        for address in (register_url(coalition), "/register/"):
            with django_assert_max_num_queries(8):
                page_html(client, address)


def test_a_coalition_that_prepares_has_no_register_for_strangers(
    client: Client, coalition: Coalition, shopkeeper: Actor, sign_in: Callable[[Actor], Client]
) -> None:
    coalition.access = Access.PREPARING
    coalition.save()
    assert client.get(register_url(coalition)).status_code == 404
    assert client.get(f"/w/{coalition.slug}/register.json").status_code == 404
    assert coalition.name not in page_html(client, "/register/")
    assert sign_in(shopkeeper).get(register_url(coalition)).status_code == 200


def test_the_overview_shows_the_key_and_every_listed_coalitions_seal(
    client: Client, coalition: Coalition
) -> None:
    other = make.coalition(name="Nog niet op de kaart")
    Coalition.objects.filter(id=coalition.id).update(listed_at=clock.now())
    page = page_html(client, "/register/")
    assert coalition.name in page
    assert other.name not in page
    assert signing.signer().verifier_key in html.unescape(page)


def test_an_empty_register_says_so(client: Client) -> None:
    empty = Coalition.objects.create(
        name="Leeg", slug="leeg", place_codes=["BU1"], place_year=2024,
        started_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    assert "Er staat nog niets in het register" in page_html(client, register_url(empty))
    document = json.loads(client.get("/w/leeg/register.json").getvalue())
    assert (document["entries"], document["heads"]) == ([], [])


def test_the_verifier_is_downloaded_unchanged(client: Client) -> None:
    response = client.get("/register/verify.py")
    body = response.content.decode()
    compile(body, "verify.py", "exec")
    assert "verify.py" in response["Content-Disposition"]
    assert "wijkverbond." not in body.replace("wijkverbond-register-1", "")


def test_the_download_and_the_command_give_the_same_register(
    client: Client, coalition: Coalition, shopkeeper: Actor
) -> None:
    record_said("x", actor=shopkeeper, times=1100)
    out = io.StringIO()
    call_command("register", "export", coalition.slug, stdout=out)
    served = client.get(f"/w/{coalition.slug}/register.json").getvalue().decode()
    assert served == out.getvalue()
    assert served.isascii()
    document = json.loads(served)
    assert list(document) == [
        "format", "coalition", "key", "entries", "heads", "texts", "texts_seal",
    ]  # fmt: skip
    assert document["format"] == "wijkverbond-register-1"
    assert document["coalition"] == coalition.slug
    assert document["key"] == signing.signer().verifier_key
    indexes = [entry["index"] for entry in document["entries"]]
    assert indexes == list(range(Stream.objects.get(id=coalition.id).leaves))
    stored = Head.objects.filter(stream=coalition.id).order_by("size")
    assert document["heads"] == list(stored.values_list("checkpoint", flat=True))


def test_the_command_refuses_a_coalition_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="no coalition with the name 'nergens'") as refusal:
        call_command("register", "export", "nergens")
    assert refusal.value.returncode == 2


def test_the_pages_are_read_in_english_too(
    client: Client, coalition: Coalition, settings: Settings
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert f"Register of {coalition.name}" in page_html(client, register_url(coalition))
    assert "every change shows" in page_html(client, "/register/")


def test_an_unknown_coalition_is_not_found(client: Client) -> None:
    assert client.get(f"/w/{uuid.uuid4()}/register/").status_code == 404
