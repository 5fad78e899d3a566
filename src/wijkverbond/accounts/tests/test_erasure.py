"""Erasing a person: their links and texts go, what a party agreed and the register stay."""

import base64

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from tests import make
from wijkverbond.accounts import services
from wijkverbond.accounts.models import Code, KeptMail, User
from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel import journal, merkle
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry, EntryText, Head


def erase(actor: Actor) -> None:
    """Let a person erase themselves."""
    person = make.account_of(actor)
    services.erase(person, typed=person.email, actor=make.someone(person))


def leaves(coalition: Coalition) -> list[bytes]:
    """The leaves of a coalition's register, as they are signed."""
    entries = Entry.objects.filter(stream=coalition.id, leaf__isnull=False).order_by("leaf")
    return [journal.canonical(journal.leaf(entry)) for entry in entries]


def signed_root(coalition: Coalition) -> bytes:
    """The root in the newest signed head."""
    head = Head.objects.filter(stream=coalition.id).order_by("-size")[0]
    return base64.b64decode(head.checkpoint.splitlines()[2])


def computed_root(coalition: Coalition) -> bytes:
    """The root that follows from the leaves."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves(coalition)):
        frontier = merkle.grow(frontier, size, leaf)
    return merkle.root(frontier)


def test_the_register_is_the_same_and_verifiable_after_an_erasure(world: make.World) -> None:
    before = leaves(world.coalition)
    assert before
    erase(world.resident)
    assert leaves(world.coalition) == before
    assert computed_root(world.coalition) == signed_root(world.coalition)


def test_nothing_leads_to_an_erased_person(world: make.World) -> None:
    person = make.account_of(world.resident)
    Code.objects.create(
        address=person.email, purpose="x", digest="", tries_left=1, expires_at=world.resident.now
    )
    KeptMail.objects.create(to=person.email, subject="x", body="x")
    assert Entry.objects.filter(person=person.id).exists()
    assert EntryText.objects.filter(entry__person=person.id).exists()
    texts = [text.id for text in EntryText.objects.filter(entry__person=person.id)]
    erase(world.resident)
    assert not Entry.objects.filter(person=person.id).exists()
    assert EntryText.objects.filter(id__in=texts).count() == len(texts)  # the partner's own words
    assert not Code.objects.exists()
    assert not KeptMail.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns "
                       "WHERE table_schema = 'public' AND data_type = 'uuid'")  # fmt: skip
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [person.id])
            assert cursor.fetchone() == (0,), f"{table}.{column}"


def test_the_party_of_an_erased_person_goes_on(world: make.World) -> None:
    party = world.coalition.parties.all()[0]
    mandates_before = party.mandates.count()
    erase(world.resident)
    party.refresh_from_db()
    assert party.left_at is None
    assert party.mandates.count() == mandates_before


@pytest.mark.parametrize(
    "role",
    ["resident", "shopkeeper", "municipality", "coordinator", "participant", "operator"],
)
def test_everyone_can_be_erased(role: str, world: make.World) -> None:
    actor: Actor = getattr(world, role)
    person = make.account_of(actor)
    erase(actor)
    assert not User.objects.filter(id=person.id).exists()


def test_an_erasure_needs_ones_own_address(world: make.World) -> None:
    person = make.account_of(world.resident)
    with pytest.raises(ValidationError):
        services.erase(person, typed="ja", actor=make.someone(person))
    assert User.objects.filter(id=person.id).exists()


def test_erasing_twice_changes_nothing_more(world: make.World) -> None:
    person = make.account_of(world.resident)
    services.erase(person, typed=person.email, actor=make.someone(person))
    services.erase(person, typed=person.email, actor=make.someone(person))


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_fails_halfway_erases_nothing() -> None:
    world = make.world()
    person = make.account_of(world.resident)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'full disk'; END $$;"
            "CREATE TRIGGER refuse BEFORE DELETE ON accounts_user EXECUTE FUNCTION refuse()"
        )
    try:
        with pytest.raises(DatabaseError, match="full disk"):
            erase(world.resident)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse() CASCADE")
    assert person.mandates.filter(until=None).exists()
    assert Entry.objects.filter(person=person.id).exists()
