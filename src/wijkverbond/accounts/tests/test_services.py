"""Codes, sign-in, one's own data and erasure, as the services do them."""

import datetime as dt
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils.translation import override
from pytest_django import Settings

from wijkverbond.accounts import services
from wijkverbond.accounts.models import Code, Language, Session, User
from wijkverbond.kernel.actor import Actor, ActorKind, system
from wijkverbond.kernel.policy import Refused

ADDRESS = "voorzitter@example.org"
PURPOSE = "commitments.sign:covenant:party"


def newest_code() -> str:
    """The code in the newest mail."""
    code = re.search(r"^ +(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    return code[1]


def ask(address: str = ADDRESS, *, browser: str = "phone", visitor: str = "192.0.2.1") -> str:
    """Ask for a code to sign in with; the code that was mailed."""
    services.send_sign_in_code(address, browser=browser, visitor=visitor)
    return newest_code()


def other_than(code: str) -> str:
    """A code that is not the right one."""
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08d}"


def person(address: str = ADDRESS, language: str = Language.DUTCH) -> User:
    """Somebody with an account."""
    return User.objects.create(email=address, language=language)


def themselves(user: User) -> Actor:
    """A person acting for themselves."""
    return Actor(kind=ActorKind.PARTICIPANT, person=user.id)


@pytest.mark.django_db
def test_the_right_code_makes_an_account_for_a_newcomer_and_only_then() -> None:
    code = ask()
    assert not User.objects.exists()
    with override("en"):
        newcomer = services.sign_in(ADDRESS, code, browser="phone")
    assert (newcomer.email, newcomer.language) == (ADDRESS, "en")
    assert not newcomer.has_usable_password()


@pytest.mark.django_db
def test_the_right_code_finds_the_account_that_is_there() -> None:
    account_holder = person(language=Language.ENGLISH)
    assert services.sign_in(ADDRESS, ask(), browser="phone") == account_holder
    assert User.objects.get().language == Language.ENGLISH


@pytest.mark.django_db
def test_known_and_unknown_addresses_get_the_same_mail() -> None:
    person("bekend@example.org")
    ask("bekend@example.org")
    ask("nieuw@example.org")
    mail_to_account, mail_to_newcomer = (
        re.sub(r"\d{4} \d{4}", "", f"{m.subject}{m.body}") for m in mail.outbox
    )
    assert mail_to_account == mail_to_newcomer


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["{0} {1}", "{0}{1}", " {0}-{1} ", "{0}.{1}"])
def test_a_code_may_be_typed_with_or_without_what_stands_between(form: str) -> None:
    code = ask()
    assert services.sign_in(ADDRESS, form.format(*code.split()), browser="phone")


@pytest.mark.django_db
def test_a_code_is_used_once() -> None:
    code = ask()
    services.sign_in(ADDRESS, code, browser="phone")
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.sign_in(ADDRESS, code, browser="phone")


@pytest.mark.django_db
def test_a_code_works_in_the_browser_that_asked_for_it_only() -> None:
    code = ask(browser="phone")
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.sign_in(ADDRESS, code, browser="laptop")
    assert services.sign_in(ADDRESS, code, browser="phone")


@pytest.mark.django_db
def test_a_code_expires_after_ten_minutes(clock: time_machine.Traveller) -> None:
    code = ask()
    clock.shift(dt.timedelta(minutes=10))
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.sign_in(ADDRESS, code, browser="phone")


@pytest.mark.django_db
def test_a_code_is_valid_until_ten_minutes_have_passed(clock: time_machine.Traveller) -> None:
    code = ask()
    clock.shift(dt.timedelta(minutes=9, seconds=59))
    assert services.sign_in(ADDRESS, code, browser="phone")


@pytest.mark.django_db
def test_after_five_wrong_codes_the_right_one_does_not_work_either() -> None:
    code = ask()
    messages = []
    for _ in range(5):
        with pytest.raises(ValidationError) as refusal:
            services.sign_in(ADDRESS, other_than(code), browser="phone")
        messages += refusal.value.messages
    assert [re.findall(r"\d+ keer|één keer", message) for message in messages] == [
        ["4 keer"], ["3 keer"], ["2 keer"], ["één keer"], []
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.sign_in(ADDRESS, code, browser="phone")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_new_code_replaces_the_one_before() -> None:
    first, second = ask(), ask()
    with pytest.raises(ValidationError, match="4 keer"):
        services.sign_in(ADDRESS, first, browser="phone")
    assert services.sign_in(ADDRESS, second, browser="phone")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "0", "٠١٢٣٤٥٦٧", "\x00" * 8, "a" * 5000, "1234 567é"])
def test_odd_codes_are_just_wrong(typed: str) -> None:
    ask()
    with pytest.raises(ValidationError, match="4 keer"):
        services.sign_in(ADDRESS, typed, browser="phone")


@pytest.mark.django_db
def test_a_stored_code_cannot_be_read() -> None:
    code = ask().replace(" ", "")
    stored = " ".join(str(value) for value in Code.objects.values_list().get())
    assert code not in stored
    assert Code.objects.get().digest != services._digest(ADDRESS, "sign-in:phone", "")


@pytest.mark.django_db
def test_one_visitor_gets_only_so_many_codes_for_an_address(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(services.MAILS_PER_ADDRESS):
        ask(visitor="192.0.2.66")
    with pytest.raises(ValidationError, match="kwartier"):
        ask(visitor="192.0.2.66")
    assert ask(visitor="192.0.2.1")
    clock.shift(services.WINDOW)
    assert ask(visitor="192.0.2.66")


@pytest.mark.django_db
def test_an_address_gets_only_so_many_codes_in_all(clock: time_machine.Traveller) -> None:
    for number in range(services.MAILS_PER_ADDRESS_IN_ALL):
        ask(visitor=f"192.0.2.{number}")
    with pytest.raises(ValidationError, match="kwartier"):
        ask(visitor="192.0.2.99")
    assert len(mail.outbox) == services.MAILS_PER_ADDRESS_IN_ALL
    clock.shift(services.WINDOW)
    assert ask(visitor="192.0.2.99")


@pytest.mark.django_db
def test_an_address_gets_only_so_many_codes_a_day(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MAILS_PER_ADDRESS_A_DAY", 2)
    monkeypatch.setattr(services, "MAILS_PER_ADDRESS_A_DAY_IN_ALL", 3)

    def asked(visitor: str) -> str:
        clock.shift(services.WINDOW)
        try:
            ask(visitor=visitor)
        except ValidationError as refusal:
            return refusal.messages[0]
        return "mailed"

    too_often = "Naar dit adres zijn vandaag genoeg codes gemaild. Probeer het morgen opnieuw."
    visitors = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3"]
    answers = ["mailed", "mailed", too_often, "mailed", too_often]
    assert [asked(visitor) for visitor in visitors] == answers
    clock.shift(services.DAY)
    assert asked("192.0.2.1") == "mailed"


@pytest.mark.django_db
def test_one_visitor_asks_only_so_many_codes_in_a_quarter() -> None:
    for number in range(services.MAILS_PER_VISITOR):
        ask(f"person{number}@example.org")
    with pytest.raises(ValidationError, match="kwartier"):
        ask("one-more@example.org")
    assert ask("elsewhere@example.org", visitor="192.0.2.2")


@pytest.mark.django_db
def test_a_closed_account_does_not_sign_in() -> None:
    User.objects.create(email=ADDRESS, is_active=False)
    with pytest.raises(ValidationError, match="gesloten"):
        services.sign_in(ADDRESS, ask(), browser="phone")


@pytest.mark.django_db
def test_expired_codes_are_deleted(clock: time_machine.Traveller) -> None:
    ask(browser="phone")
    clock.shift(dt.timedelta(minutes=6))
    ask(browser="laptop")
    clock.shift(dt.timedelta(minutes=6))
    services.delete_codes(system().now)
    assert [code.purpose for code in Code.objects.all()] == ["sign-in:laptop"]


@pytest.mark.django_db
def test_expired_sessions_are_deleted(clock: time_machine.Traveller) -> None:
    for key, days in (("old", 14), ("new", 15)):
        Session.objects.create(session_key=key, expire_date=system().now + dt.timedelta(days=days))
    clock.shift(dt.timedelta(days=14))
    services.delete_sessions(system().now)
    assert [session.session_key for session in Session.objects.all()] == ["new"]


@pytest.mark.django_db
def test_a_confirmation_proves_who_and_for_what() -> None:
    user = person()
    services.send_confirmation(user, PURPOSE, about="het convenant van Pittelo")
    assert "het convenant van Pittelo" in mail.outbox[-1].body
    proof = services.confirm(user, PURPOSE, newest_code())
    assert (proof.person, proof.purpose) == (user.id, PURPOSE)
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.confirm(user, PURPOSE, newest_code())


@pytest.mark.django_db
def test_a_code_confirms_nothing_else_and_nobody_else() -> None:
    user, other = person(), person("ander@example.org")
    services.send_confirmation(user, PURPOSE, about="het convenant")
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.confirm(user, "commitments.sign:covenant:another", newest_code())
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.confirm(other, PURPOSE, newest_code())
    with pytest.raises(ValidationError, match="niet meer geldig"):
        services.sign_in(user.email, newest_code(), browser=PURPOSE)
    assert services.confirm(user, PURPOSE, newest_code())


@pytest.mark.django_db
def test_a_confirmation_is_mailed_in_the_language_of_the_person() -> None:
    services.send_confirmation(person(language=Language.ENGLISH), PURPOSE, about="the covenant")
    assert "Your code is:" in mail.outbox[-1].body


@pytest.mark.django_db
def test_confirmations_are_limited_per_person() -> None:
    user = person()
    for number in range(services.MAILS_PER_ADDRESS):
        services.send_confirmation(user, f"purpose:{number}", about="iets")
    with pytest.raises(ValidationError, match="kwartier"):
        services.send_confirmation(user, PURPOSE, about="iets")


@pytest.mark.django_db
def test_confirmations_are_limited_per_day(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MAILS_PER_ADDRESS_A_DAY", 1)
    user = person()
    services.send_confirmation(user, PURPOSE, about="iets")
    clock.shift(services.WINDOW)
    with pytest.raises(ValidationError, match="morgen"):
        services.send_confirmation(user, PURPOSE, about="iets")


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_inside_another_transaction_is_a_mistake_of_the_program() -> None:
    user = person()
    services.send_confirmation(user, PURPOSE, about="iets")
    with pytest.raises(RuntimeError), transaction.atomic():
        services.confirm(user, PURPOSE, newest_code())


@pytest.mark.django_db(transaction=True)
def test_of_simultaneous_uses_of_a_code_exactly_one_succeeds() -> None:
    user = person()
    services.send_confirmation(user, PURPOSE, about="iets")
    code, start = newest_code(), Barrier(6)

    def use(_: int) -> bool:
        start.wait()
        try:
            services.confirm(user, PURPOSE, code)
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(use, range(6))) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
def test_simultaneous_wrong_codes_are_all_counted() -> None:
    code, start = ask(), Barrier(5)

    def guess(_: int) -> None:
        start.wait()
        with pytest.raises(ValidationError):
            services.sign_in(ADDRESS, other_than(code), browser="phone")
        connections.close_all()

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(guess, range(5)))
    with pytest.raises(ValidationError):
        services.sign_in(ADDRESS, code, browser="phone")


@pytest.mark.django_db(transaction=True)
def test_simultaneous_first_sign_ins_make_one_account() -> None:
    codes = {browser: ask(browser=browser) for browser in ("phone", "laptop", "tablet")}
    start = Barrier(len(codes))

    def enter(browser: str) -> uuid.UUID:
        start.wait()
        try:
            return services.sign_in(ADDRESS, codes[browser], browser=browser).id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(codes)) as threads:
        assert set(threads.map(enter, codes)) == {User.objects.get().id}


@pytest.mark.django_db
def test_a_person_changes_their_own_name_and_language() -> None:
    user = person()
    services.change_details(user, name="Wijkagent", language="en", actor=themselves(user))
    user.refresh_from_db()
    assert (user.name, user.language) == ("Wijkagent", "en")


@pytest.mark.django_db
def test_a_language_that_is_not_there_is_refused() -> None:
    user = person()
    with pytest.raises(ValidationError) as refusal:
        services.change_details(user, name="", language="xx", actor=themselves(user))
    assert "language" in refusal.value.message_dict


@pytest.mark.django_db
def test_nobody_touches_the_account_of_another() -> None:
    user, other = person(), person("ander@example.org")
    actor = themselves(other)
    with pytest.raises(Refused):
        services.change_details(user, name="x", language="nl", actor=actor)
    with pytest.raises(Refused):
        services.sign_out_everywhere(user, actor=actor)
    with pytest.raises(Refused):
        services.export(user, actor=actor)
    with pytest.raises(Refused):
        services.erase(user, typed=user.email, actor=actor)
    with pytest.raises(Refused):
        services.appoint_operator(user.email, actor=actor)


@pytest.mark.django_db
def test_the_command_line_appoints_an_operator_before_the_first_sign_in() -> None:
    assert services.appoint_operator("Beheer@Example.org", actor=system()).is_operator
    assert not services.appoint_operator(
        "beheer@example.org", is_operator=False, actor=system()
    ).is_operator
    assert User.objects.get().email == "beheer@example.org"


@pytest.mark.django_db
def test_an_operator_needs_an_address() -> None:
    with pytest.raises(ValidationError):
        services.appoint_operator("nobody", actor=system())


@pytest.mark.django_db
def test_a_mail_that_cannot_be_sent_says_so(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ValidationError, match="paar minuten"):
        services.send_sign_in_code(ADDRESS, browser="phone", visitor="192.0.2.1")
