"""One mailbox is one address, however it is written."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from wijkverbond.accounts import addresses, services
from wijkverbond.accounts.models import User
from wijkverbond.coalition.services import person_with

PLAIN = "iemand@voorbeeld.example"
OTHERWISE = [
    " Iemand@Voorbeeld.EXAMPLE ",
    "iemand@voorbeeld.example\u200b",
    "iemand@voor\u00adbeeld.example",
    "iemand@\uff56oorbeeld.example",
]


@pytest.mark.parametrize("written", OTHERWISE)
def test_an_address_written_differently_is_the_same(written: str) -> None:
    assert addresses.canonical(written) == PLAIN


def test_a_lookalike_domain_is_shown_as_another() -> None:
    assert addresses.canonical("iemand@v\u043eorbeeld.example") == (
        "iemand@xn--vorbeeld-nbh.example"
    )


def test_an_international_domain_is_the_same_in_both_spellings() -> None:
    assert addresses.canonical("iemand@b\u00fccher.example") == "iemand@xn--bcher-kva.example"
    assert addresses.canonical("iemand@XN--bcher-kva.example") == "iemand@xn--bcher-kva.example"


def test_a_letter_is_compared_in_its_lower_case() -> None:
    assert addresses.canonical("mi\u212ae@voorbeeld.example") == "mike@voorbeeld.example"


@pytest.mark.parametrize(
    "written",
    ["", "iemand", "\u017fam@voorbeeld.example", "\u0130bo@voorbeeld.example",
     f"iemand@{'a' * 64}.example", "iemand@voorbeeld..example"],
)  # fmt: skip
def test_an_address_that_some_mail_servers_do_not_know_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        addresses.canonical(written)


@pytest.mark.django_db
@pytest.mark.parametrize("written", OTHERWISE)
def test_one_mailbox_has_one_account(written: str, client: Client) -> None:
    account = person_with(PLAIN)
    assert client.post("/inloggen/", {"email": written}).status_code == 302
    assert mail.outbox[-1].to == [PLAIN]
    assert person_with(written) == account
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_limit_of_an_address_holds_however_it_is_written() -> None:
    for number in range(services.MAILS_PER_ADDRESS):
        written = PLAIN.replace("@", f"+{number}@") + "\u200b" * number
        services.send_sign_in_code(written, browser="phone", visitor="192.0.2.1")
    with pytest.raises(ValidationError, match="kwartier"):
        services.send_sign_in_code(OTHERWISE[0].title(), browser="phone", visitor="192.0.2.1")


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["\u0130bo@voorbeeld.example", "\u017fam@voorbeeld.example"])
def test_no_code_is_sent_to_an_invalid_address(written: str, client: Client) -> None:
    assert client.post("/inloggen/", {"email": written}).status_code == 422
    assert mail.outbox == []
