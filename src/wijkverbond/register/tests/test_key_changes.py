"""Another key than that of the registers: nothing is recorded, and there are two ways out."""

import base64
import html
import io
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import make
from tests.html import page_html
from wijkverbond.coalition.models import Coalition
from wijkverbond.config.launch import prepare
from wijkverbond.kernel import journal, merkle, signing
from wijkverbond.kernel.actor import Actor, system
from wijkverbond.kernel.events import Text
from wijkverbond.kernel.models import Entry, Stream
from wijkverbond.kernel.tests.sample_events import Counted, Said
from wijkverbond.register import queries
from wijkverbond.register.tests.verifying import verify_as_program
from wijkverbond.vision.models import VisionVersion

pytestmark = pytest.mark.django_db

WAIT_FOR_A_WAITER = """
DO $$ BEGIN
  WHILE NOT EXISTS (
    SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
  ) AND clock_timestamp() < now() + interval '30 seconds' LOOP
  END LOOP;
END $$
"""
OTHER_SEED = base64.b64encode(b"another key of thirty-two bytes!").decode()


@pytest.fixture
def first_seed(settings: Settings, coalition: Coalition, shopkeeper: Actor) -> str:
    """The seed with which the site signed until now; the settings hold another one from here on."""
    prepare.key()
    record(shopkeeper)
    seed: str = settings.REGISTER_SEED
    settings.REGISTER_SEED = OTHER_SEED
    return seed


@pytest.fixture
def first_key(settings: Settings, coalition: Coalition) -> str:
    """The key of before."""
    return signing.signer().verifier_key


def record(actor: Actor) -> None:
    with transaction.atomic():
        journal.record(Said(words=Text("Eén zin.")), actor=actor)


def exported(coalition: Coalition, folder: Path) -> Path:
    """The register, as the command writes it."""
    file = folder / "register.json"
    with file.open("w") as out:
        call_command("register", "export", coalition.slug, stdout=out, stderr=io.StringIO())
    return file


def run_register(*arguments: str) -> tuple[str, str]:
    """What the command says: the key, and in how many registers it was taken."""
    key, said = io.StringIO(), io.StringIO()
    call_command("register", *arguments, stdout=key, stderr=said)
    return key.getvalue().strip(), said.getvalue()


def test_nothing_is_recorded_with_another_seed(first_seed: str, shopkeeper: Actor) -> None:
    entries = Entry.objects.count()
    with pytest.raises(signing.CannotSign) as refusal:
        record(shopkeeper)
    assert "./wijkverbond register rotate" in str(refusal.value)
    assert "./wijkverbond register break" in str(refusal.value)
    assert Entry.objects.count() == entries


def test_nor_with_another_name(settings: Settings, coalition: Coalition, shopkeeper: Actor) -> None:
    settings.REGISTER_NAME = "anders.example"
    with pytest.raises(signing.CannotSign, match=r"the key anders\.example"):
        record(shopkeeper)


def test_nor_in_a_register_that_begins(first_seed: str) -> None:
    with pytest.raises(signing.CannotSign), transaction.atomic():
        make.coalition(name="Nieuw")


def test_the_site_does_not_start_with_another_key(settings: Settings, first_seed: str) -> None:
    with pytest.raises(CommandError, match="The register was signed with the key"):
        prepare.key()
    with pytest.raises(CommandError, match="register rotate"):
        run_register("check")
    settings.REGISTER_SEED = first_seed
    prepare.key()
    assert run_register("check")[0] == signing.signer().verifier_key
    assert queries.key_difference() is None
    assert len(queries.known_keys()) == 1


def test_the_site_does_not_start_without_a_seed(settings: Settings, coalition: Coalition) -> None:
    settings.REGISTER_SEED = ""
    with pytest.raises(CommandError, match="WIJKVERBOND_REGISTER_SEED is not set"):
        prepare.key()


def test_a_page_says_in_plain_words_that_nothing_was_kept(
    settings: Settings, world: make.World, sign_in: Callable[[Actor], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    visitor, slug = sign_in(world.resident), world.coalition.slug
    visitor.post(
        reverse("vision:write", args=[slug]), {"body": make.VISION, "horizon": "2045-01-01"}
    )
    version = VisionVersion.objects.get()
    settings.REGISTER_SEED = OTHER_SEED
    response = visitor.post(reverse("vision:decide", args=[slug, version.id]))
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Er kan nu niets worden bewaard" in response.content.decode()
    assert "The register was signed with the key" in caplog.text
    version.refresh_from_db()
    assert version.state == version.State.DRAFT
    assert page_html(visitor, f"/w/{slug}/register/")


def test_the_old_key_hands_over_and_the_register_is_checked_with_either(
    settings: Settings, first_key: str, first_seed: str, coalition: Coalition, shopkeeper: Actor,
    tmp_path: Path,
) -> None:  # fmt: skip
    settings.REGISTER_NAME = "nieuw.example"
    settings.REGISTER_OLD_SEED = first_seed
    key, said = run_register("rotate")
    assert key == signing.signer().verifier_key
    assert said.startswith(f"{Stream.objects.filter(leaves__gt=0).count()} registers")
    record(shopkeeper)
    assert run_register("rotate")[1].startswith("0 registers")
    file = exported(coalition, tmp_path)
    for known in ([first_key], [key], [first_key, key], []):
        status, output = verify_as_program(
            file, *(part for each in known for part in ("--key", each))
        )
        assert (status, "The old one signed that" in output) == (0, True), output
    settings.REGISTER_NAME, settings.REGISTER_SEED = "wijkverbond.local", first_seed
    with pytest.raises(signing.CannotSign):
        record(shopkeeper)


def test_sixty_registers_go_on_together(settings: Settings, shopkeeper: Actor) -> None:
    before = settings.REGISTER_SEED
    streams = [uuid.uuid4() for _ in range(60)]
    with transaction.atomic():
        journal.record_in({stream: [Counted(number=1)] for stream in streams}, actor=shopkeeper)
    settings.REGISTER_SEED, settings.REGISTER_OLD_SEED = OTHER_SEED, before
    run_register("rotate")
    assert queries.key_difference() is None
    rotated = Entry.objects.filter(event="register.key_rotated", stream__in=streams)
    assert rotated.count() == 60
    with transaction.atomic():
        journal.record_in({stream: [Counted(number=2)] for stream in streams}, actor=shopkeeper)


@pytest.mark.django_db(transaction=True)
def test_who_waited_while_the_key_changed_does_not_go_on_with_the_old_one() -> None:
    stream, old, new = uuid.uuid4(), signing.signer(), merkle.Signer("nieuw.example", b"n" * 32)
    with transaction.atomic():
        journal.record(Counted(number=1), actor=system(), stream=stream)

    def record_more() -> None:
        try:
            with transaction.atomic():
                journal.record(Counted(number=3), actor=system(), stream=stream)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic(), connection.cursor() as cursor:
            journal.record_key_change(
                {stream: Counted(number=2)}, actor=system(),
                sign=lambda _head, *more: new.signed_too(signing.next_head("", *more)),
            )  # fmt: skip
            waiting = other.submit(record_more)
            cursor.execute(WAIT_FOR_A_WAITER)
        with pytest.raises(signing.CannotSign, match=old.key_id.partition("+")[0]):
            waiting.result()


def test_a_lost_key_is_said_in_every_register_and_the_verifier_warns(
    settings: Settings, first_key: str, first_seed: str, coalition: Coalition, shopkeeper: Actor,
    tmp_path: Path, client: Client,
) -> None:  # fmt: skip
    registers = Stream.objects.filter(leaves__gt=0).count()
    assert registers > 1
    kept = tmp_path / "kept.txt"
    kept.write_text(queries.last_head(coalition.id))
    key, said = run_register("break", "--reason", "De server is gestolen.")
    assert said.startswith(f"{registers} registers")
    assert run_register("break", "--reason", "Nog eens.")[1].startswith("0 registers")
    record(shopkeeper)
    file = exported(coalition, tmp_path)
    for known in ([first_key], [key], [first_key, key], []):
        arguments = [part for each in known for part in ("--key", each)]
        status, output = verify_as_program(file, *arguments, "--head", kept)
        assert (status, output.startswith("WARNING")) == (0, True), output
        assert "De server is gestolen." in output
    page = page_html(client, f"/w/{coalition.slug}/register/")
    assert "De site is de sleutel kwijt en heeft een nieuwe" in page
    index = html.unescape(page_html(client, "/register/"))
    assert index.index(key) < index.index("Eerder had de site een andere sleutel")
    assert first_key in index
    assert "De server is gestolen." in page


def test_only_the_seed_of_the_old_key_hands_over(settings: Settings, first_seed: str) -> None:
    entries = Entry.objects.count()
    settings.REGISTER_OLD_SEED = base64.b64encode(b"not the seed of before, by far!!").decode()
    with pytest.raises(CommandError, match="Nothing was changed"):
        run_register("rotate")
    settings.REGISTER_OLD_SEED = ""
    with pytest.raises(CommandError, match="WIJKVERBOND_REGISTER_OLD_SEED"):
        run_register("rotate")
    assert not Entry.objects.filter(event="register.key_rotated").exists()
    assert Entry.objects.exclude(event="register.key_first_used").count() == entries - 1


def test_who_has_no_seed_reads_and_checks_entries_and_heads(
    settings: Settings, first_key: str, first_seed: str, coalition: Coalition, tmp_path: Path
) -> None:
    """Such as who was given only the address of a restored database."""
    settings.REGISTER_SEED = ""
    file = exported(coalition, tmp_path)
    for arguments in (["--key", first_key], []):
        status, output = verify_as_program(file, *arguments)
        assert (status, "no text was checked" in output) == (0, True), output
    with pytest.raises(CommandError, match="WIJKVERBOND_REGISTER_SEED is not set"):
        run_register("break", "--reason", "Zomaar.")
