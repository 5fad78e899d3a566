"""E-mail addresses in one form, so that one mailbox is one person."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode


def canonical(written: str) -> str:
    """The address as it is kept: in small letters, its domain as mail is sent to it.

    Invisible signs and other ways to write the same domain fall away; a domain with letters that
    only look like others shows it. Raises ValidationError for what is no address, or has letters
    before the @ that only some mail servers know.
    """
    local, _at, domain = written.strip().rpartition("@")
    try:
        address = f"{local}@{punycode(domain)}".lower()
    except UnicodeError:
        raise ValidationError(validate_email.message, code="invalid") from None
    if not address.isascii():
        raise ValidationError(validate_email.message, code="invalid")
    validate_email(address)
    return address


def mailbox(address: str) -> str:
    """Where mail to this address ends up: many servers deliver "name+anything" to "name"."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
